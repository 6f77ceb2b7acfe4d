"""Outlets: the articles of those that a question names are asked, and nothing else of it changes."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.articles import Corpus
from tanya_csto.question.outlets import names_absent_outlet, outlets_of, with_outlets
from tanya_csto.question.parser import parse_question


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
    named = with_outlets(plain, outlets_of(corpus.articles))
    assert named.articles == articles
    assert (named.text, named.terms, named.answer_type) == (plain.text, plain.terms, plain.answer_type)
    names = [concept.surface for concept in named.concepts]
    assert [concept.surface for concept in plain.concepts if concept.surface in names] == names
    assert not {"Suara", "cnbc", "indonesia", "Bangka", "Pos"} & set(names)


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("menurut Kompas kapan CSTO dibentuk", True),
        ("versi detik.com apa itu CSTO", True),
        ("menurut Suara.com kapan CSTO dibentuk", False),
        ("menurut Kompas dan Suara.com kapan CSTO dibentuk", False),
        ("menurut Tass kapan CSTO dibentuk", False),
        ("menurut Lukashenko kapan CSTO dibentuk", False),
        ("berapa lama kompas dipakai", False),
    ],
)
def test_an_outlet_that_the_articles_are_not_from(corpus: Corpus, question: str, absent: bool) -> None:
    named = with_outlets(parse_question(question), outlets_of(corpus.articles))
    assert names_absent_outlet(named, {"csto", "dibentuk", "tass", "suara.com"}) is absent
