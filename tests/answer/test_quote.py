"""Quotes: whole sentences, with the neighbour that one leans on, never too long and never with boilerplate."""

from __future__ import annotations

import pytest

from tanya_csto.answer.quote import MAX_QUOTE, evidence_quote, quote_span, sentence_quote
from tanya_csto.corpus.bank import Evidence
from tanya_csto.question.answer_type import AnswerType
from tanya_csto.retrieval.index import Index
from tanya_csto.text.spans import Span
from tests.conftest import corpus_of, indexed_sentences
from tests.ranking.setting import Case


def quoted(article: str, sentence: str, answer_type: AnswerType = "other") -> str:
    index = Index(corpus_of(article))
    indexed = next(indexed for indexed in indexed_sentences(index) if indexed.sentence.text == sentence)
    return quote_span(indexed, answer_type, index).of(article)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ia menolak ikut.",
        "Mereka wajib membantu.",
        "Negara itu diam.",
        "Organisasi ini besar.",
        "Namun, Armenia kecewa.",
        "Oleh sebab itu, CSTO berlatih.",
        "Rusia menyebut keduanya sahabat.",
        "“Armenia sekutu kami,” ungkapnya.",
    ],
)
def test_a_sentence_that_points_back_brings_the_one_before(sentence: str) -> None:
    before = "Putin mengundang Armenia."
    assert quoted(f"Awal. {before} {sentence} Akhir.", sentence) == f"{before} {sentence}"


@pytest.mark.parametrize("sentence", ["Rusia menolak ikut.", "Armenia adalah negara.", "Inilah CSTO."])
def test_a_sentence_that_stands_alone_is_quoted_alone(sentence: str) -> None:
    assert quoted(f"Putin tiba. {sentence} Akhir.", sentence) == sentence


def test_a_reason_behind_the_sentence_is_quoted_with_it() -> None:
    article = "Minat banyak negara naik. Sehingga, CSTO senang. Akhir."
    first = "Minat banyak negara naik."
    assert quoted(article, first, "reason") == "Minat banyak negara naik. Sehingga, CSTO senang."
    assert quoted(article, first, "date") == first


@pytest.mark.parametrize(
    ("behind", "explains"),
    [
        ("Perang mendorong minat itu.", True),
        ("Hasilnya: negara itu diam.", False),  # points back within, and gives no reason
        ("Rusia diam karena kecewa.", False),  # gives a reason, for something else
    ],
)
def test_a_sentence_behind_is_a_reason_where_it_points_back_and_tells_why(behind: str, explains: bool) -> None:
    article = f"Minat banyak negara naik. {behind} Akhir."
    first = "Minat banyak negara naik."
    assert quoted(article, first, "reason") == (f"{first} {behind}" if explains else first)


@pytest.mark.parametrize("answer_type", ["reason", "manner"])
def test_a_reason_or_a_manner_told_by_what_leans_on_the_sentence_is_quoted_with_it(answer_type: AnswerType) -> None:
    first, second = "Moskow melindungi Abkhazia.", "Sebagai gantinya, Abkhazia membantu Rusia."
    assert quoted(f"Awal. {first} {second} Akhir.", first, answer_type) == f"{first} {second}"
    assert quoted(f"Awal. {first} {second} Akhir.", first) == first
    assert quoted(f"Awal. {first} Abkhazia merdeka. Akhir.", first, answer_type) == first


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""'])
def test_a_quotation_is_quoted_to_its_end(opening: str, closing: str) -> None:
    first, second = f"{opening}Armenia sekutu kami.", f"Keanggotaan itu hak masing-masing,{closing} kata Moskow."
    assert quoted(f"Awal. {first} {second} Akhir.", first) == f"{first} {second}"
    whole = f"{opening}Armenia sekutu kami,{closing} kata Moskow."
    assert quoted(f"Awal. {whole} Rusia diam.", whole) == whole


def test_what_a_sentence_announces_is_quoted_with_it_to_the_last_item() -> None:
    items = "1. membuka loket pada hari Sabtu;\n2. menambah petugas."
    article = f"Rumah sakit mengambil dua langkah:\n{items}\nPetugas itu digaji kota."
    assert quoted(article, "Rumah sakit mengambil dua langkah:") == f"Rumah sakit mengambil dua langkah:\n{items}"
    assert quoted(article, "2. menambah petugas.") == "2. menambah petugas."
    long = "\n".join(f"- {'langkah ' * 12}{number}" for number in range(9))
    assert len(quoted(f"Langkah yang diambil kota ini:\n{long}", "Langkah yang diambil kota ini:")) <= MAX_QUOTE


