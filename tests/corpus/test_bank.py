"""The question bank: the shipped one is sound, and whatever is wrong in another is told with its file and its line."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.corpus.bank import (
    TALKS,
    BankSide,
    Evidence,
    Fact,
    QuestionBank,
    articles_digest,
    load_bank,
    read_bank,
)
from tanya_csto.corpus.files import shipped
from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.errors import CorpusError
from tanya_csto.question.validation import validate_question
from tanya_csto.text.spans import Span
from tests.conftest import CorpusWriter, article

TEXT = "CSTO adalah\n\n aliansi\u00a0militer. Markasnya di Moskow.\nAnggotanya enam negara.\n"
OTHER = "Anggota CSTO lima negara.\n"
ARTICLES = (article(TEXT, "satu"), article(OTHER, "dua"))
QUOTE = {"article": "satu", "quotes": ["Markasnya di Moskow."], "answer": "Moskow"}
SIX = {"claim": "enam", "evidence": [{"article": "satu", "quotes": ["Anggotanya enam negara."], "answer": "enam"}]}
FIVE = {"claim": "lima", "evidence": [{"article": "dua", "quotes": ["Anggota CSTO lima negara."]}]}

ANSWERED = {"kind": "answered", "questions": ["Di mana markas CSTO?", "markasnya?"], "evidence": [QUOTE]}
CONTESTED = {"kind": "contested", "topic": "jumlahnya", "questions": ["Berapa anggotanya?"], "sides": [SIX, FIVE]}
UNANSWERABLE = {"kind": "unanswerable", "questions": ["Berapa anggarannya?"], "near": QUOTE}
SMALLTALK = {"kind": "smalltalk", "questions": ["halo"], "talk": "greeting"}

BankWriter = Callable[..., Path]


@pytest.fixture
def write_bank(tmp_path: Path) -> BankWriter:
    """Return a function that writes a bank of these lines, records or raw, for `ARTICLES`."""

    def write(*lines: dict[str, Any] | str | bytes, name: str = "a.jsonl", index: str | None = None) -> Path:
        head = f'format = 1\narticles = "{articles_digest(ARTICLES)}"\n' if index is None else index
        (tmp_path / "questions").mkdir(exist_ok=True)
        (tmp_path / "questions" / "bank.toml").write_text(head, encoding="utf-8")
        raw = (json.dumps(line).encode() if isinstance(line, dict) else line for line in lines)
        content = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in raw)
        (tmp_path / "questions" / name).write_bytes(content)
        return tmp_path

    return write


def refused(folder: Path) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        load_bank(folder, ARTICLES)
    return caught.value


def read(folder: Path) -> tuple[Fact, ...]:
    bank = load_bank(folder, ARTICLES)
    assert bank is not None
    return bank.facts


# A sound bank


def test_each_kind_of_fact_is_read(write_bank: BankWriter) -> None:
    markas = Evidence(ARTICLES[0], (Span(31, 51),), Span(44, 50))
    six = BankSide("enam", (Evidence(ARTICLES[0], (Span(52, 75),), Span(63, 67)),))
    five = BankSide("lima", (Evidence(ARTICLES[1], (Span(0, 25),), None),))
    folder = write_bank(ANSWERED, CONTESTED, "", UNANSWERABLE, {**SMALLTALK})
    assert load_bank(folder, ARTICLES) == QuestionBank(
        (
            Fact("answered", ("Di mana markas CSTO?", "markasnya?"), evidence=(markas,)),
            Fact("contested", ("Berapa anggotanya?",), sides=(six, five), topic="jumlahnya"),
            Fact("unanswerable", ("Berapa anggarannya?",), near=markas),
            Fact("smalltalk", ("halo",), talk="greeting"),
        ),
        folder / "questions",
        {"di mana markas csto": 0, "markasnya": 0, "berapa anggotanya": 1, "berapa anggarannya": 2, "halo": 3},
    )


def test_nothing_has_to_come_near_what_is_not_answered(write_bank: BankWriter) -> None:
    (fact,) = read(write_bank({"kind": "unanswerable", "questions": ["Berapa anggarannya?"]}))
    assert fact.near is None


def test_white_space_is_folded_and_the_spans_are_those_of_the_article(write_bank: BankWriter) -> None:
    quotes = ["CSTO adalah aliansi militer.", "Anggotanya  enam\nnegara."]
    evidence = {"article": "satu", "quotes": quotes, "answer": "aliansi militer"}
    (fact,) = read(write_bank({**ANSWERED, "evidence": [evidence]}))
    (found,) = fact.evidence
    expected = ["CSTO adalah\n\n aliansi\u00a0militer.", "Anggotanya enam negara."]
    assert [span.of(TEXT) for span in found.spans] == expected
    assert found.answer is not None
    assert found.answer.of(TEXT) == "aliansi\u00a0militer"


def test_the_answer_is_the_one_in_the_quote(write_bank: BankWriter) -> None:
    evidence = {"article": "satu", "quotes": ["Markasnya di Moskow.", "Anggotanya enam negara."], "answer": "nya enam"}
    (fact,) = read(write_bank({**ANSWERED, "evidence": [evidence]}))
    assert fact.evidence[0].answer == Span(59, 67)


def test_the_files_are_read_in_the_order_of_their_names(write_bank: BankWriter) -> None:
    write_bank(SMALLTALK, name="b.jsonl")
    write_bank(UNANSWERABLE, name="c.jsonl")
    write_bank("not read", name="a.txt")
    assert [fact.kind for fact in read(write_bank(ANSWERED, name="a.jsonl"))] == [
        "answered",
        "smalltalk",
        "unanswerable",
    ]


@pytest.mark.parametrize("talk", sorted(TALKS))
def test_each_talk_is_known(write_bank: BankWriter, talk: str) -> None:
    assert [fact.talk for fact in read(write_bank({**SMALLTALK, "talk": talk}))] == [talk]


def test_a_line_separator_inside_a_question_ends_no_line(write_bank: BankWriter) -> None:
    line = json.dumps({**SMALLTALK, "questions": ["halo\u2028bot"]}, ensure_ascii=False)
    assert read(write_bank(line))[0].questions == ("halo bot",)


@pytest.mark.parametrize(
    "sign", ["\0", "\x1b", "\x7f", "\x9b", "\u200b", "\u202e", "\u2066", "\ufeff", "\ue000", "\ud800"]
)
@pytest.mark.parametrize("name", ["questions", "topic", "claim"])
def test_what_cannot_be_seen_is_refused(write_bank: BankWriter, name: str, sign: str) -> None:
    text = f"Berapa {sign}anggotanya?"
    lines = {
        "questions": {**CONTESTED, "questions": ["Berapa?", text]},
        "topic": {**CONTESTED, "topic": text},
        "claim": {**CONTESTED, "sides": [{**SIX, "claim": text}, FIVE]},
    }
    with pytest.raises(CorpusError) as error:
        read(write_bank(ANSWERED, lines[name]))
    assert str(error.value).endswith(
        f"a.jsonl, baris 2: {name} memuat karakter yang tidak terlihat; ketik ulang teks itu. Perbaiki baris itu."
    )


def test_questions_without_a_word_are_told_apart_as_they_are(write_bank: BankWriter) -> None:
    assert read(write_bank({**SMALLTALK, "questions": ["?", "!"]}))[0].questions == ("?", "!")


def test_a_question_is_as_long_as_a_person_may_ask(write_bank: BankWriter) -> None:
    assert validate_question("a" * MAX_QUESTION)
    assert read(write_bank({**SMALLTALK, "questions": ["a" * MAX_QUESTION]}))


def test_a_line_that_waits_for_its_questions_is_no_fact(write_bank: BankWriter) -> None:
    folder = write_bank({**ANSWERED, "questions": []}, UNANSWERABLE)
    bank = load_bank(folder, ARTICLES)
    assert bank is not None
    assert [fact.kind for fact in bank.facts] == ["unanswerable"]
    assert [room.evidence[0].article.id for room in bank.rooms] == ["satu"]


def test_a_bank_that_only_waits_for_questions_is_none(write_bank: BankWriter) -> None:
    assert load_bank(write_bank({**ANSWERED, "questions": []}), ARTICLES) is None


def test_hands_have_the_names_that_the_index_gives(write_bank: BankWriter) -> None:
    index = f'format = 1\narticles = "{articles_digest(ARTICLES)}"\n[hands]\n3 = "qwen"\nx = "lain"\n'
    bank = load_bank(write_bank(SMALLTALK, index=index), ARTICLES)
    assert bank is not None
    assert bank.authors == {3: "qwen"}


def test_all_faults_are_told_and_the_rest_is_read(write_bank: BankWriter) -> None:
    folder = write_bank(
        ANSWERED, "{}", evidenced(article="tiga"), {**SMALLTALK, "questions": ["halo", "Halo", "di mana markas CSTO"]}
    )
    (folder / "questions" / "b.jsonl").write_bytes(b"\xff\n")
    (folder / "questions" / "bank.toml").write_text("format = 2\n")
    faults: list[CorpusError] = []
    bank = read_bank(folder / "questions", ARTICLES, faults.append)
    assert [fault.code for fault in faults] == [
        "bank-other-format",
        "bank-other-articles",
        "bad-line",
        "bad-line",
        "bank-question-twice",
        "bank-question-twice",
        "not-utf8",
    ]
    assert [fact.kind for fact in bank.facts] == ["answered", "smalltalk"]


# Broken lines: the line, the code, and what the message must hold


def evidenced(**fields: object) -> dict[str, Any]:
    """Return an answered fact whose evidence has these fields; those that are None are left out."""
    return {**ANSWERED, "evidence": [{name: value for name, value in {**QUOTE, **fields}.items() if value is not None}]}


def without(record: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != name}


BROKEN: dict[str, tuple[dict[str, Any] | str, str, str]] = {
    "no JSON": ('{"kind": ', "bad-line", "bukan JSON yang sah"),
    "JSON without an end": ("[" * 100_000, "bad-line", "bukan JSON yang sah"),
    "no record": ("[]", "bad-line", "kind"),
    "no kind": (without(SMALLTALK, "kind"), "bad-line", "kind"),
    "an unknown kind": ({**SMALLTALK, "kind": "rumour"}, "bad-line", "kind"),
    "a kind that is a list": ({**SMALLTALK, "kind": ["smalltalk"]}, "bad-line", "kind"),
    "an unknown field": ({**SMALLTALK, "note": "x"}, "bad-line", "note tidak dikenal"),
    "an empty name": ({**SMALLTALK, "": "x"}, "bad-line", "tidak dikenal"),
    "a field of another kind": ({**SMALLTALK, "near": QUOTE}, "bad-line", "near tidak dikenal"),
    "no questions": (without(SMALLTALK, "questions"), "bad-line", "questions tidak ada"),
    "an empty list of sides": ({**CONTESTED, "sides": []}, "bad-line", "sides"),
    "questions that are text": ({**SMALLTALK, "questions": "halo"}, "bad-line", "questions harus berupa daftar"),
    "a blank question": ({**SMALLTALK, "questions": [" "]}, "bad-line", "questions harus berisi teks"),
    "a question that is a number": ({**SMALLTALK, "questions": [1]}, "bad-line", "questions harus berisi teks"),
    "a long question": ({**SMALLTALK, "questions": ["a" * 501]}, "bad-line", "lebih panjang dari 500"),
    "an unknown talk": ({**SMALLTALK, "talk": "gossip"}, "bad-line", "talk gossip tidak dikenal"),
    "a talk that is a number": ({**SMALLTALK, "talk": 1}, "bad-line", "talk harus berisi teks"),
    "no evidence": (without(ANSWERED, "evidence"), "bad-line", "evidence tidak ada"),
    "an empty list of evidence": ({**ANSWERED, "evidence": []}, "bad-line", "evidence"),
    "evidence that is text": ({**ANSWERED, "evidence": ["satu"]}, "bad-line", "'satu' harus berupa objek"),
    "evidence with an unknown field": (evidenced(page=1), "bad-line", "page tidak dikenal"),
    "evidence without an article": (evidenced(article=None), "bad-line", "article tidak ada"),
    "evidence without quotes": (evidenced(quotes=[]), "bad-line", "quotes"),
    "a blank quote": (evidenced(quotes=[" "]), "bad-line", "quotes harus berisi teks"),
    "a blank answer": (evidenced(answer=""), "bad-line", "answer harus berisi teks"),
    "a near that is null": ({**UNANSWERABLE, "near": None}, "bad-line", "None harus berupa objek"),
    "an unknown article": (evidenced(article="tiga"), "bad-line", "tiga"),
    "a quote that is not verbatim": (
        evidenced(quotes=["Markasnya di moskow."]),
        "bad-line",
        "Markasnya di moskow.",
    ),
    "a quote of another article": (evidenced(article="dua"), "bad-line", "Markasnya di Moskow."),
    "a space that is not there": (evidenced(quotes=["Markas nya di Moskow."]), "bad-line", "Markas nya"),
    "an answer that is not verbatim": (evidenced(answer="moskow"), "bad-line", "moskow"),
    "an answer beside the quote": (evidenced(answer="enam"), "bad-line", "enam"),
    "an answer that runs out of the quote": (evidenced(answer="Moskow. Anggotanya"), "bad-line", "Moskow. An"),
    "no topic": (without(CONTESTED, "topic"), "bad-line", "topic tidak ada"),
    "one side": ({**CONTESTED, "sides": [SIX]}, "bad-line", "sides harus berupa daftar"),
    "a blank claim": (
        {**CONTESTED, "sides": [SIX, {**FIVE, "claim": " "}]},
        "bad-line",
        "claim harus berisi teks",
    ),
    "a side without evidence": ({**CONTESTED, "sides": [SIX, {**FIVE, "evidence": []}]}, "bad-line", "evidence"),
    "a question of the same fact": (
        {**SMALLTALK, "questions": ["halo", "Halo!"]},
        "bank-question-twice",
        '"Halo!" sudah ada di',
    ),
    "a question of another fact": (
        {**SMALLTALK, "questions": ["DI  MANA, markas: CSTO"]},
        "bank-question-twice",
        "baris 1. ",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_line_is_told_with_its_place(write_bank: BankWriter, name: str) -> None:
    line, code, part = BROKEN[name]
    error = refused(write_bank(ANSWERED if "another fact" in name else UNANSWERABLE, "", line))
    assert error.code == code
    assert "a.jsonl, baris 3: " in str(error)
    assert part in str(error)


def test_a_question_of_another_file_is_told(write_bank: BankWriter) -> None:
    write_bank(SMALLTALK, name="b.jsonl")
    error = refused(write_bank(ANSWERED, {**SMALLTALK, "questions": ["Halo?"]}, name="a.jsonl"))
    assert error.code == "bank-question-twice"
    assert "b.jsonl, baris 1: " in str(error)
    assert "a.jsonl, baris 2. " in str(error)


def test_a_file_that_is_not_utf8_is_told_with_its_line(write_bank: BankWriter) -> None:
    error = refused(write_bank(SMALLTALK, b'{"kind": "caf\xe9"}'))
    assert error.code == "not-utf8"
    assert "a.jsonl, baris 2: " in str(error)


def test_a_pipe_in_its_folder_is_refused_and_not_waited_for(write_bank: BankWriter) -> None:
    folder = write_bank(SMALLTALK)
    os.mkfifo(folder / "questions" / "z.jsonl")
    assert refused(folder).code == "document-no-file"


@pytest.mark.parametrize(
    ("index", "code", "line"),
    [
        ("format = 1\narticles :", "bad-toml", 2),
        ('format = 1\narticles = """a\n', "bad-toml", 3),
        ('# bank\nformat = 2\narticles = ""\n', "bank-other-format", 2),
        ('articles = ""\n', "bank-other-format", 1),
        ("# bank\nformat = 1\n\narticles = 'a'\n", "bank-other-articles", 4),
        ("format = 1\n", "bank-other-articles", 1),
    ],
)
def test_a_broken_index_is_told(write_bank: BankWriter, index: str, code: str, line: int) -> None:
    error = refused(write_bank(SMALLTALK, index=index))
    assert error.code == code
    assert f"bank.toml, baris {line}: " in str(error)


