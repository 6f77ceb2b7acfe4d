"""The figures, on question sets small enough to count by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tanya_csto import Answer, Citation, QuestionError, Tanya
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.errors import EvaluationError, TanyaError
from tanya_csto.evaluate import Evaluation, evaluate, read_questions, report
from tanya_csto.text.spans import Span

DATE = "CSTO didirikan pada 15 Mei 1992 di Tashkent."
OTHER_DATE = "Menurut yang lain, aliansi itu lahir pada 2002."
CHIEF = "Sekretaris jenderalnya Imangali Tasmagambetov."
TEXT = f"{DATE} {OTHER_DATE} {CHIEF}"
ARTICLE = Article("contoh", "Contoh", TEXT)


class Scripted(Tanya):
    """An engine that gives the answer written for each question, and counts what it was asked."""

    def __init__(self, answers: Mapping[str, Answer], article: Article = ARTICLE) -> None:
        self.corpus = Corpus((article,))
        self.answers = answers
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = (), **_: object) -> Answer:
        self.asked.append((question, tuple(history)))
        if question not in self.answers:
            raise QuestionError("question-empty")
        return self.answers[question]


def cite(*quotes: str, article: Article = ARTICLE) -> tuple[Citation, ...]:
    starts = [article.text.index(quote) for quote in quotes]
    return tuple(
        Citation(n, article, Span(start, start + len(quote)))
        for n, (start, quote) in enumerate(zip(starts, quotes, strict=True), start=1)
    )


def answered(*quotes: str, short: str | None = None) -> Answer:
    return Answer("answered", "Menurut Contoh.", short_answer=short, citations=cite(*quotes))


def conflicting(*quotes: str) -> Answer:
    return Answer("conflicting", "Artikel tidak sepakat.", citations=cite(*quotes))


NOT_FOUND = Answer("not_found", "Tidak ditemukan.")
GREETING = Answer("smalltalk", "Halo.")


def proof(quote: str, *answers: str) -> dict[str, Any]:
    return {"article": "000", "quote": quote, "answers": list(answers)}


def row(name: str, category: str = "other_fact", *evidence: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "id": name,
        "question": name,
        "history": [],
        "category": category,
        "style": "formal",
        "answerable": bool(evidence),
        "evidence": list(evidence),
        "sides": [],
    } | fields


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "set.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in rows), encoding="utf-8")
    return file


def run(folder: Path, *pairs: tuple[dict[str, Any], Answer], article: Article = ARTICLE) -> Evaluation:
    engine = Scripted({line["question"]: answer for line, answer in pairs}, article)
    return evaluate(engine, read_questions(write(folder, *(line for line, _ in pairs))))


def figures(folder: Path, *pairs: tuple[dict[str, Any], Answer], article: Article = ARTICLE) -> dict[str, float]:
    return run(folder, *pairs, article=article).figures


# What counts as right


def test_a_whole_set_gives_the_figures_counted_by_hand(tmp_path: Path) -> None:
    date, chief = proof(DATE, "15 Mei 1992", "1992"), proof(CHIEF, "Imangali Tasmagambetov")
    founding = {"sides": [[0], [1]]}
    evaluation = run(
        tmp_path,
        (row("first", "date", date), answered(DATE, short="15 Mei 1992")),
        (row("second", "person", chief, style="casual"), answered(DATE, CHIEF, short="Tasmagambetov")),
        (row("refused", "place", date), NOT_FOUND),
        (row("both", "conflict", date, proof(OTHER_DATE, "2002"), **founding), conflicting(DATE, OTHER_DATE)),
        (row("one side", "conflict", date, proof(OTHER_DATE, "2002"), **founding), conflicting(DATE, CHIEF)),
        (row("outside", "unanswerable"), NOT_FOUND),
        (row("invented", "unanswerable", style="casual"), answered(CHIEF)),
        (row("halo", "smalltalk", style="casual"), GREETING),
    )
    assert evaluation.figures == {
        "score": 4 / 8,  # first, both, outside, halo
        "answered@1": 3 / 5,  # first, both, one side
        "answered@3": 4 / 5,  # and second
        "conflict": 1 / 2,
        "abstained": 1 / 2,
        "smalltalk": 1.0,
        "short EM": 1 / 3,
        "short F1": pytest.approx((1 + 2 / 3 + 0) / 3),
        "verbatim": 1.0,
    }
    assert evaluation.right("category") == {
        "conflict": "1/2",
        "date": "1/1",
        "person": "0/1",
        "place": "0/1",
        "smalltalk": "1/1",
        "unanswerable": "1/2",
    }
    assert evaluation.right("style") == {"casual": "1/3", "formal": "3/5"}
    assert [outcome.question.id for outcome in evaluation.outcomes if not outcome.good] == [
        "second",
        "refused",
        "one side",
        "invented",
    ]


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        pytest.param(DATE, True, id="the sentence"),
        pytest.param("15 Mei 1992", True, id="a part that holds the answer"),
        pytest.param("CSTO didirikan", False, id="a part without the answer"),
        pytest.param(f"{DATE} {OTHER_DATE}", True, id="the sentence and its neighbour"),
        pytest.param("didirikan pada 15 Mei 1992 di Tashkent. Menurut", True, id="most words of the sentence"),
        pytest.param("1992 di Tashkent. Menurut", False, id="too few words of the sentence"),
        pytest.param(CHIEF, False, id="another sentence"),
    ],
)
def test_a_right_quote_overlaps_the_evidence_and_holds_an_answer(tmp_path: Path, quote: str, right: bool) -> None:
    pair = (row("q", "other_fact", proof(DATE, "1992")), answered(quote))
    assert figures(tmp_path, pair)["answered@1"] == right


@pytest.mark.parametrize(("length", "right"), [(420, True), (421, False)])
def test_a_quote_longer_than_the_limit_proves_nothing(tmp_path: Path, length: int, right: bool) -> None:
    article = Article("contoh", "Contoh", DATE + " " + "x" * (length - len(DATE) - 1))
    answer = Answer("answered", "Menurut Contoh.", citations=cite(article.text, article=article))
    pair = (row("q", "other_fact", proof(DATE, "1992")), answer)
    assert figures(tmp_path, pair, article=article)["answered@1"] == right


def test_a_quote_may_be_as_long_as_the_sentence_that_it_quotes(tmp_path: Path) -> None:
    article = Article("contoh", "Contoh", "Pada 1992 " + "sangat " * 420 + "lama.")
    answer = Answer("answered", "Menurut Contoh.", citations=cite(article.text, article=article))
    pair = (row("q", "other_fact", proof(article.text, "1992")), answer)
    assert figures(tmp_path, pair, article=article)["answered@1"] == 1.0


def test_white_space_never_decides(tmp_path: Path) -> None:
    article = Article("contoh", "Contoh", "Didirikan pada 15\u00a0Mei\n1992 .")
    answer = Answer("answered", "Menurut Contoh.", citations=cite(article.text, article=article))
    pair = (row("q", "other_fact", proof(" Didirikan pada 15 Mei 1992 .", "15 Mei\t1992")), answer)
    assert figures(tmp_path, pair, article=article)["answered@1"] == 1.0


def test_the_fourth_citation_no_longer_counts(tmp_path: Path) -> None:
    question = row("q", "other_fact", proof(DATE, "1992"))
    assert figures(tmp_path, (question, answered(CHIEF, CHIEF, DATE)))["answered@3"] == 1.0
    assert figures(tmp_path, (question, answered(CHIEF, CHIEF, CHIEF, DATE)))["answered@3"] == 0.0


def test_quotes_of_a_refusal_are_no_answer(tmp_path: Path) -> None:
    refusal = Answer("not_found", "Tidak ditemukan.", short_answer="1992", citations=cite(DATE))
    result = figures(tmp_path, (row("q", "date", proof(DATE, "1992")), refusal))
    assert (result["answered@1"], result["answered@3"], result["short EM"], result["short F1"]) == (0, 0, 0, 0)


def test_a_disagreement_told_as_one_answer_is_not_shown(tmp_path: Path) -> None:
    question = row("q", "conflict", proof(DATE, "1992"), proof(OTHER_DATE, "2002"), sides=[[0], [1]])
    result = figures(tmp_path, (question, answered(DATE, OTHER_DATE)))
    assert (result["answered@1"], result["conflict"], result["score"]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("short", "exact", "overlap"),
    [
        pytest.param("15 MEI 1992.", 1.0, 1.0, id="case and punctuation fold"),
        pytest.param("1992", 0.0, 2 * 1 / (1 + 3), id="one word of three"),
        pytest.param("Mei Mei Mei", 0.0, 2 * 1 / (3 + 3), id="a repeated word counts once"),
        pytest.param("2002", 0.0, 0.0, id="no word"),
        pytest.param("...", 0.0, 0.0, id="no words at all"),
        pytest.param(None, 0.0, 0.0, id="none given"),
    ],
)
def test_short_answers(tmp_path: Path, short: str | None, exact: float, overlap: float) -> None:
    result = figures(tmp_path, (row("q", "date", proof(DATE, "15 Mei 1992")), answered(DATE, short=short)))
    assert result["short EM"] == exact
    assert result["short F1"] == pytest.approx(overlap)


def test_a_word_counts_as_often_as_both_answers_hold_it(tmp_path: Path) -> None:
    question = row("q", "org", proof(DATE, "NATO dan CSTO dan PBB"))
    result = figures(tmp_path, (question, answered(DATE, short="dan dan dan")))
    assert result["short F1"] == pytest.approx(2 * 2 / (3 + 5))


def test_short_answers_count_only_where_one_name_or_number_is_asked_for(tmp_path: Path) -> None:
    result = figures(tmp_path, (row("q", "reason", proof(DATE, "1992")), answered(DATE, short="1992")))
    assert "short EM" not in result
    assert "short F1" not in result


def test_a_quote_that_is_not_in_the_article_is_not_verbatim(tmp_path: Path) -> None:
    edited = Article("contoh", "Contoh", TEXT.replace("15 Mei", "16 Mei"))
    answer = Answer("answered", "Menurut Contoh.", citations=cite(CHIEF, DATE.replace("15", "16"), article=edited))
    assert figures(tmp_path, (row("q", "date", proof(CHIEF, "Imangali")), answer))["verbatim"] == 0.5


def test_history_reaches_the_engine_oldest_first(tmp_path: Path) -> None:
    engine = Scripted({"Kapan?": NOT_FOUND})
    evaluate(
        engine,
        read_questions(write(tmp_path, row("q", "unanswerable", question="Kapan?", history=["Apa itu?", "Siapa?"]))),
    )
    assert engine.asked == [("Kapan?", ("Apa itu?", "Siapa?"))]


def test_latency_is_read_off_the_sorted_times(tmp_path: Path) -> None:
    evaluation = run(tmp_path, *((row(str(n), "unanswerable"), NOT_FOUND) for n in range(20)))
    times = sorted(outcome.milliseconds for outcome in evaluation.outcomes)
    assert times[0] > 0
    assert (evaluation.latency(0.5), evaluation.latency(0.95)) == (times[10], times[19])


def test_the_report_shows_figures_counts_and_time(tmp_path: Path) -> None:
    text = report(
        run(
            tmp_path,
            (row("q", "date", proof(DATE, "1992")), answered(DATE, short="1992")),
            (row("r", "unanswerable", style="typo"), answered(CHIEF)),
        )
    )
    assert re.sub(r"\d+\.\d(?!\d)", "0.1", text) == (
        "2 pertanyaan\n"
        "\n"
        "score         0.500\n"
        "answered@1    1.000\n"
        "answered@3    1.000\n"
        "abstained     0.000\n"
        "short EM      1.000\n"
        "short F1      1.000\n"
        "verbatim      1.000\n"
        "\n"
        "kategori\n"
        "  date          1/1\n"
        "  unanswerable  0/1\n"
        "\n"
        "gaya\n"
        "  formal        1/1\n"
        "  typo          0/1\n"
        "\n"
        "latensi ms    p50 0.1  p95 0.1"
    )


# Question sets that cannot be read


GOOD = row("q", "date", proof(DATE, "1992"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "bukan JSON yang sah"),
        ("[]", "[] harus berupa objek dengan id, question"),
        (GOOD | {"question": None}, "question harus berisi teks"),
        (GOOD | {"answerable": "ya"}, "answerable harus berisi true atau false"),
        (GOOD | {"history": "Apa itu?"}, "history harus berupa daftar"),
        (GOOD | {"history": [1]}, "history harus berisi teks"),
        (GOOD | {"evidence": [{"quote": DATE}]}, "answers tidak ada"),
        (GOOD | {"evidence": [{"quote": DATE, "answers": [1992]}]}, "answers harus berisi teks"),
        (GOOD | {"sides": [[1]]}, "sides harus berisi daftar nomor evidence yang ada"),
        (GOOD | {"sides": [[False]]}, "sides harus berisi daftar nomor evidence yang ada"),
        (GOOD | {"categori": "date"}, "categori tidak dikenal; maksudnya mungkin category"),
        (GOOD, "id q sudah dipakai"),
        (GOOD | {"id": "r", "question": "not scripted"}, "Pertanyaan masih kosong"),
    ],
)
def test_a_bad_line_is_named_with_its_file(tmp_path: Path, line: str | dict[str, Any], reason: str) -> None:
    file = write(tmp_path, GOOD)
    text = line if isinstance(line, str) else json.dumps(line)
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as error:
        evaluate(Scripted({"q": NOT_FOUND}), read_questions(file))
    assert str(error.value).startswith(f"{file}, baris 3: {reason}")
    assert str(error.value).endswith(". Perbaiki baris itu.")


@pytest.mark.parametrize("name", [name for name in GOOD if name != "sides"])
def test_a_missing_key_is_named(tmp_path: Path, name: str) -> None:
    file = write(tmp_path, {key: value for key, value in GOOD.items() if key != name})
    with pytest.raises(EvaluationError, match=rf"baris 1: {name} tidak ada"):
        evaluate(Scripted({}), read_questions(file))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"tidak-ada\.jsonl tidak dapat dibaca"):
        evaluate(Scripted({}), read_questions(tmp_path / "tidak-ada.jsonl"))


def test_a_file_without_questions_is_named(tmp_path: Path) -> None:
    file = tmp_path / "kosong.jsonl"
    file.write_text("\n \n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"kosong\.jsonl tidak memuat satu pertanyaan pun"):
        evaluate(Scripted({}), read_questions(file))


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.jsonl"
    file.write_bytes(b"\n\xe9\n")
    with pytest.raises(TanyaError, match=r"latin\.jsonl, baris 2: bukan teks UTF-8"):
        evaluate(Scripted({}), read_questions(file))
