"""The bank editor: a bank grows line by line, in one step each, and is always that of its articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tanya_csto.corpus.articles import load_articles, load_corpus
from tanya_csto.corpus.bank import load_bank, question_key, read_bank, read_fact
from tanya_csto.corpus.bank_editor import editing, sentences_of
from tanya_csto.corpus.files import shipped
from tanya_csto.corpus.records import one_line
from tanya_csto.errors import CorpusError

MANIFEST = "".join(
    f'[[article]]\nid = "{name}"\nfile = "{name}.txt"\noutlet = "Kabar"\n' for name in ("gayo", "toraja")
)


def corpus_in(folder: Path) -> Path:
    """Write a corpus of two articles and three sentences, and no bank."""
    (folder / "index.toml").write_text(MANIFEST)
    (folder / "gayo.txt").write_text("Kopi Gayo dari Aceh\n\nKopi gayo  ditanam di Aceh. Panennya dua kali setahun.\n")
    (folder / "toraja.txt").write_text("Kopi toraja ditanam di Sulawesi.")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return corpus_in(tmp_path)


def make_room(folder: Path) -> int:
    with editing(folder, load_articles(folder).articles) as editor:
        return editor.make_room()


def lines(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "questions" / f"{name}.jsonl").read_text().splitlines()]


def ask(folder: Path, name: str, *questions: str, line: int = 0) -> None:
    """Fill in the questions of a line."""
    found = lines(folder, name)
    found[line]["questions"] = list(questions)
    text = "\n".join(map(json.dumps, found))  # no line feed at the end, as some editors leave it
    (folder / "questions" / f"{name}.jsonl").write_text(text)


def test_each_sentence_gets_a_line_with_room_for_its_questions(folder: Path) -> None:
    assert make_room(folder) == 3
    assert lines(folder, "gayo") == [
        {
            "kind": "answered",
            "questions": [],
            "evidence": [{"article": "gayo", "quotes": ["Kopi gayo ditanam di Aceh."]}],
        },
        {
            "kind": "answered",
            "questions": [],
            "evidence": [{"article": "gayo", "quotes": ["Panennya dua kali setahun."]}],
        },
    ]
    assert len(lines(folder, "toraja")) == 1


def test_room_alone_is_no_bank_and_no_fault(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_room(folder)
    assert load_corpus(folder).bank is None
    assert not caplog.records


def test_what_is_filled_in_is_the_bank(folder: Path) -> None:
    make_room(folder)
    ask(folder, "gayo", "Kapan panennya?", line=1)
    bank = load_corpus(folder).bank
    assert bank is not None
    assert [fact.questions for fact in bank.facts] == [("Kapan panennya?",)]
    assert len(bank.rooms) == 2


def test_room_is_made_once(folder: Path) -> None:
    make_room(folder)
    ask(folder, "gayo", "Kapan panennya?", line=1)
    before = (folder / "questions" / "gayo.jsonl").read_bytes()
    assert make_room(folder) == 0
    assert (folder / "questions" / "gayo.jsonl").read_bytes() == before


def test_a_new_article_gets_its_room_and_the_bank_is_that_of_all(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_room(folder)
    ask(folder, "toraja", "Di mana kopi toraja ditanam?")
    (folder / "index.toml").write_text(MANIFEST + '[[article]]\nid = "ijen"\nfile = "ijen.txt"\noutlet = "Warta"\n')
    (folder / "ijen.txt").write_text("Kopi ijen ditanam di Jawa.")
    assert load_corpus(folder).bank is None
    (record,) = caplog.records
    advice = record.__dict__["facts"]["advice"]
    assert f"tanya-csto questions new --corpus {folder}" in advice
    assert make_room(folder) == 1
    assert load_corpus(folder).bank is not None


def test_lines_are_put_behind_a_last_line_without_its_end(folder: Path) -> None:
    make_room(folder)
    ask(folder, "toraja", "Di mana kopi toraja ditanam?")
    articles = load_articles(folder).articles
    with editing(folder, articles) as editor:
        editor.add(articles[1], [{"kind": "unanswerable", "questions": ["Siapa penjualnya?"]}])
    bank = load_bank(folder, articles)
    assert bank is not None
    assert [fact.kind for fact in bank.facts] == ["answered", "unanswerable"]


GAYO = {"article": "gayo", "quotes": ["Kopi gayo ditanam di Aceh.", "Panennya dua kali setahun."], "answer": "Aceh"}
TORAJA = {"article": "toraja", "quotes": ["Kopi toraja ditanam di Sulawesi."]}
KINDS = [
    {"kind": "answered", "evidence": [GAYO, TORAJA]},
    {
        "kind": "contested",
        "topic": "tempat",
        "sides": [{"claim": name, "evidence": [GAYO]} for name in ("satu", "dua")],
    },
    {"kind": "unanswerable", "near": TORAJA},
    {"kind": "smalltalk", "talk": "greeting"},
]
asked = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda text: one_line(text) or "").filter(bool)
)
told = st.lists(
    st.tuples(asked, st.integers(0, 99), st.sampled_from(KINDS)),
    min_size=1,
    max_size=4,
    unique_by=lambda each: question_key(each[0]),
)


@pytest.mark.slow
@examples(max_examples=30)
@given(told)
def test_what_is_written_is_loaded_again(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, int, dict[str, object]]]
) -> None:
    folder = corpus_in(tmp_path_factory.mktemp("kopi"))
    articles = load_articles(folder).articles
    records = [{"questions": [question], "hands": [hand], **rest} for question, hand, rest in said]
    with editing(folder, articles) as editor:
        editor.add(articles[0], records[:1])
        editor.add(articles[0], records[1:2])
        editor.add(articles[1], records[2:])
    bank = load_bank(folder, articles)
    assert bank is not None
    by_id = {article.id: article for article in articles}
    assert bank.facts == tuple(read_fact(json.dumps(record), by_id) for record in records)
    assert [fact.questions for fact in bank.facts] == [(question,) for question, _, _ in said]


def test_hands_are_numbered_and_named(folder: Path) -> None:
    make_room(folder)
    articles = load_articles(folder).articles
    with editing(folder, articles) as editor:
        editor.add(articles[1], [{"kind": "unanswerable", "questions": ["Siapa penjualnya?"], "hands": [7]}])
    with editing(folder, articles) as editor:
        assert editor.hand('llama "3" \U0001f999') == 8
    with editing(folder, articles) as editor:
        assert editor.hand('llama "3" \U0001f999') == 8
        assert editor.hand("lain") == 9
    bank = load_bank(folder, articles)
    assert bank is not None
    assert bank.authors == {8: 'llama "3" \U0001f999', 9: "lain"}


def test_a_write_that_fails_leaves_the_bank_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_room(folder)
    before = (folder / "questions" / "gayo.jsonl").read_bytes()
    articles = load_articles(folder).articles

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CorpusError, match="tidak dapat ditulis"), editing(folder, articles) as editor:
        editor.add(articles[0], [{"kind": "unanswerable", "questions": ["Siapa penjualnya?"]}])
    assert (folder / "questions" / "gayo.jsonl").read_bytes() == before
    assert read_bank(folder / "questions", articles, lambda error: pytest.fail(str(error))).facts == ()


def test_an_output_that_is_closed_is_no_fault_of_the_folder(folder: Path) -> None:
    with pytest.raises(BrokenPipeError), editing(folder, load_articles(folder).articles):
        raise BrokenPipeError


def test_two_cannot_write_at_once(folder: Path) -> None:
    with editing(folder, load_articles(folder).articles), pytest.raises(CorpusError) as caught:
        make_room(folder)
    assert caught.value.code == "bank-busy"
    assert make_room(folder) == 3


SPOILED: dict[str, Callable[[Path], object]] = {
    "a broken line": lambda own: (own / "gayo.jsonl").write_text('{"kind": \n'),
    "a broken index": lambda own: (own / "bank.toml").write_text("format = \n"),
    "another format": lambda own: (own / "bank.toml").write_text("format = 2\n"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_broken_bank_is_not_written_to(folder: Path, how: str) -> None:
    make_room(folder)
    SPOILED[how](folder / "questions")
    before = {path: path.read_bytes() for path in (folder / "questions").iterdir()}
    with pytest.raises(CorpusError, match="tanya-csto questions check") as caught:
        make_room(folder)
    assert caught.value.code == "bank-faulty"
    assert {path: path.read_bytes() for path in (folder / "questions").iterdir()} == before


def test_the_bank_that_comes_along_is_not_written_to() -> None:
    with pytest.raises(CorpusError, match="Korpus bawaan tidak dapat diubah"):
        make_room(shipped("corpus"))


def test_headings_are_not_asked_about(folder: Path) -> None:
    gayo, _ = load_articles(folder).articles
    assert [sentence.text for sentence in sentences_of(gayo)] == [
        "Kopi gayo  ditanam di Aceh.",
        "Panennya dua kali setahun.",
    ]
