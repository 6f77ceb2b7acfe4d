"""Claims: what a sentence says in answer to a question, in a form in which two sentences can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tanya_csto.corpus.articles import Article
from tanya_csto.language.entities import Entity
from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import name_index, words_of
from tanya_csto.language.tokens import tokenize
from tanya_csto.question.concepts import Concept
from tanya_csto.question.membership import tells_wish
from tanya_csto.question.parser import Question
from tanya_csto.retrieval.index import IndexedSentence
from tanya_csto.retrieval.retriever import Match, RetrievedSentence
from tanya_csto.text.spans import Span

_FORMER: Final = re.compile(
    r"\b(?:hingga|sampai|bekas|mantan|keluar|mundur|pernah|tidak lagi|bukan lagi)\b", re.IGNORECASE
)
_OPEN_LIST: Final = re.compile(r"\b(?:seperti|antaranya|antara lain|misalnya|termasuk)\b", re.IGNORECASE)
_JOINS: Final = re.compile(r"\s*+(?:,(?:\s*+(?:dan|serta|maupun)\b)?|(?:dan|serta|maupun)\b)\s*+", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_SHORTEST_LIST: Final = 3
_REACH: Final = 40  # code points between "hingga", "keluar" and the like and the membership that they end
_NEXT: Final = 2  # code points between two neighbouring words


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence claims: `value` compares, `label` shows, `span` is where the article says it."""

    value: tuple[str, ...]
    label: str
    span: Span


def name_key(text: str) -> str:
    """Return what a name stands for, whatever its spelling: "Kyrgyzstan" and "Kirgistan" have one key."""
    words = words_of(text)
    found = name_index().get(words)
    return found[0].key if found else (words[-1] if words else text)


def date_value(text: str) -> tuple[str, ...]:
    """Return the years that a date names: "15 Mei 1992" and "1992" are one claim, "1992-2002" another."""
    return tuple(sorted(set(_YEAR.findall(text))))


def number_value(text: str) -> tuple[str, ...]:
    """Return the figure of a quantity, in digits where it is a simple numeral: "enam negara" and "6 negara" are one."""
    numerals: Sequence[str] = lexicon("entities")["numerals"]
    words = [token.norm for token in tokenize(text)]
    figures = [
        str(numerals.index(word)) if word in numerals[:11] else word
        for word in words
        if word in numerals or word[0].isdigit()
    ]
    return tuple(figures)


def short_claim(question: Question, article: Article, short: Span) -> Claim:
    """Return what a short answer claims: its years, its figure, or whom or what it names."""
    words = short.of(article.text)
    if question.answer_type == "date":
        return Claim(date_value(words), words, short)
    if question.answer_type == "number":
        return Claim(number_value(words), words, short)
    return Claim((name_key(words),), words, short)


def find_list(indexed: IndexedSentence, shortest: int = _SHORTEST_LIST) -> tuple[Entity, ...]:
    """Return the longest enumeration of names in a sentence ("Rusia, Armenia, dan Belarus"), or nothing."""
    text = indexed.article.text
    best: list[Entity] = []
    run: list[Entity] = []
    for entity in indexed.entities:
        if run and _JOINS.fullmatch(Span(run[-1].span.end, entity.span.start).of(text)):
            run.append(entity)
        else:
            run = [entity]
        if len(run) > len(best):
            best = list(run)
    return tuple(best) if len(best) >= shortest else ()


def membership_claim(question: Question, retrieved: RetrievedSentence) -> Claim | None:
    """Return what a sentence claims about the members that the question asks for, or None where it claims nothing."""
    indexed = retrieved.indexed
    if not _tells_membership(indexed) or any(_is_of_another(match) for match in retrieved.matches):
        return None
    text = indexed.article.text
    listed = find_list(indexed)
    asked = [concept for concept in question.concepts if concept.name and concept.name.kind == "country"]
    if question.answer_type == "yesno":
        return _belongs(asked, listed, retrieved)
    if not listed:
        return _count(question, indexed)
    span = Span(listed[0].span.start, listed[-1].span.end)
    members = tuple(sorted({name_key(entity.span.of(text)) for entity in listed}))
    if question.answer_type == "number":
        return Claim((str(len(members)),), f"{len(members)} negara", span)
    return Claim(members, f"{len(members)} negara: {', '.join(members)}", span)


