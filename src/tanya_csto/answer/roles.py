"""Roles: whether a sentence gives the role by which a person is asked for to the one asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from tanya_csto.language.lexicon import lexicon
from tanya_csto.search.retrieval import PARTIAL, Match
from tanya_csto.text.spans import Span

REACH: Final = 40  # characters between a role and whose it is ("Direktur Pusat Studi ... di Universitas Lanzhou")


def role_fit(matches: Sequence[Match]) -> Literal["fits", "none", "other"]:
    """Return whether a sentence names the role asked for, and as the role of what it is asked for.

    "Siapa Perdana Menteri Kazakhstan?" against "Perdana Menteri Armenia Nikol Pashinyan" is another's role.
    """
    roles = [match for match in matches if _is_role(match) and not match.concept.carried]
    if not roles:
        return "fits"
    held = next((match for match in roles if match.worth > PARTIAL), None)
    if held is None:
        return "none"
    owners = [
        match for match in matches if match.concept.kind == "name" and _follows(match.concept.span, held.concept.span)
    ]
    return "fits" if all(_owns(owner, held) for owner in owners) else "other"


def _owns(owner: Match, held: Match) -> bool:
    return any(0 <= name.start - role.end <= REACH for name in owner.spans for role in held.spans)


def _is_role(match: Match) -> bool:
    return any(word in lexicon("entities")["roles"] for form in match.concept.forms for word in form)


def _follows(name: Span, role: Span) -> bool:
    return 0 <= name.start - role.end <= 2
