"""The retriever: the sentences that speak of a question, best first, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.terms import analyse
from tanya_csto.question.concepts import find_concepts
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.expansion import QueryExpansion
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import RetrievedSentence, concept_weight, retrieve
from tests.conftest import corpus_of

WORDS = ["CSTO", "rusia", "anggota", "didirikan", "perang", "Bali", "presiden", "2012", "apa", "kapan", "17 Mei 2022"]


def search(question: str, index: Index, **options: int) -> tuple[RetrievedSentence, ...]:
    return retrieve(find_concepts(analyse(question)), index, **options)


@pytest.fixture(scope="module")
def small() -> Index:
    return Index(
        corpus_of(
            "CSTO adalah aliansi militer. Kantor pusatnya di Moskow. Rusia memimpin aliansi itu.",
            "Warga Armenia menolak perang. Kremlin diam saja.",
        )
    )


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Apa itu CSTO?", "CSTO adalah aliansi militer."),
        ("Di mana kantor pusat?", "Kantor pusatnya di Moskow."),
        ("Siapa yang menolak perang?", "Warga Armenia menolak perang."),
        ("pimpinan aliansi siapa", "Rusia memimpin aliansi itu."),
    ],
)
def test_the_best_sentence_comes_first(small: Index, question: str, best: str) -> None:
    assert search(question, small)[0].indexed.sentence.text == best


@pytest.mark.parametrize("question", ["Siapa presiden Brasil?", "apa", "🛡️", ""])
def test_nothing_is_found_where_nothing_is_spoken_of(small: Index, question: str) -> None:
    assert search(question, small) == ()


def test_a_metonym_is_found_below_the_name(small: Index) -> None:
    found = [retrieved.indexed.sentence.text for retrieved in search("Rusia", small)]
    assert found[0] == "Rusia memimpin aliansi itu."
    assert "Kremlin diam saja." in found


def test_the_match_tells_what_is_said_where_and_what_is_missing(small: Index) -> None:
    found = search("kantor pusat CSTO", small)
    first = next(retrieved for retrieved in found if "Kantor" in retrieved.indexed.sentence.text)
    office, csto = first.matches
    text = first.indexed.article.text
    assert [span.of(text) for span in office.spans] == ["Kantor pusatnya"]
    assert (csto.spans, csto.match_weight) == ((), 0.0)
    assert csto.context_weight == 1.0  # the sentence before speaks of it
    assert first.coverage < first.context == 1.0


def test_the_sentences_of_another_article_are_no_context(small: Index) -> None:
    first = search("CSTO perang", small, limit=9)
    warga = next(retrieved for retrieved in first if "menolak" in retrieved.indexed.sentence.text)
    assert warga.matches[0].context_weight == 0.0


def test_the_rarer_word_weighs_more(index: Index) -> None:
    csto, pashinyan, unknown = find_concepts(analyse("csto pashinyan zimbabwe"))
    assert concept_weight(csto, index) < concept_weight(pashinyan, index) < concept_weight(unknown, index)


def test_one_word_of_a_phrase_counts_for_a_part() -> None:
    (concept,) = find_concepts(analyse("Sekretaris Jenderal"))
    index = Index(corpus_of("Jenderal itu pulang."))
    found = QueryExpansion([concept], index.passage_stems).find(index.indexed_sentence(0).phrases)
    assert found == [(pytest.approx(0.2), ("jenderal",))]


def test_only_the_named_outlet_is_searched(index: Index) -> None:
    articles, concepts = index.outlets_in(parse_question("menurut Suara.com apa itu CSTO").concepts)
    found = retrieve(concepts, index, articles)
    assert {retrieved.indexed.article.id for retrieved in found} == {"suara"}


def test_the_limit_is_kept(index: Index) -> None:
    assert len(search("CSTO", index, limit=3)) == 3


def test_what_is_near_in_meaning_joins_what_shares_words(small: Index) -> None:
    concepts = find_concepts(analyse("Siapa yang menolak perang?"))
    offered: list[int] = []

    def near(numbers: Sequence[int]) -> list[int]:
        offered.extend(numbers)
        return [4, 3]

    found = retrieve(concepts, small, limit=1, dense_hits=near)
    assert [retrieved.indexed.number for retrieved in found] == [3, 4]
    assert found[0].score > found[1].score
    assert found[1].coverage == 0
    assert offered == [3, 4]  # the sentences of the passage that shares words, no others


def test_equal_sentences_keep_the_order_of_the_corpus() -> None:
    index = Index(corpus_of("Rusia menang.", "Rusia menang.", "Rusia menang."))
    assert [retrieved.indexed.number for retrieved in search("Rusia", index)] == [0, 1, 2]


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_what_is_found_holds_for_any_question(index: Index, question: str) -> None:
    found = search(question, index)
    assert found == search(question, index)
    assert [retrieved.score for retrieved in found] == sorted((retrieved.score for retrieved in found), reverse=True)
    for retrieved in found:
        assert retrieved.score > 0
        assert 0 <= retrieved.coverage <= retrieved.context <= 1 + 1e-9
        for match in retrieved.matches:
            assert all(retrieved.indexed.sentence.span.contains(span) for span in match.spans)
            assert bool(match.spans) == (match.match_weight > 0)


def context_weight(question: str, article: str) -> float:
    """Return the context weight of the question's only name before the last sentence of an article."""
    found = search(question, Index(corpus_of(article)))
    last = max(found, key=lambda retrieved: retrieved.indexed.number)
    (match,) = (match for match in last.matches if match.concept.kind == "name")
    return match.context_weight


@pytest.mark.parametrize(
    ("article", "weight"),
    [
        ("Abkhazia itu republik. Pasukan siaga.", 1.0),
        ("Abkhazia itu republik. Pasukan Rusia siaga.", 0.0),
        ("Abkhazia itu republik. Mereka dan pasukan Rusia siaga.", 1.0),
        ("Abkhazia itu republik. Kota itu indah. Laut pun tenang. Pasukan siaga.", 0.0),
        ("Abkhazia itu republik. Mereka kecil. Mereka jauh. Pasukan siaga.", 1.0),
    ],
)
def test_a_pronoun_reaches_for_a_name_past_others(article: str, weight: float) -> None:
    assert context_weight("pasukan Abkhazia", article) == weight


def test_an_organisation_gives_way_to_another_in_between() -> None:
    assert context_weight("jumlah anggota NATO", "NATO sudah tua. CSTO masih muda. Jumlah anggotanya enam.") == 0.0
