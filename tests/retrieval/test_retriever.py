"""The retriever: the sentences that speak of a question, best first, and what each of them lacks."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.articles import MAX_TITLE, Article, Corpus
from tanya_csto.language.terms import analyse
from tanya_csto.question.concepts import find_concepts
from tanya_csto.question.outlets import with_outlets
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.dense import SentenceVectors
from tanya_csto.retrieval.expansion import QueryExpansion
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.retriever import SENTENCES, RetrievedSentence, Retriever, concept_weight
from tests.conftest import article, corpus_of

WORDS = ["CSTO", "rusia", "anggota", "didirikan", "perang", "Bali", "presiden", "2012", "apa", "kapan", "17 Mei 2022"]


def search(question: str, index: Index) -> tuple[RetrievedSentence, ...]:
    return Retriever(index).retrieve(with_outlets(parse_question(question), index.outlets, index.vocabulary))


def numbers(found: tuple[RetrievedSentence, ...]) -> list[int]:
    return [retrieved.indexed.number for retrieved in found]


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
    assert (csto.expressed, csto.is_mentioned) == (1.0, True)
    assert first.context == 1.0


def test_what_nothing_speaks_of_lowers_the_context(small: Index) -> None:
    found = search("kantor pusat CSTO Zimbabwe", small)
    office = next(retrieved for retrieved in found if "Kantor" in retrieved.indexed.sentence.text)
    *_, zimbabwe = office.matches
    assert (zimbabwe.expressed, zimbabwe.is_mentioned) == (0.0, False)
    total = sum(match.weight for match in office.matches)
    assert office.context == pytest.approx(1 - zimbabwe.weight / total)


def test_the_sentences_of_another_article_are_no_context(small: Index) -> None:
    first = search("CSTO perang", small)
    warga = next(retrieved for retrieved in first if "menolak" in retrieved.indexed.sentence.text)
    assert warga.matches[0].context_weight == 0.0


def test_the_rarer_word_weighs_more(index: Index) -> None:
    csto, pashinyan, unknown = find_concepts(analyse("csto pashinyan zimbabwe"))
    assert concept_weight(csto, index) < concept_weight(pashinyan, index) < concept_weight(unknown, index)


def test_one_word_of_a_phrase_counts_for_a_part() -> None:
    (concept,) = find_concepts(analyse("Sekretaris Jenderal"))
    index = Index(corpus_of("Jenderal itu pulang."))
    ((weight, stems),) = QueryExpansion([concept], index.passage_stems).find(index.indexed_sentence(0).stems)
    assert weight == pytest.approx(0.2)
    assert stems == ("jenderal",)


def test_only_the_named_outlet_is_searched(index: Index) -> None:
    found = search("menurut Suara.com apa itu CSTO", index)
    assert {retrieved.indexed.article.id for retrieved in found} == {"suara"}


@pytest.mark.parametrize("question", ["Apa itu CSTO?", "Apa saja negara anggota CSTO?"])
def test_no_more_sentences_are_found_than_are_looked_at(index: Index, question: str) -> None:
    assert len(search(question, index)) == SENTENCES


@pytest.fixture(scope="module")
def long() -> Index:
    """Return an index of a passage longer than what is looked at, and of an article that shares no word with it."""
    return Index(corpus_of("Warga menolak perang. " + "Cuaca tetap cerah. " * 13, "Kremlin diam saja."))


def vectors_near(*cosines: float) -> SentenceVectors:
    """Return vectors of sentences, each its own, with an encoder of questions that gives these cosines."""
    encoder = SimpleNamespace(embed_question=lambda _: np.array(cosines, np.float32))
    return SentenceVectors(np.eye(len(cosines), dtype=np.float16), encoder)  # type: ignore[arg-type]


def test_what_is_near_in_meaning_joins_what_shares_words(long: Index) -> None:
    question = parse_question("Siapa yang menolak perang?")
    found = Retriever(long, vectors_near(*[0] * 12, 0.9, 0.8, 1)).retrieve(question)  # the last is nearest
    by_words = numbers(Retriever(long).retrieve(question))
    assert by_words == list(range(SENTENCES))
    assert numbers(found) == [*by_words, 12, 13]  # of the passage that shares words, nearest first; no other passage
    similar = {each.indexed.number: each.similarity for each in found if each.similarity is not None}
    assert similar[12] > similar[13] > similar[0]


def test_the_nearest_are_sorted_and_equals_keep_their_order(long: Index) -> None:
    question = parse_question("Siapa yang menolak perang?")
    found = Retriever(long, vectors_near(*[0] * 10, 0.5, 0.8, 0.9, 0.8, 1)).retrieve(question)
    assert numbers(found)[SENTENCES:] == [12, 11, 13, 10]


def test_without_vectors_nothing_is_known_of_meaning(long: Index) -> None:
    found = Retriever(long).retrieve(parse_question("Siapa yang menolak perang?"))
    assert [each.similarity for each in found] == [None] * SENTENCES


def test_sentences_that_are_known_beforehand_join_once_behind_the_others(small: Index) -> None:
    found = Retriever(small).retrieve(parse_question("Siapa yang menolak perang?"), also=[1, 3])
    assert numbers(found) == [3, 4, 1]
    assert found[2].score == 0
    assert not any(match.spans for match in found[2].matches)


def test_a_sentence_known_beforehand_is_found_without_a_shared_word(small: Index) -> None:
    assert numbers(Retriever(small).retrieve(parse_question("🛡️"), also=[4])) == [4]


def test_a_sentence_known_beforehand_stays_out_where_another_outlet_is_asked(small: Index) -> None:
    question = replace(parse_question("Siapa yang menolak perang?"), articles=frozenset({"warta"}))
    assert numbers(Retriever(small).retrieve(question, also=[1, 4])) == [3, 4]


def test_equal_sentences_keep_the_order_of_the_corpus() -> None:
    index = Index(corpus_of("Rusia menang.", "Rusia menang.", "Rusia menang."))
    assert numbers(search("Rusia", index)) == [0, 1, 2]


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_what_is_found_holds_for_any_question(index: Index, question: str) -> None:
    found = search(question, index)
    assert found == search(question, index)
    assert [retrieved.score for retrieved in found] == sorted((retrieved.score for retrieved in found), reverse=True)
    for retrieved in found:
        assert retrieved.score > 0
        assert 0 <= retrieved.context <= 1 + 1e-9
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


@pytest.mark.parametrize(
    ("title", "lead", "weight"),
    [
        ("Museum Abkhazia", "Loket dibuka pagi.", 1.0),
        (None, "Museum Abkhazia\n\nLoket dibuka pagi.", 1.0),
        (None, "Museum ini dikunjungi orang Abkhazia.", 0.0),
        ("Abkhazia Saingi Rusia", "Loket dibuka pagi.", 0.0),
        ("Loket Museum", "Loket dibuka pagi.", 0.0),
    ],
)
def test_what_an_article_is_about_is_context_everywhere_in_it(title: str | None, lead: str, weight: float) -> None:
    text = f"{lead} Sore sepi. Malam gelap. Pagi cerah. Tiketnya mahal. Pasukan menjaganya."
    index = Index(Corpus((Article("satu", "Kabar", text, title), article("Harga turun.", "dua"))))
    found = next(each for each in search("tiket Abkhazia", index) if "Tiket" in each.indexed.sentence.text)
    assert found.matches[1].context_weight == weight


def test_a_passage_is_found_by_the_title_of_its_article() -> None:
    titled = replace(article("Loket dibuka pagi. Tiketnya mahal."), title="Museum Bahari")
    index = Index(Corpus((article("Harga turun.", "dua"), titled)))
    assert {each.indexed.article.id for each in search("museum bahari", index)} == {titled.id}
    assert index.vocabulary["bahari"] == 1
    assert search("museum bahari", Index(Corpus((article("Harga turun.", "dua"), replace(titled, title=None))))) == ()


def test_no_title_crowds_out_the_text() -> None:
    titled = replace(article("Loket dibuka pagi."), title="judul " * MAX_TITLE)
    assert Index(Corpus((titled,))).passage_stems.mean_length == MAX_TITLE / len("judul ") + 3