def test_a_missing_index_is_told(write_bank: BankWriter) -> None:
    folder = write_bank(SMALLTALK)
    (folder / "questions" / "bank.toml").unlink()
    assert refused(folder).code == "bank-no-index"


def test_what_to_run_for_other_articles_is_told(write_bank: BankWriter) -> None:
    folder = write_bank(SMALLTALK, index="format = 1\n")
    assert f"Jalankan tanya-csto questions new --corpus {folder}," in str(refused(folder))


def test_the_digest_is_that_of_ids_texts_and_their_order() -> None:
    one, two = ARTICLES
    others = (
        (two, one),
        (one,),
        (one, replace(two, id="tiga")),
        (one, replace(two, text=two.text + " ")),
        (Article("satudua", "Kabar", one.text + two.text),),
    )
    assert len({articles_digest(articles) for articles in (ARTICLES, *others)}) == len(others) + 1
    assert articles_digest(ARTICLES) == articles_digest([one, replace(two, outlet="Lain")])


# The bank of a corpus


def test_a_corpus_without_questions_has_no_bank(write_corpus: CorpusWriter) -> None:
    index = '[[article]]\nid = "satu"\nfile = "satu.txt"\noutlet = "Kabar"\n'
    assert load_corpus(write_corpus(index, {"satu.txt": TEXT})).bank is None


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("corpus"), tmp_path / "korpus"))


