"""Outlets: the articles of those that a question names are asked, and nothing else of it changes."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.articles import Corpus
from tanya_csto.question.outlets import outlets_of, with_outlets
from tanya_csto.question.parser import parse_question
from tanya_csto.retrieval.index import Index


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("menurut Suara.com kapan CSTO dibentuk", {"suara"}),
        ("kata WahanaNews apa itu CSTO", {"wahananews"}),
        ("menurut cnbc indonesia siapa Putin", {"cnbc-indonesia"}),
        ("menurut Bangka Pos dan Perspektif.co.id", {"bangkapos", "perspektif"}),
        ("menurut Rusia siapa Putin", None),
        ("menurut Suara, apa itu CSTO", {"suara"}),
        ("bagaimana suara rakyat", None),
        ("dari perspektif NATO", None),
    ],
)
def test_outlets_in_a_question(corpus: Corpus, question: str, articles: set[str] | None) -> None:
    plain = parse_question(question)
    named = with_outlets(plain, outlets_of(corpus.articles), Index(corpus).vocabulary)
    assert named.articles == articles
    assert (named.text, named.terms, named.answer_type) == (plain.text, plain.terms, plain.answer_type)
    names = [concept.surface for concept in named.concepts]
    assert [concept.surface for concept in plain.concepts if concept.surface in names] == names
    assert not {"Suara", "cnbc", "indonesia", "Bangka", "Pos"} & set(names)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("menurut Kompas kapan CSTO dibentuk", set()),
        ("versi detik.com apa itu CSTO", set()),
        ("menurut Kompas dan Suara.com kapan CSTO dibentuk", {"suara"}),
        ("menurut Tass kapan CSTO dibentuk", None),
        ("menurut Lukashenko kapan CSTO dibentuk", None),
        ("berapa lama kompas dipakai", None),
        ("Apa itu Bangka Pos?", None),
        ("menurut Bangka Pos kapan CSTO dibentuk", {"bangkapos"}),
    ],
)
def test_an_outlet_is_a_source_or_spoken_of(corpus: Corpus, question: str, articles: set[str] | None) -> None:
    spoken = {"csto", "dibentuk", "tass", "bangka", "pos"}
    assert with_outlets(parse_question(question), outlets_of(corpus.articles), spoken).articles == articles


def test_an_outlet_whose_first_word_makes_a_phrase_of_what_names_a_source() -> None:
    question = parse_question("Menurut Kabar Rimba, apa penyebabnya?")  # "menurut kabar" is "konon"
    assert with_outlets(question, {("kabar", "rimba"): ["a"]}, {"kabar"}).articles == frozenset({"a"})
