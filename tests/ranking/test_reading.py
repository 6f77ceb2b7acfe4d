"""Reading: what a reader says of the best candidates becomes features, and its span the short answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tanya_csto.models.reader import Reading
from tanya_csto.ranking.features import Candidate
from tanya_csto.ranking.reading import MAX_READ, PassageReader, in_words_of
from tanya_csto.retrieval.index import Index
from tests.conftest import corpus_of
from tests.ranking.setting import Case

NOTHING = Reading(0, 0, -50.0, -3.0)


class Fake:
    """A reader that says what is written for each sentence, and remembers what it was asked."""

    def __init__(self, readings: Mapping[str, Reading] | None = None) -> None:
        self.readings = readings or {}
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read_sentences(self, question: str, sentences: Sequence[str]) -> list[Reading]:
        self.asked.append((question, tuple(sentences)))
        return [self.readings.get(sentence, NOTHING) for sentence in sentences]


def read(case: Case, reader: Fake) -> tuple[Candidate, ...]:
    *_, found = PassageReader(case.index, reader).read(case.question, case.ranked)  # type: ignore[arg-type]
    return found


def reading(sentence: str, words: str, score: float = 4.0, answerable: float = 2.0) -> dict[str, Reading]:
    start = sentence.index(words)
    return {sentence: Reading(start, start + len(words), score, answerable)}


def test_only_the_best_are_read() -> None:
    case = Case("Apa itu CSTO?", " ".join(f"Ia tahu CSTO aliansi ke-{number}." for number in range(MAX_READ + 3)))
    found = read(case, Fake())
    assert len(found) == len(case.ranked) > MAX_READ
    assert [each.number for each in found] == [each.number for each in case.ranked]
    assert all(each.features["read"] == 1 for each in found[:MAX_READ])
    assert found[MAX_READ:] == case.ranked[MAX_READ:]


@pytest.mark.parametrize(("logit", "feature"), [(4.0, 0.4), (-4.0, -0.4), (25.0, 1.0), (-25.0, -1.0), (0.0, 0.0)])
def test_logits_are_scaled_and_cut(logit: float, feature: float) -> None:
    sentence = "CSTO adalah aliansi."
    case = Case("Apa itu CSTO?", sentence)
    (found,) = read(case, Fake(reading(sentence, "aliansi", logit, -logit)))
    assert (found.features["reading"], found.features["answerable"]) == (feature, -feature)
    assert found.features.items() >= case.ranked[0].features.items()


def short(question: str, article: str, readings: Mapping[str, Reading]) -> str | None:
    """Return the short answer of the best sentence of an article once it is read."""
    best = read(Case(question, article), Fake(readings))[0]
    return None if best.short is None else best.short.of(article)


@pytest.mark.parametrize(
    ("question", "words", "answer"),
    [
        ("Apakah CSTO didirikan?", "Tashkent", "Tashkent"),  # the rules find none
        ("Kapan CSTO didirikan?", "Tashkent", "Tashkent"),  # the rules find "15 Mei 1992"
        ("Kapan CSTO didirikan?", "1992", "15 Mei 1992"),
        ("Kapan CSTO didirikan?", "pada 15 Mei 1992 di Tashkent", "15 Mei 1992"),
        (
            "Kapan CSTO bersidang?",
            "1992 di Tashkent, bersidang pada 2002",
            "15 Mei 1992 di Tashkent, bersidang pada 2002",
        ),
        ("Siapa yang menghadiri CSTO?", "oleh Presiden Viktor", "Viktor Yanukovych"),
        ("Siapa yang menghadiri CSTO?", "Presiden Viktor Yanukovych dan enam", "Viktor Yanukovych"),
        ("Bagaimana CSTO dihadiri?", "oleh Presiden Viktor", "oleh Presiden Viktor Yanukovych"),
        ("Bagaimana CSTO dihadiri?", "Yanukovych dan enam", "Viktor Yanukovych dan enam negara"),
    ],
)
def test_the_span_becomes_the_short_answer_of_whole_entities(question: str, words: str, answer: str) -> None:
    sentence = (
        "CSTO didirikan pada 15 Mei 1992 di Tashkent, bersidang pada 2002, dihadiri oleh Presiden Viktor Yanukovych dan"
        " enam negara."
    )
    assert short(question, f"{sentence} Hujan turun.", reading(sentence, words)) == answer


@pytest.mark.parametrize(
    ("question", "words", "answer"),
    [
        ("Berapa orang yang meninggal?", "412 rumah rusak dan tujuh orang", "tujuh orang"),
        ("Berapa persen rumah yang rusak?", "412 rumah rusak dan tujuh orang meninggal, 30%", "30%"),
        ("Berapa rumah yang roboh?", "lima dari 412", "lima dari 412 rumah"),
        ("Siapa saja yang datang?", "Armenia", "Rusia, Armenia, dan Belarus"),
        ("Siapa yang datang?", "Armenia", "Armenia"),
        ("Ke mana saja warga pergi?", "Hotel Mawar", "Hotel Mawar, SMP Negeri 2 Tirta, dan Masjid Raya"),
    ],
)
def test_the_figure_that_fits_or_the_whole_list_is_the_short_answer(question: str, words: str, answer: str) -> None:
    sentence = (
        "Dari banjir, 412 rumah rusak dan tujuh orang meninggal, 30% lebih banyak, kata Rusia, Armenia, dan Belarus"
        " yang datang; lima dari 412 rumah roboh; warga ke Hotel Mawar, SMP Negeri 2 Tirta, dan Masjid Raya."
    )
    assert short(question, sentence, reading(sentence, words)) == answer


def test_the_span_stands_where_the_article_says_it() -> None:
    sentence = "CSTO adalah aliansi."
    assert short("Apakah CSTO aliansi?", f"Pembuka yang lain. {sentence}", reading(sentence, "aliansi")) == "aliansi"


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Apakah CSTO aliansi?", "CSTO adalah aliansi.", None),
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 1992.", "1992"),
    ],
)
def test_an_empty_span_leaves_the_short_answer_of_the_rules(question: str, sentence: str, answer: str | None) -> None:
    assert short(question, sentence, {}) == answer


def test_a_passage_is_read_once_with_all_its_sentences() -> None:
    reader = Fake()
    read(Case("Apa itu CSTO?", "CSTO adalah aliansi. CSTO besar. Hujan turun.", "Pasukan CSTO kuat."), reader)
    assert sorted(sentences for _, sentences in reader.asked) == [
        ("CSTO adalah aliansi.", "CSTO besar.", "Hujan turun."),
        ("Pasukan CSTO kuat.",),
    ]


def test_a_passage_is_read_below_its_title() -> None:
    reader, sentence = Fake(reading("CSTO adalah aliansi.", "aliansi", 5.0)), "CSTO adalah aliansi."
    case = Case("Apa itu CSTO?", sentence, title="Mengenal CSTO")
    (found,) = read(case, reader)
    assert [sentences for _, sentences in reader.asked] == [("Mengenal CSTO.", sentence)]
    assert found.short is not None
    assert (found.features["reading"], found.short.of(sentence)) == (0.5, "aliansi")


def test_the_passage_of_the_best_candidate_is_read_first() -> None:
    reader = Fake()
    case = Case("Apa itu CSTO?", "CSTO adalah aliansi.", "Pasukan CSTO kuat.", "CSTO besar.")
    readings = PassageReader(case.index, reader).read(case.question, case.ranked)  # type: ignore[arg-type]
    first = next(readings)
    assert [sentences for _, sentences in reader.asked] == [(case.ranked[0].retrieved.indexed.sentence.text,)]
    assert ["read" in each.features for each in first] == [True, False, False]
    (found,) = readings
    assert ["read" in each.features for each in found] == [True, True, True]
    assert found[0] == first[0]


def test_each_candidate_gets_the_reading_of_its_own_sentence() -> None:
    first, second = "CSTO adalah aliansi.", "CSTO besar."
    case = Case("Apa itu CSTO?", f"{first} {second}")
    found = read(case, Fake(reading(first, "aliansi", 5.0) | reading(second, "besar", -5.0)))
    told = {each.retrieved.indexed.sentence.text: each.features["reading"] for each in found}
    assert told == {first: 0.5, second: -0.5}


def test_nothing_ranked_nothing_read() -> None:
    reader = Fake()
    case = Case("Apa itu CSTO?", "CSTO adalah aliansi.")
    assert list(PassageReader(Index(corpus_of("CSTO.")), reader).read(case.question, ())) == []  # type: ignore[arg-type]
    assert reader.asked == []


def test_the_reader_is_asked_in_the_words_of_the_sentence() -> None:
    reader = Fake()
    case = Case("Di mana markas CSTO?", "Memang kantor pusat CSTO di Moskow.")
    read(case, reader)
    assert in_words_of(case.ranked[0], case.question) == "Di mana kantor pusat CSTO?"
    assert [asked for asked, _ in reader.asked] == ["Di mana kantor pusat CSTO?"]


def test_words_that_stand_as_asked_stay() -> None:
    case = Case("Kapan organisasi CSTO didirikan?", "Organisasi CSTO didirikan pada 1992.")
    assert in_words_of(case.ranked[0], case.question) == case.question.text