def test_a_corpus_whose_articles_have_changed_goes_without_its_bank(
    copied: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert load_corpus(copied).bank is not None
    with (copied / "suara.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert load_corpus(copied).bank is None
    assert [record.message for record in caplog.records] == ["question bank left out"]


def test_a_corpus_with_a_broken_bank_is_refused(copied: Path) -> None:
    with (copied / "questions" / "suara.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    with pytest.raises(CorpusError, match=r"suara\.jsonl, baris \d+: kind harus"):
        load_corpus(copied)


def test_a_corpus_is_written_out_without_its_bank_and_kept_with_it(corpus: Corpus) -> None:
    assert "QuestionBank" not in repr(corpus)
    assert pickle.loads(pickle.dumps(corpus)).bank == corpus.bank  # noqa: S301 - made here


def test_a_file_that_is_a_link_to_itself_is_told(write_bank: BankWriter) -> None:
    folder = write_bank()
    (folder / "questions" / "x.jsonl").symlink_to("x.jsonl")
    assert refused(folder).code == "document-unreadable"


# The bank that is shipped


@pytest.fixture
def facts(corpus: Corpus) -> tuple[Fact, ...]:
    assert corpus.bank is not None
    return corpus.bank.facts


def evidence_of(fact: Fact) -> tuple[Evidence, ...]:
    sides = (evidence for side in fact.sides for evidence in side.evidence)
    return (*fact.evidence, *sides, *([fact.near] if fact.near else []))


def test_the_shipped_bank_holds_every_kind_and_every_talk(facts: tuple[Fact, ...]) -> None:
    assert {fact.kind for fact in facts} == {"answered", "contested", "unanswerable", "smalltalk"}
    assert {fact.talk for fact in facts if fact.kind == "smalltalk"} == TALKS
    assert sum(len(fact.questions) for fact in facts) > 20_000


def test_every_shipped_quote_and_answer_is_verbatim(corpus: Corpus, facts: tuple[Fact, ...]) -> None:
    """Read anew and in another way than the loader does."""
    lines = [
        json.loads(line)
        for path in sorted((shipped("corpus") / "questions").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for line, fact in zip(lines, facts, strict=True):
        sides = (record for side in line.get("sides", ()) for record in side["evidence"])
        records = [*line.get("evidence", ()), *sides, *([line["near"]] if "near" in line else [])]
        for record, evidence in zip(records, evidence_of(fact), strict=True):
            text = evidence.article.text
            assert evidence.article is corpus[record["article"]]
            assert [re.sub(r"\s+", " ", span.of(text)) for span in evidence.spans] == record["quotes"]
            if evidence.answer is None:
                assert "answer" not in record
            else:
                assert any(span.contains(evidence.answer) for span in evidence.spans)
                assert re.sub(r"\s+", " ", evidence.answer.of(text)) == record["answer"]


def test_no_shipped_question_appears_twice(facts: tuple[Fact, ...]) -> None:
    keys = [re.sub(r"[\W\s]+", " ", question.casefold()).strip() for fact in facts for question in fact.questions]
    assert len(set(keys)) == len(keys)


def test_a_shipped_question_that_is_shown_is_well_formed(facts: tuple[Fact, ...]) -> None:
    shown = [fact.questions[0] for fact in facts if fact.kind in ("answered", "contested")]
    assert len(set(shown)) == len(shown)
    assert [question for question in shown if not (question[0].isupper() and question.endswith("?"))] == []
    assert [question for question in shown if len(question) > 120] == []
