"""Articles: the built-in ones byte for byte, and an error that names the file and the line for everything broken."""

from __future__ import annotations

import hashlib
from pathlib import Path
from time import perf_counter

import pytest

from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.corpus.files import shipped
from tanya_csto.errors import CorpusError
from tests.conftest import ARTICLE_IDS, CorpusWriter

# the files as they were received
SHA256 = {
    "cnbc-indonesia": "bab4e8f80550d1bd3ce9d887f1629ca9cf0d8b994de108a79ff54d0d842b1aec",
    "wahananews": "2c99352d9beaa4ca7c4c67698fea096594eb678433769c98989f532262da771b",
    "suara": "bf475335c19dd7a0e25e9b9d8e349f3411cd9cb683c508daeed2efdf4b59f222",
    "bangkapos": "bf30a718d7dd51b266ef8a26de3e1feff57263cc2113247db61c897889bde71c",
    "perspektif": "cd80788181e098bba5dd6e945e51adafd54f2ccd56ad33af9ecf832c19879ad2",
}
OUTLETS = ["CNBC Indonesia", "WahanaNews", "Suara.com", "Bangka Pos", "Perspektif.co.id"]

ONE = '[[article]]\nid = "satu"\nfile = "satu.txt"\noutlet = "Kabar"\n'
TEXT = "CSTO adalah aliansi militer.\n"


