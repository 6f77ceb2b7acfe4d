"""The editor: articles go in and out all together or not at all, whatever is wrong and whenever it stops."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.documents import Document
from tanya_csto.corpus.editor import add, remove, update
from tanya_csto.corpus.files import shipped
from tanya_csto.corpus.manifest import read_manifest
from tanya_csto.errors import CorpusError
from tests.conftest import CorpusWriter

COFFEE = Document("kopi.txt", "Kopi gayo tumbuh di Aceh.\n", id="kopi", outlet="Kabar", title="Kopi Gayo")
TEA = Document("teh.txt", "Teh tumbuh di Jawa Barat.\n", id="teh", outlet="Warta", url="https://warta.example/teh")
KEPT = """\
# ditulis dengan tangan
about = "Kebun"
suggestions = ["Di mana kakao tumbuh?", "Apa itu \\"kakao\\"?"]

[[article]]
file = "catatan.txt"
id = "kakao"
outlet = "Kabar"
published = "17 Mei 2022"
"""


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def kept(write_corpus: CorpusWriter) -> Path:
    """A corpus written by hand, with one article."""
    return write_corpus(KEPT, {"catatan.txt": "Kakao tumbuh di Sulawesi.\n"})


def test_a_corpus_is_made_with_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dalam" / "korpus"
    assert [entry.id for entry in add(folder, [COFFEE, TEA])] == ["kopi", "teh"]
    corpus = load_corpus(folder)
    assert [(each.id, each.outlet, each.title, each.url, each.text) for each in corpus.articles] == [
        ("kopi", "Kabar", "Kopi Gayo", None, COFFEE.text),
        ("teh", "Warta", None, "https://warta.example/teh", TEA.text),
    ]
    assert set(contents(folder)) == {"index.toml", "kopi.txt", "teh.txt"}


def test_what_was_written_by_hand_is_kept(kept: Path) -> None:
    before = load_corpus(kept)
    add(kept, [COFFEE])
    add(kept, [TEA])
    after = load_corpus(kept)
    assert list(after) == ["kakao", "kopi", "teh"]
    assert after.articles[0] == before.articles[0]
    assert (after.suggestions, after.about) == (before.suggestions, "Kebun")
    remove(kept, ["kopi"])
    assert list(load_corpus(kept)) == ["kakao", "teh"]
    assert load_corpus(kept).suggestions == before.suggestions


def test_removed_articles_leave_no_file(kept: Path) -> None:
    before = contents(kept)
    add(kept, [COFFEE, TEA])
    assert [entry.id for entry in remove(kept, ["teh", "kopi", "teh"])] == ["kopi", "teh"]
    assert set(contents(kept)) == set(before)


def test_an_article_is_replaced_under_its_id(kept: Path) -> None:
    add(kept, [COFFEE, TEA])
    corrected = Document("kakao.txt", "Kakao tumbuh di Flores.", id="kakao", published="18 Mei 2022")
    (entry,) = update(kept, [corrected])
    corpus = load_corpus(kept)
    assert list(corpus) == ["kakao", "kopi", "teh"]
    assert (corpus["kakao"].text, corpus["kakao"].outlet) == ("Kakao tumbuh di Flores.", "Kabar")
    assert corpus["kakao"].published == "18 Mei 2022"
    assert "catatan.txt" not in contents(kept)
    assert entry.file in contents(kept)
    assert corpus.suggestions


def test_an_article_is_updated_again_and_again_without_leaving_files(kept: Path) -> None:
    for text in ("Satu.", "Dua.", "Dua.", "Tiga."):
        update(kept, [Document("kakao.txt", text, id="kakao")])
        assert load_corpus(kept)["kakao"].text == text
        assert len(contents(kept)) == 2


def test_two_articles_may_change_their_texts_for_one_another(kept: Path) -> None:
    add(kept, [COFFEE])
    swapped = [replace(COFFEE, text="Kakao tumbuh di Sulawesi.\n"), Document("a", COFFEE.text, id="kakao")]
    update(kept, swapped)
    corpus = load_corpus(kept)
    assert (corpus["kopi"].text, corpus["kakao"].text) == ("Kakao tumbuh di Sulawesi.\n", COFFEE.text)


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([replace(COFFEE, id="asing")], "document-id-unknown"),
        ([replace(COFFEE, id=None)], "document-id-unknown"),
        ([replace(COFFEE, text=" ")], "document-empty"),
        ([replace(COFFEE, text=TEA.text)], "document-same-text"),
        ([COFFEE, replace(COFFEE, text="Lain.")], "document-id-taken"),
        ([replace(COFFEE, text="Baru."), replace(TEA, url="ftp://x")], "bad"),
    ],
)
def test_what_cannot_be_updated_changes_nothing(kept: Path, documents: list[Document], code: str) -> None:
    add(kept, [COFFEE, TEA])
    before = contents(kept)
    with pytest.raises(CorpusError) as refused:
        update(kept, documents)
    assert refused.value.code == code
    assert contents(kept) == before


def test_a_file_that_another_article_needs_is_not_deleted(kept: Path) -> None:
    with (kept / "index.toml").open("a", encoding="utf-8") as index:
        index.write('[[article]]\nid = "dua"\nfile = "catatan.txt"\noutlet = "Kabar"\n')
    remove(kept, ["kakao"])
    assert list(load_corpus(kept)) == ["dua"]


def test_a_file_outside_the_folder_is_not_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "korpus"
    add(folder, [COFFEE, TEA])
    (tmp_path / "rahasia.txt").write_text("Rahasia.", encoding="utf-8")
    index = folder / "index.toml"
    index.write_text(index.read_text(encoding="utf-8").replace('"teh.txt"', '"../rahasia.txt"'), encoding="utf-8")
    remove(folder, ["teh"])
    assert (tmp_path / "rahasia.txt").exists()


def test_the_text_of_the_document_is_the_text_of_the_article(tmp_path: Path) -> None:
    text = "Kopi\n\n\n  Ditanam di Gayo.\u00a0😀\n\tBaca juga: Teh\n"
    add(tmp_path, [Document("a.txt", text, outlet="Kabar")])
    (article,) = load_corpus(tmp_path).articles
    assert article.text == text


# Names

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@pytest.mark.slow
@given(st.lists(st.tuples(texts, st.none() | texts), min_size=1, max_size=6))
def test_any_title_and_outlet_make_an_article(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("korpus")
    documents = [Document("a", f"Isi nomor {n}.", outlet=f"O{said[n][0]}", title=said[n][1]) for n in range(len(said))]
    add(folder, documents)
    articles = load_corpus(folder).articles
    assert [(each.text, each.outlet, each.title) for each in articles] == [
        (each.text, each.outlet, each.title) for each in documents
    ]


def test_same_titles_get_numbers(tmp_path: Path) -> None:
    documents = [Document("a", f"Isi {n}.", outlet="Kabar", title="Cuaca hari ini") for n in range(3)]
    add(tmp_path, documents[:2])
    add(tmp_path, documents[2:])
    assert list(load_corpus(tmp_path)) == ["cuaca-hari-ini", "cuaca-hari-ini-2", "cuaca-hari-ini-3"]


def test_the_host_stands_for_an_outlet_that_is_not_stated(tmp_path: Path) -> None:
    add(tmp_path, [Document("a", "Isi.", url="https://www.kabar.example/a")])
    assert load_corpus(tmp_path)["kabar-example"].outlet == "kabar.example"


def test_a_file_that_lies_there_already_is_neither_overwritten_nor_doubled(kept: Path) -> None:
    (kept / "kopi.txt").write_text("Catatan lain.", encoding="utf-8")
    (kept / "teh.txt").write_text(TEA.text, encoding="utf-8")
    add(kept, [COFFEE, TEA])
    assert (kept / "kopi.txt").read_text(encoding="utf-8") == "Catatan lain."
    assert set(contents(kept)) == {"index.toml", "catatan.txt", "kopi.txt", "kopi-2.txt", "teh.txt"}
    assert load_corpus(kept)["kopi"].text == COFFEE.text


def test_a_very_long_id_still_makes_a_file(tmp_path: Path) -> None:
    long = "a" * 400
    add(tmp_path, [Document("a", "Isi.", id=long, outlet="Kabar"), Document("b", "Lain.", id=f"{long}b", outlet="K")])
    assert list(load_corpus(tmp_path)) == [long, f"{long}b"]


# What cannot be done changes nothing

BROKEN = {
    "no outlet": (Document("a.txt", "Isi."), "document-no-outlet", "--outlet"),
    "an address without a host": (Document("a.txt", "Isi.", url="https://[::1"), "document-no-outlet", "a.txt"),
    "an outlet that cannot be seen": (Document("a.txt", "Isi.", outlet="\u200b\n"), "document-no-outlet", "a.txt"),
    "no text": (Document("a.txt", " \n", outlet="Kabar"), "document-empty", "a.txt"),
    "nothing to be seen": (Document("a.txt", "\u200f\u200e\u200b\n", outlet="Kabar"), "document-empty", "a.txt"),
    "boilerplate only": (Document("a.txt", "Baca juga: Lain\n", outlet="Kabar"), "document-empty", "a.txt"),
    "half a million lines": (
        Document("a.txt", "a\n" * 500_000, outlet="Kabar"),
        "document-too-many-lines",
        "a.txt: teksnya terdiri atas lebih dari 50000 baris",
    ),
    "the id of another": (Document("a.txt", "Isi.", id="kakao", outlet="Kabar"), "document-id-taken", "kakao"),
    "an id of the same command": (Document("a.txt", "Isi.", id="kopi", outlet="Kabar"), "document-id-taken", "kopi"),
    "an id with a path": (Document("a.txt", "Isi.", id="../a", outlet="Kabar"), "bad", "a-z"),
    "an id with a line end": (Document("a.txt", "Isi.", id="a\n", outlet="Kabar"), "bad", "a-z"),
    "a script as address": (Document("a.txt", "Isi.", outlet="K", url="javascript:x"), "bad", "https://"),
    "a text of another": (
        Document("a.txt", "Kakao  tumbuh di\nSulawesi.", outlet="Kabar"),
        "document-same-text",
        "kakao",
    ),
    "a text of the same command": (Document("a.txt", COFFEE.text, outlet="Kabar"), "document-same-text", "kopi"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_added_changes_nothing(kept: Path, name: str) -> None:
    document, code, part = BROKEN[name]
    before = contents(kept)
    with pytest.raises(CorpusError) as caught:
        add(kept, [COFFEE, document, TEA])
    assert caught.value.code == code
    assert part in str(caught.value)
    assert contents(kept) == before


@pytest.mark.parametrize("name", [name for name in BROKEN if not name.endswith("another")])
def test_what_cannot_be_added_makes_no_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError):
        add(tmp_path / "korpus", [COFFEE, BROKEN[name][0]])
    assert contents(tmp_path) == {}


def test_a_broken_corpus_is_told_and_not_changed(kept: Path) -> None:
    (kept / "catatan.txt").unlink()
    before = contents(kept)
    with pytest.raises(CorpusError, match=r"berkas catatan\.txt tidak ditemukan"):
        add(kept, [COFFEE])
    (kept / "index.toml").write_text("rusak [", encoding="utf-8")
    for change in (partial(add, kept, [COFFEE]), partial(remove, kept, ["kakao"])):
        with pytest.raises(CorpusError, match="bukan TOML"):
            change()
    assert set(contents(kept)) == set(before)


@pytest.mark.parametrize(
    ("ids", "code"),
    [(["nanas"], "article-unknown"), (["kopi", "nanas"], "article-unknown"), (["kakao", "kopi"], "corpus-last")],
)
def test_what_cannot_be_removed_changes_nothing(kept: Path, ids: list[str], code: str) -> None:
    add(kept, [COFFEE])
    before = contents(kept)
    with pytest.raises(CorpusError) as caught:
        remove(kept, ids)
    assert caught.value.code == code
    assert contents(kept) == before


@pytest.mark.parametrize("folder", [shipped("corpus"), shipped("corpus") / ".." / shipped("corpus").name])
def test_the_built_in_corpus_stays_as_it_is(folder: Path) -> None:
    before = contents(folder)
    for change in (partial(add, folder, [COFFEE]), partial(remove, folder, ["suara"])):
        with pytest.raises(CorpusError, match="Korpus bawaan"):
            change()
    assert contents(folder) == before


def test_a_missing_corpus_has_nothing_to_remove(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="tidak ditemukan"):
        remove(tmp_path / "hilang", ["kopi"])
    with pytest.raises(CorpusError, match=r"index\.toml"):
        remove(tmp_path, ["kopi"])
    assert contents(tmp_path) == {}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        add(tmp_path / "berkas", [COFFEE])
    assert caught.value.code == "corpus-unwritable"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_addition_that_is_stopped_cleans_up(kept: Path, stop: type[BaseException]) -> None:
    def until_the_second(items: Iterable[object]) -> Iterator[object]:
        for number, item in enumerate(items):
            if number == 1 and isinstance(item, tuple):  # the files are being written
                raise stop
            yield item

    before = contents(kept)
    with pytest.raises((KeyboardInterrupt, CorpusError)):
        add(kept, [COFFEE, TEA], until_the_second)
    assert contents(kept) == before


# Whatever stops the process: in a process of their own, which may fork

KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.corpus.documents import Document
from tanya_csto.corpus.editor import add, remove, update

folder = Path(sys.argv[1])
first, second, third = (Document(str(n), f"Isi {n}.", id=f"nomor-{n}", outlet="Kabar") for n in range(3))

def killed_at(step, work):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = step
    def count(event, arguments):
        nonlocal left
        if event == "open" or event.startswith("os.") or event == "fcntl.flock":
            left -= 1
            if left < 0:
                os._exit(9)
    sys.addaudithook(count)
    work()
    os._exit(0)

def kill_everywhere(work, before, after, undo):
    seen, step = set(), 0
    while killed_at(step, work):
        found = tuple(article.text for article in load_corpus(folder).articles)
        assert found in (before, after), found
        seen.add(found)
        if found == after:
            undo()
        step += 1
    assert seen == {before, after}, seen
    return step

add(folder, [first])
one, three, updated = ("Isi 0.",), ("Isi 0.", "Isi 1.", "Isi 2."), ("Lain.",)
adding = lambda: add(folder, [second, third])
removing = lambda: remove(folder, ["nomor-1", "nomor-2"])
steps = kill_everywhere(adding, one, three, removing)
steps += kill_everywhere(removing, three, one, adding)
updating = lambda: update(folder, [replace(first, text="Lain.")])
steps += kill_everywhere(updating, one, updated, lambda: update(folder, [first]))
print(steps)
"""