def test_nothing_is_joined_over_boilerplate_a_heading_or_the_end() -> None:
    assert quoted("Putin tiba.\nBaca Juga: Lain\nIa pulang.", "Ia pulang.") == "Ia pulang."
    assert quoted("Isi satu.\nJudul Bagian Kedua\nIa pulang.", "Ia pulang.") == "Ia pulang."
    assert quoted("Ia pulang. Lalu tidur.", "Ia pulang.") == "Ia pulang."


def test_a_neighbour_is_left_out_where_the_quote_gets_too_long() -> None:
    long = "Putin " + "sangat " * 60 + "senang."
    assert len(long) > MAX_QUOTE
    assert quoted(f"{long} Ia pulang.", "Ia pulang.") == "Ia pulang."
    assert quoted(f"{long} Rusia pulang.", long) == long


def test_every_quote_of_the_articles_is_whole_sentences(index: Index) -> None:
    starts = {(indexed.article.id, indexed.sentence.span.start) for indexed in indexed_sentences(index)}
    ends = {(indexed.article.id, indexed.sentence.span.end) for indexed in indexed_sentences(index)}
    for indexed in indexed_sentences(index):
        for answer_type in ("reason", "other"):
            span = quote_span(indexed, answer_type, index)
            assert (indexed.article.id, span.start) in starts
            assert (indexed.article.id, span.end) in ends
            assert span.contains(indexed.sentence.span)
            assert len(span) <= MAX_QUOTE or span == indexed.sentence.span
            assert not any(mark.overlaps(span) for mark in indexed.article.boilerplate)


def marked(case: Case, short: str | None) -> list[str]:
    text = case.ranked[0].article.text
    span = Span(text.index(short), text.index(short) + len(short)) if short else None
    return [mark.of(text) for mark in sentence_quote(case.ranked[0], case.question, case.index, span).marks]


def test_the_short_answer_is_marked_or_else_the_words_that_matched() -> None:
    case = Case("Apakah CSTO aliansi militer?", "CSTO adalah aliansi militer.")
    assert marked(case, "militer") == ["militer"]
    assert marked(case, None) == ["CSTO", "aliansi militer"]


def test_the_answer_to_why_is_quoted_with_the_reason_behind_it() -> None:
    article = "Armenia keluar dari CSTO. Sebab, Armenia kecewa. Akhir."
    case = Case("Mengapa Armenia keluar?", article)
    best = next(each for each in case.ranked if each.retrieved.indexed.number == 0)
    quote = sentence_quote(best, case.question, case.index, None)
    assert quote.span.of(article) == "Armenia keluar dari CSTO. Sebab, Armenia kecewa."


def test_what_stands_outside_the_quote_is_not_marked() -> None:
    assert marked(Case("Apa itu CSTO?", "CSTO adalah aliansi. Rusia diam."), "diam") == []


def evidence(
    article: str, *sentences: str, answer: str | None = None, answer_type: AnswerType = "other"
) -> tuple[str, list[str]]:
    """Return the quote of a piece of evidence, and what is marked in it."""
    index = Index(corpus_of(article))
    spans = tuple(Span(article.index(each), article.index(each) + len(each)) for each in sentences)
    told = Span(article.index(answer), article.index(answer) + len(answer)) if answer else None
    quote = evidence_quote(Evidence(index.corpus.articles[0], spans, told), index, answer_type)
    return quote.span.of(article), [mark.of(article) for mark in quote.marks]


def test_evidence_is_quoted_in_whole_sentences_with_its_answer_marked() -> None:
    article = "Awal. Putin tiba. Rusia besar. Akhir."
    assert evidence(article, "Putin tiba.", answer="Putin") == ("Putin tiba.", ["Putin"])
    assert evidence(article, "tiba", answer="tiba") == ("Putin tiba.", ["tiba"])
    assert evidence(article, "Putin tiba.") == ("Putin tiba.", [])
    assert evidence(article, "Putin tiba.", "Rusia besar.") == ("Putin tiba. Rusia besar.", [])


def test_evidence_that_points_back_brings_the_sentence_before() -> None:
    assert evidence("Awal. Putin tiba. Ia pulang.", "Ia pulang.")[0] == "Putin tiba. Ia pulang."


def test_evidence_for_why_brings_the_reason_behind_it() -> None:
    article = "Putin tiba. Sebab, ia diundang. Akhir."
    assert evidence(article, "Putin tiba.", answer_type="reason")[0] == "Putin tiba. Sebab, ia diundang."
    assert evidence(article, "Putin tiba.", answer_type="date")[0] == "Putin tiba."


def test_an_answer_in_a_sentence_too_far_to_quote_is_not_marked() -> None:
    article = f"Putin tiba. {'Rusia sangat besar. ' * 30}Akhir."
    assert evidence(article, "Putin tiba.", "Akhir.", answer="Akhir") == ("Putin tiba.", [])