def entry(**fields: str) -> str:
    values = {"id": "satu", "file": "satu.txt", "outlet": "Kabar"} | fields
    return "[[article]]\n" + "".join(f"{name} = {value!r}\n" for name, value in values.items() if value)


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_the_file_is_the_one_received_and_the_text_is_the_file(corpus: Corpus, article_id: str) -> None:
    data = (shipped("corpus") / f"{article_id}.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256[article_id]
    assert corpus[article_id].text.encode() == data


def test_the_built_in_corpus(corpus: Corpus) -> None:
    assert tuple(corpus) == ARTICLE_IDS
    assert [article.outlet for article in corpus.articles] == OUTLETS
    assert len(corpus) == 5
    assert len(set(corpus.suggestions)) == len(corpus.suggestions) >= 3


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_what_an_article_states_about_itself_stands_in_it(corpus: Corpus, article_id: str) -> None:
    article = corpus[article_id]
    assert article.title is None or article.title in article.text
    assert article.published is None
    assert article.url is None


def test_an_unknown_id_is_a_key_error(corpus: Corpus) -> None:
    assert "tempo" not in corpus
    with pytest.raises(KeyError):
        corpus["tempo"]


def test_an_article_is_found_without_going_through_the_others() -> None:
    corpus = Corpus(tuple(Article(f"a{number}", "Kabar", "Isi.") for number in range(30_000)))
    start = perf_counter()
    assert [corpus[article_id].id for article_id in corpus] == list(corpus)
    assert perf_counter() - start < 2  # one by one it is half a minute


def test_all_fields_are_read_and_line_ends_are_kept(write_corpus: CorpusWriter) -> None:
    index = 'about = "CSTO"\nsuggestions = ["Apa itu CSTO?"]\n' + entry(
        title="Judul", published="25 Juni 2024", url="https://kabar.example/1"
    )
    corpus = load_corpus(write_corpus(index, {"satu.txt": "Judul\r\n\r\nIsi.\r\n"}))
    article = corpus["satu"]
    assert article.text == "Judul\r\n\r\nIsi.\r\n"
    assert (article.title, article.published, article.url) == ("Judul", "25 Juni 2024", "https://kabar.example/1")
    assert (corpus.suggestions, corpus.about) == (("Apa itu CSTO?",), "CSTO")


def test_suggestions_may_be_left_out(write_corpus: CorpusWriter) -> None:
    assert load_corpus(write_corpus(ONE, {"satu.txt": TEXT})).suggestions == ()


def test_content_is_what_the_boilerplate_leaves(write_corpus: CorpusWriter) -> None:
    page = "Kabar.com - Isi satu.\nBaca Juga: Lain\n\n  Isi dua. [ab]\n"
    article = load_corpus(write_corpus(ONE, {"satu.txt": page}))["satu"]
    assert [part.of(page) for part in article.content] == ["Isi satu.", "Isi dua."]


@pytest.mark.parametrize(("title", "headline"), [("Kopi Gayo", "Kopi Gayo"), ("", "Lima hal tentang kopi Gayo")])
def test_the_first_line_stands_for_a_title_that_is_not_stated(
    write_corpus: CorpusWriter, title: str, headline: str
) -> None:
    folder = write_corpus(entry(title=title), {"satu.txt": "Lima hal tentang kopi Gayo\n\nKopi gayo tumbuh di Aceh.\n"})
    assert load_corpus(folder)["satu"].headline == headline


# Broken folders: the index, and what the message must hold

BROKEN = {
    "TOML that does not end": ("[[article]]\nid = \n", "bad-toml", ["index.toml", "baris 2"]),
    "TOML with a bad line": (f"{ONE}outlet : Kabar\n", "bad-toml", ["index.toml", "baris 5"]),
    "TOML that stops in a string": (f'{ONE}title = """buka\n', "bad-toml", ["index.toml", "baris 6"]),
    "TOML that is too deep": (f"x = {'[' * 5000}", "bad-toml", ["index.toml: bukan TOML"]),
    "tables that are too deep": (f"x = {'{a = ' * 5000}", "bad-toml", ["index.toml: bukan TOML"]),
    "a number without end": (f"x = {'9' * 5000}", "bad-toml", ["index.toml: bukan TOML"]),
    "a name that no file can have": (entry(file="a" * 5000), "article-missing", ["artikel ke-1"]),
    "no article": ("suggestions = []\n", "corpus-empty", ["index.toml"]),
    "an empty list": ("article = []\n", "corpus-empty", ["index.toml"]),
    "one article that is no list": ('[article]\nid = "satu"\n', "bad", ["index.toml: article harus berupa daftar"]),
    "no id": (entry(id=""), "bad", ["index.toml", "artikel ke-1", "id"]),
    "no file": (entry(file=""), "bad", ["index.toml", "artikel ke-1", "file"]),
    "no outlet in the second": (ONE + entry(id="dua", outlet=""), "bad", ["artikel ke-2", "outlet"]),
    "a blank outlet": (entry(outlet="  "), "bad", ["artikel ke-1", "outlet"]),
    "a date that is no text": (f"{ONE}published = 2022-05-17\n", "bad", ["artikel ke-1", "published"]),
    "an unknown field": (entry(penulis="Ani"), "bad", ["artikel ke-1", "penulis"]),
    "the same id twice": (ONE + ONE, "bad", ["artikel ke-2", "satu", "sudah dipakai"]),
    "an id with capitals": (entry(id="Satu"), "bad", ["artikel ke-1", "a-z"]),
    "an id with a path": (entry(id="../satu"), "bad", ["artikel ke-1", "a-z"]),
    "an id with a line end": ('[[article]]\nid = "satu\\n"\nfile = "satu.txt"\noutlet = "K"\n', "bad", []),
    "a file that is not there": (entry(file="dua.txt"), "article-missing", ["artikel ke-1", "dua.txt"]),
    "a file outside": (entry(file="../satu.txt"), "article-missing", ["artikel ke-1", "../satu.txt"]),
    "a file by its full path": (entry(file="/etc/passwd"), "article-missing", ["artikel ke-1", "/etc/passwd"]),
    "a file in a folder": (entry(file="dalam/satu.txt"), "article-missing", ["dalam/satu.txt"]),
    "the folder itself": (entry(file="."), "article-missing", ["artikel ke-1"]),
    "suggestions that are text": (f'suggestions = "Apa?"\n{ONE}', "bad", ["index.toml"]),
    "a suggestion that is a number": (f"suggestions = [1]\n{ONE}", "bad", ["index.toml"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_index_is_told_with_file_and_place(write_corpus: CorpusWriter, name: str) -> None:
    index, code, parts = BROKEN[name]
    folder = write_corpus(index, {"satu.txt": TEXT})
    (folder / "dalam").mkdir()
    (folder / "dalam" / "satu.txt").write_text(TEXT, encoding="utf-8")
    (folder.parent / "satu.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    assert caught.value.code == code
    assert [part for part in parts if part not in str(caught.value)] == []


@pytest.mark.parametrize("name", ["index.toml", "satu.txt"])
def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "korpus"
    folder.mkdir()
    for file, content in {"index.toml": ONE, "satu.txt": TEXT}.items():
        (folder / file).write_text(content, encoding="utf-8")
    (folder / name).rename(tmp_path / "rahasia")
    (folder / name).symlink_to(tmp_path / "rahasia")
    with pytest.raises(CorpusError, match=rf"{name} menunjuk ke luar foldernya"):
        load_corpus(folder)


def test_a_link_inside_the_folder_is_followed(write_corpus: CorpusWriter, tmp_path: Path) -> None:
    folder = write_corpus(ONE, {"asli.txt": TEXT})
    (folder / "satu.txt").symlink_to("asli.txt")
    linked = tmp_path / "tautan"
    linked.symlink_to(folder)
    assert load_corpus(linked)["satu"].text == TEXT


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"satu\ndua\nt\xe9ga\n", 3), (b"\xff\xfeC\x00", 1), ("“".encode("cp1252"), 1), (b"Isi" + b"\n\xf0", 2)],
)
def test_a_file_that_is_not_utf8_is_told_with_its_line(write_corpus: CorpusWriter, data: bytes, line: int) -> None:
    with pytest.raises(CorpusError, match=rf"satu\.txt, baris {line}: bukan teks UTF-8"):
        load_corpus(write_corpus(ONE, {"satu.txt": data}))


def test_an_index_that_is_not_utf8_is_told_with_its_line(write_corpus: CorpusWriter) -> None:
    with pytest.raises(CorpusError, match=r"index\.toml, baris 2: bukan teks UTF-8"):
        load_corpus(write_corpus("", {"index.toml": b"# a\n# \xe9\n"}))


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", "Tag\nCSTO\n", "Baca Juga: Lain\n[Gambas:Video]\n50\n"])
def test_an_article_without_content_is_told(write_corpus: CorpusWriter, text: str) -> None:
    with pytest.raises(CorpusError, match=r"satu\.txt: tidak ada isi yang dapat dikutip"):
        load_corpus(write_corpus(ONE, {"satu.txt": text}))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="hilang") as caught:
        load_corpus(tmp_path / "hilang")
    assert caught.value.code == "corpus-missing"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "satu.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"satu\.txt"):
        load_corpus(tmp_path / "satu.txt")


def test_a_folder_without_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"index\.toml") as caught:
        load_corpus(tmp_path)
    assert caught.value.code == "corpus-no-index"


def test_a_folder_that_cannot_be_looked_for_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="tidak dapat dibaca"):
        load_corpus(tmp_path / ("a" * 300))