def lists_members_for_candidates(question: Question, indexed: IndexedSentence) -> bool:
    """Tell whether a sentence lists who belongs to something, where the question asks who wishes to."""
    return (
        tells_wish(question.terms)
        and not tells_wish(indexed.terms)
        and _tells_membership(indexed)
        and bool(find_list(indexed))
    )


def _tells_membership(indexed: IndexedSentence) -> bool:
    return any(term.stem in lexicon("membership")["told"] for term in indexed.terms)


def _is_of_another(match: Match) -> bool:
    """Tell whether an organisation is asked about of which neither the sentence nor what stands before it speaks."""
    name = match.concept.name
    return name is not None and name.kind == "organisation" and not match.is_mentioned


def _belongs(asked: Sequence[Concept], listed: Sequence[Entity], retrieved: RetrievedSentence) -> Claim | None:
    indexed = retrieved.indexed
    text = indexed.article.text
    names = " dan ".join(concept.surface for concept in asked)
    keys = {concept.name.key for concept in asked if concept.name}
    if listed:
        members = {name_key(entity.span.of(text)) for entity in listed}
        span = Span(listed[0].span.start, listed[-1].span.end)
        if keys <= members:
            return Claim(("ya",), f"{names} termasuk anggota", span)
        if _OPEN_LIST.search(text, indexed.sentence.span.start, listed[0].span.start):
            return None
        return Claim(("tidak",), f"{names} tidak (lagi) disebut sebagai anggota", span)
    spoken = [match for match in retrieved.matches if match.spans and match.concept in asked]
    membership = [term.span for term in indexed.terms if term.stem == "anggota"]
    if len(spoken) == len(asked) and any(
        _near(former, membership) and all(_near(former, match.spans) for match in spoken)
        for former in _FORMER.finditer(text, indexed.sentence.span.start, indexed.sentence.span.end)
    ):
        return Claim(("tidak",), f"{names} tidak (lagi) disebut sebagai anggota", indexed.sentence.span)
    return None


def _near(former: re.Match[str], spans: Sequence[Span]) -> bool:
    return any(Span(*former.span()).gap(span) <= _REACH for span in spans)


def _count(question: Question, indexed: IndexedSentence) -> Claim | None:
    if question.answer_type != "number":
        return None
    text = indexed.article.text
    for entity in indexed.entities:
        words = entity.span.of(text)
        if (
            entity.kind != "number"
            or words_of(words)[-1] not in ("negara", "anggota")
            or _counts_for(question, indexed, entity)
        ):
            continue
        value, span = number_value(words), entity.span
        leader = _leader(indexed, entity)
        if leader is not None and value[:1] and value[0].isdigit():
            value, span = (str(int(value[0]) + 1),), Span(leader.start, span.end)
        return Claim(value, f"{value[0]} negara" if value else words, span)
    return None


def _counts_for(question: Question, indexed: IndexedSentence, number: Entity) -> bool:
    """Tell whether a number counts the members of an organisation that is not asked about ("lima anggota PBB")."""
    asked = {concept.name.key for concept in question.concepts if concept.name}
    return any(
        entity.kind == "org"
        and 0 <= entity.span.start - number.span.end <= _NEXT
        and name_key(entity.span.of(indexed.article.text)) not in asked
        for entity in indexed.entities
    )


def _leader(indexed: IndexedSentence, number: Entity) -> Span | None:
    """Return the name to which a number adds: in "Rusia bersama 5 negara" there are six."""
    text = indexed.article.text
    return next(
        (
            entity.span
            for entity in indexed.entities
            if entity.span.end < number.span.start and text[entity.span.end : number.span.start].split() == ["bersama"]
        ),
        None,
    )
