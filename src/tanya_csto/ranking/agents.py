"""Agents: who does, in a sentence, what the question asks about ("dipimpin oleh Rusia", "Rusia memimpin")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tanya_csto.language.entities import Entity
from tanya_csto.language.terms import Term
from tanya_csto.retrieval.retriever import RetrievedSentence
from tanya_csto.text.spans import Span

_BY: Final = re.compile(r"\s+(?:oleh\s+(?:\w+\s+){0,4})?")  # between a passive verb and its agent, roles included
_DOES: Final = re.compile(  # between the agent and an active verb: "Rusia diketahui memimpin"
    r"(?:\s+(?:akan|bakal|diketahui|juga|kini|pernah|sedang|sudah|tak|telah|tidak|yang)){0,2}\s+", re.IGNORECASE
)
_AGENTS: Final = ("person", "org", "place")


def find_agent(retrieved: RetrievedSentence) -> Span | None:
    """Return who does what the question asks about to the organisation that it names; None where no one is told."""
    for verb in _verbs(retrieved):
        agent = _passive(verb, retrieved) if _is_passive(verb) else _active(verb, retrieved)
        if agent is not None and not any(agent.span.overlaps(span) for span in _asked_names(retrieved)):
            return agent.span
    return None


def _verbs(retrieved: RetrievedSentence) -> Iterator[Term]:
    """Yield the verbs of the sentence that say what the question's first word says: what is done."""
    words = (match for match in retrieved.matches if match.concept.kind == "word")
    first = next(words, None)
    said = set(first.spans) if first else set()
    for term in retrieved.indexed.terms:
        if term.span in said and term.token.norm != term.stem and (_is_passive(term) or _is_active(term)):
            yield term


def _is_active(term: Term) -> bool:
    return term.token.norm.startswith("me")


def _is_passive(term: Term) -> bool:
    return term.token.norm.startswith("di") or (term.token.norm.endswith("an") and not _is_active(term))


def _passive(verb: Term, retrieved: RetrievedSentence) -> Entity | None:
    indexed = retrieved.indexed
    if not _undergoes(retrieved, before=verb.span.start):
        return None
    told = [
        entity
        for entity in indexed.entities
        if entity.kind in _AGENTS
        and entity.span.start > verb.span.end
        and _BY.fullmatch(indexed.article.text, verb.span.end, entity.span.start)
    ]
    return min(told, key=lambda entity: _AGENTS.index(entity.kind), default=None)


def _active(verb: Term, retrieved: RetrievedSentence) -> Entity | None:
    indexed = retrieved.indexed
    names = _asked_names(retrieved)
    if names and not any(span.start > verb.span.end for span in names):
        return None
    return next(
        (
            entity
            for entity in indexed.entities
            if entity.kind in _AGENTS
            and entity.span.end < verb.span.start
            and _DOES.fullmatch(indexed.article.text, entity.span.end, verb.span.start)
        ),
        None,
    )


def _undergoes(retrieved: RetrievedSentence, before: int) -> bool:
    """Tell whether the last organisation named before a passive verb is one that the question names, or there is none.

    "NATO yang dipimpin Amerika Serikat" does not tell who leads the CSTO that the sentence speaks of, too.
    """
    named = [entity.span for entity in retrieved.indexed.entities if entity.kind == "org" and entity.span.end <= before]
    names = _asked_names(retrieved)
    return not names or not named or any(span.overlaps(named[-1]) for span in names)


def _asked_names(retrieved: RetrievedSentence) -> list[Span]:
    return [
        span
        for match in retrieved.matches
        if match.concept.name and match.concept.name.kind == "organisation"
        for span in match.spans
    ]
