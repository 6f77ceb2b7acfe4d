"""Roles: whether a sentence gives the role by which a person is asked for to the one asked about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

from tanya_csto.language.lexicon import lexicon
from tanya_csto.retrieval.expansion import PARTIAL
from tanya_csto.retrieval.index import IndexedSentence
from tanya_csto.retrieval.retriever import Match, RetrievedSentence
from tanya_csto.text.spans import Span

REACH: Final = 40  # characters between a role and whose it is ("Direktur Pusat Studi ... di Universitas Lanzhou")
RoleFit = Literal["fits", "none", "other"]

NEXT: Final = 2  # characters between two neighbouring words


def role_fit(retrieved: RetrievedSentence) -> RoleFit:
    """Return whether a sentence gives the role asked for to what it is asked for, to another, or the office to no one.

    One who is asked for as another's ("istri Putin") must be told of as that one's.
    "Perdana Menteri Armenia Nikol Pashinyan" does not answer who is prime minister of Kazakhstan.
    """
    if any(match.match_weight == 0 and _is_relation(match) for match in retrieved.matches):
        return "none"
    roles = [match for match in retrieved.matches if _is_role(match)]
    if not roles:
        return "fits"
    held = next((match for match in roles if match.match_weight > PARTIAL), None)
    if held is None:
        return "none" if any(_is_office(role) for role in roles) else "fits"
    own = [span for match in _owners(retrieved.matches, held) for span in match.spans]
    asked = bool(_owners(retrieved.matches, held))
    return "fits" if any(_holds(role, own, asked, retrieved.indexed) for role in held.spans) else "other"


def _owners(matches: Sequence[Match], role: Match) -> list[Match]:
    """Return whose role is asked for: the name behind it in the question."""
    names = [match for match in matches if match.concept.kind == "name"]
    end = role.concept.span.end
    return [name for name in names if 0 <= name.concept.span.start - end <= NEXT]


def _holds(role: Span, own: Sequence[Span], asked: bool, indexed: IndexedSentence) -> bool:
    if not asked:
        return True
    behind = next(
        (
            entity.span
            for entity in indexed.entities
            if entity.kind in ("place", "org") and 0 <= entity.span.start - role.end <= NEXT
        ),
        None,
    )
    if behind is not None:
        return any(span.overlaps(behind) for span in own)
    return any(0 <= span.start - role.end <= REACH for span in own)


@cache
def _roles() -> frozenset[str]:
    return frozenset(lexicon("entities")["roles"])


def _is_role(match: Match) -> bool:
    return any(not _roles().isdisjoint(form) for form in match.concept.forms)


def _is_office(match: Match) -> bool:
    return any(word in lexicon("entities")["offices"] for word in match.concept.asked)


def _is_relation(match: Match) -> bool:
    return match.concept.surface.casefold().removesuffix("nya") in lexicon("entities")["relations"]
