"""Loaders: each type of file has one, and what is no such file or cannot be read is told by its name."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tanya_csto.corpus import loaders
from tanya_csto.corpus.documents import MAX_FILE, Document
from tanya_csto.corpus.loaders import LOADERS, files_in, read_documents
from tanya_csto.errors import CorpusError
from tests.corpus.loaders.pages import PAGE, pdf


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_each_module_is_named_in_the_table_and_loads() -> None:
    modules = {path.stem for path in Path(str(loaders.__file__)).parent.glob("[!_]*.py")}
    assert modules == set(LOADERS.values())
    assert [name for name in modules if not callable(import_module(f"{loaders.__name__}.{name}").load)] == []


def test_a_text_file_states_its_title_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "Kopi Gayo (1).TXT", "Judul\n\n  Kopi.\u00a0\n")
    document = Document(str(path), "Judul\n\n  Kopi.\u00a0\n", id="kopi-gayo-1", title="Judul")
    assert read_documents(path) == (document,)


@pytest.mark.parametrize("name", ["kopi.html", "kopi.HTM"])
def test_a_web_page_is_read(tmp_path: Path, name: str) -> None:
    (document,) = read_documents(write(tmp_path, name, PAGE))
    assert (document.id, document.outlet, document.published) == ("kopi", "Kabar Pagi", "17 Mei 2022")


def test_a_pdf_file_is_read(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, "kopi.pdf", pdf(["Kopi gayo tumbuh di Aceh."], title="Kopi")))
    assert (document.id, document.title, document.text) == ("kopi", "Kopi", "Kopi gayo tumbuh di Aceh.")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html"])
@pytest.mark.parametrize("data", [b"satu\nd\xe9a\n", b"satu\n\xff\xfe"])
def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(CorpusError, match=rf"{name}, baris 2: bukan teks UTF-8"):
        read_documents(write(tmp_path, name, data))


@pytest.mark.parametrize("name", ["kopi.doc", "kopi", ".txt", "kopi.txt.gz"])
def test_a_file_of_an_unknown_type_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=rf"Jenis berkas .* tidak dikenal.*{', '.join(LOADERS)}"):
        read_documents(write(tmp_path, name, "Kopi."))


@pytest.mark.parametrize("page", ["articles.md", "articles.id.md"])
def test_the_guide_names_every_type(page: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")
    assert [kind for kind in LOADERS if f"`{kind}`" not in text] == []


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for name in ("hilang.txt", "nol\0.txt", "hilang", "a" * 300):
        with pytest.raises(CorpusError, match="tidak dapat dibaca") as caught:
            read_documents(tmp_path / name)
        assert name in str(caught.value)


def test_a_name_that_nothing_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="tidak dapat dibaca"):
        files_in(tmp_path / f"{'a' * 300}.txt")


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipa.txt")
    (tmp_path / "alat.txt").symlink_to("/dev/zero")
    for name in ("folder.txt", "pipa.txt", "alat.txt"):
        with pytest.raises(CorpusError, match=rf"{name} bukan berkas biasa"):
            read_documents(tmp_path / name)


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    with (tmp_path / "besar.txt").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(CorpusError, match=r"besar\.txt lebih besar dari 64 MB"):
        read_documents(tmp_path / "besar.txt")


def test_a_name_that_is_no_text_is_told_as_text() -> None:
    with pytest.raises(CorpusError) as caught:
        read_documents(Path("\udcff.txt"))
    assert str(caught.value).encode()


@pytest.mark.slow
def test_text_needs_no_other_package_and_the_rest_says_which(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.pdf"):
        write(tmp_path, name, "Kopi gayo tumbuh di Aceh.")
    write(tmp_path, "a.jsonl", '{"text": "Satu.", "outlet": "Kabar"}')
    script = (
        "import sys; sys.modules['trafilatura'] = sys.modules['pypdf'] = sys.modules['tqdm'] = None\n"
        "from tanya_csto.cli import main\n"
        "for name in sys.argv[2:]: print(main(['add', name, '--outlet', 'Kabar', '--corpus', sys.argv[1]]))\n"
    )
    files = [tmp_path / name for name in ("korpus", "a.txt", "a.html", "a.pdf", "a.jsonl")]
    result = subprocess.run([sys.executable, "-c", script, *files], capture_output=True, text=True, check=False)
    assert [line for line in result.stdout.splitlines() if line.isdigit()] == ["0", "2", "2", "0"]
    assert result.stderr.count("pip install 'tanya-csto[add]'") == result.stderr.count("\n") == 2


def test_the_files_of_a_folder_are_those_that_can_hold_articles(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.MD", "gambar.jpg", ".git/d.txt", "a/.e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Isi.", encoding="utf-8")
    assert files_in(tmp_path) == (tmp_path / "a/c.MD", tmp_path / "b.txt")
    assert files_in(tmp_path / "hilang.txt") == (tmp_path / "hilang.txt",)


def test_a_link_in_a_folder_leads_nowhere_outside_it(tmp_path: Path) -> None:
    folder = tmp_path / "artikel"
    folder.mkdir()
    write(tmp_path, "rahasia.txt", "Rahasia.")
    write(folder, "asli.txt", "Isi.")
    (folder / "dalam.txt").symlink_to("asli.txt")
    assert files_in(folder) == (folder / "asli.txt", folder / "dalam.txt")
    (folder / "luar.txt").symlink_to(tmp_path / "rahasia.txt")
    assert files_in(folder / "luar.txt") == (folder / "luar.txt",)
    with pytest.raises(CorpusError, match=r"luar\.txt menunjuk ke luar foldernya"):
        files_in(folder)


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    (tmp_path / "gambar.jpg").write_bytes(b"")
    with pytest.raises(CorpusError, match="tidak memuat berkas yang dapat ditambahkan"):
        files_in(tmp_path)