TOGETHER = """
import os, sys
from pathlib import Path
from tanya_csto.corpus.documents import Document
from tanya_csto.corpus.editor import add

for process in range(4):
    if not os.fork():
        for n in range(10):
            add(Path(sys.argv[1]), [Document("a", f"Isi {process} {n}.", id=f"a{process}-{n}", outlet="Kabar")])
        os._exit(0)
print([os.wait()[1] for _ in range(4)])
"""


def run(script: str, folder: Path) -> str:
    result = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_kill_at_any_point_leaves_a_corpus_that_loads(tmp_path: Path) -> None:
    assert int(run(KILLED, tmp_path / "korpus")) > 20


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_additions_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "korpus"
    assert run(TOGETHER, folder) == "[0, 0, 0, 0]\n"
    assert len(load_corpus(folder)) == len(read_manifest(folder).entries) == 40


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "lingkar").symlink_to("lingkar")
    for name in ("a" * 300, "lingkar"):
        with pytest.raises(CorpusError, match="tidak dapat ditulis"):
            add(tmp_path / name, [Document("kopi.txt", "Kopi ditanam di Gayo.", "kopi", "Kabar")])
    with pytest.raises(CorpusError, match="tidak dapat dibaca"):
        remove(tmp_path / ("a" * 300), ["kopi"])
