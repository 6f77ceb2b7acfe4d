"""Cards: an answer laid out for the eye, one card for each question that a message asks."""

from __future__ import annotations

from dataclasses import dataclass

from tanya_csto.answer.answer import Answer, Citation, Part, Status
from tanya_csto.language.entities import YEAR


@dataclass(frozen=True, slots=True)
class SideCard:
    """One side of a disagreement with its quotes; `outlets` are all that say so, with a quote where there is one."""

    claim: str
    outlets: tuple[tuple[str, Citation | None], ...]
    citations: tuple[Citation, ...]

    @property
    def years(self) -> list[str]:
        """The years that the claim names."""
        return YEAR.findall(self.claim)


@dataclass(frozen=True, slots=True)
class Card:
    """What one question is answered with; `question` is empty where the message asks nothing else."""

    question: str
    status: Status
    short_answer: str | None
    citations: tuple[Citation, ...]
    sides: tuple[SideCard, ...]

    @property
    def by_year(self) -> list[SideCard]:
        """The sides in the order of the years that they name; none where one of them names none."""
        if not all(side.years for side in self.sides):
            return []
        return sorted(self.sides, key=lambda side: side.years)


def cards(answer: Answer) -> list[Card]:
    """Return the cards of an answer, in the order of its questions."""
    whole = Part("", answer.status, answer.short_answer, tuple(citation.n for citation in answer.citations))
    return [_card(answer, part) for part in answer.parts or (whole,)]


def _card(answer: Answer, part: Part) -> Card:
    citations = {citation.n: citation for citation in answer.citations if citation.n in part.citations}
    sides: list[SideCard] = []
    for side in answer.sides if part.status == "conflicting" else ():
        if citations.keys() >= set(side.citations):
            cited = tuple(citations[n] for n in side.citations)
            quoted = {each.article.outlet: each for each in reversed(cited)}
            sides.append(SideCard(side.claim, tuple((name, quoted.get(name)) for name in side.outlets), cited))
    return Card(part.question, part.status, part.short_answer, tuple(citations.values()), tuple(sides))
