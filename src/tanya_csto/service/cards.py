"""Cards: an answer laid out for the eye, one card for each question that a message asks."""

from __future__ import annotations

from dataclasses import dataclass

from tanya_csto.answer.answer import Answer, Citation, Part, Status
from tanya_csto.language.dates import YEAR


@dataclass(frozen=True, slots=True)
class SideCard:
    """One side of a disagreement with its quotes; `outlets` are all that say so."""

    claim: str
    outlets: tuple[str, ...]
    citations: tuple[Citation, ...]

    @property
    def unquoted(self) -> list[str]:
        """The outlets without a quote."""
        quoted = {citation.article.outlet for citation in self.citations}
        return [outlet for outlet in self.outlets if outlet not in quoted]

    @property
    def years(self) -> list[str]:
        """The years that the claim names."""
        return YEAR.findall(self.claim)


@dataclass(frozen=True, slots=True)
class Card:
    """What one question is answered with; `question` is empty where the message asks nothing else.

    The sides stand in the order of the years that they name, if any.
    """

    question: str
    status: Status
    short_answer: str | None
    citations: tuple[Citation, ...]
    sides: tuple[SideCard, ...]

    @property
    def dated(self) -> bool:
        """Whether there are sides and each names a year."""
        return bool(self.sides) and all(side.years for side in self.sides)


def cards(answer: Answer) -> list[Card]:
    """Return the cards of an answer, in the order of its questions."""
    whole = Part("", answer.status, answer.short_answer, tuple(citation.n for citation in answer.citations))
    return [_card(answer, part) for part in answer.parts or (whole,)]


def _card(answer: Answer, part: Part) -> Card:
    citations = {citation.n: citation for citation in answer.citations if citation.n in part.citations}
    sides: list[SideCard] = []
    for side in answer.sides if part.status == "conflicting" else ():
        if citations.keys() >= set(side.citations):
            sides.append(SideCard(side.claim, side.outlets, tuple(citations[n] for n in side.citations)))
    sides.sort(key=lambda side: side.years)
    return Card(part.question, part.status, part.short_answer, tuple(citations.values()), tuple(sides))
