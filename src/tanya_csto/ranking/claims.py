"""Claims: what a sentence says in answer to a question, in a form in which two sentences can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from tanya_csto.language.entities import YEAR, Entity, EntityKind
from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.names import name_index, words_of
from tanya_csto.language.quantities import figure_of, unit_of
from tanya_csto.language.tokens import tokenize
from tanya_csto.messages import say
from tanya_csto.question.answer_type import clause_of
from tanya_csto.question.parser import Question
from tanya_csto.ranking.features import Candidate, Features
from tanya_csto.text.spans import Span

if TYPE_CHECKING:
    from tanya_csto.models.comparer import SentenceComparer

ClaimKind = Literal["date", "figure", "name", "polarity"]

COMPARED: Final = 6  # candidates that are compared with the best one
_KINDS: Final[dict[EntityKind, ClaimKind]] = {
    "date": "date",
    "number": "figure",
    "person": "name",
    "org": "name",
    "place": "name",
    "other": "name",
}
_NUMERIC: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence claims: `parts` compare, `label` shows, `span` is where the article says it, if in few words.

    `parts` has the components that are stated: the year, month and day of a date, the figure, the name, yes or no.
    """

    kind: ClaimKind
    parts: Mapping[str, frozenset[str]]
    label: str
    span: Span | None

    def is_like(self, other: Claim) -> bool:
        """Tell whether both state something of one kind; of figures, in one unit: no percentage against a number."""
        return self.kind == other.kind and (self.kind != "figure" or unit_of(self.label) == unit_of(other.label))

    def contradicts(self, other: Claim) -> bool:
        """Tell whether both state something of one kind, and some part of it differently."""
        return self.kind == other.kind and any(
            value.isdisjoint(other.parts[part]) for part, value in self.parts.items() if part in other.parts
        )


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate of another article that claims something of the same kind as the best one; how likely of the same."""

    candidate: Candidate
    claim: Claim
    features: Features


def find_rivals(
    question: Question, ranked: Sequence[Candidate], comparer: SentenceComparer | None = None
) -> Iterator[Rival]:
    """Yield the candidates whose claim can be set against that of the best one; none that speaks of another name.

    Features: `gap` of the scores, and the `rival`'s own; the smaller `context` of both, and `reading` where they were
    read; `figure` and `polarity` by the kind of claim; of claims that contradict each other, `matter`: the comparer's
    log-odds that both sentences answer the question.
    """
    best = ranked[0]
    claim = find_claim(question, best)
    if claim is None:
        return
    for candidate in ranked[1:COMPARED]:
        other = find_claim(question, candidate)
        elsewhere = candidate.article is not best.article and not candidate.features["replaced"]
        if other is None or not other.is_like(claim) or not elsewhere:
            continue
        features: Features = {
            "bias": 1.0,
            "gap": best.score - candidate.score,
            "rival": candidate.score,
            "context": min(best.features["context"], candidate.features["context"]),
            "figure": float(claim.kind in ("date", "figure")),
            "polarity": float(claim.kind == "polarity"),
        }
        if "reading" in best.features:
            features["reading"] = min(best.features["reading"], candidate.features.get("reading", -1.0))
        if comparer and other.contradicts(claim):
            said = (each.retrieved.indexed.sentence.text for each in (best, candidate))
            features["matter"] = comparer.same_matter(question.text, *said)
        yield Rival(candidate, other, features)


def find_claim(question: Question, candidate: Candidate) -> Claim | None:
    """Return what a candidate claims in answer to a question; None for a heading and what cannot be compared."""
    sentence = candidate.retrieved.indexed.sentence
    if sentence.heading:
        return None
    if question.answer_type == "yesno":
        label = say("denied" if pattern("negation").search(sentence.text) else "confirmed")
        return Claim("polarity", {"answer": frozenset({label})}, label, None)
    if candidate.short is None or clause_of(question.answer_type):
        return None
    return _of_words(candidate.short, candidate.article.text, candidate.retrieved.indexed.entities)


def _of_words(short: Span, text: str, entities: Sequence[Entity]) -> Claim | None:
    """Return what a short answer claims by the first date, figure or name in it."""
    told = next((entity for entity in entities if entity.span.overlaps(short)), None)
    if told is None:
        return None
    kind, words = _KINDS[told.kind], told.span.of(text)
    parts = date_parts(words) if kind == "date" else {"value": _figure(words) if kind == "figure" else _name(words)}
    return Claim(kind, parts, " ".join(words.split()), told.span) if any(parts.values()) else None


def date_parts(text: str) -> dict[str, frozenset[str]]:
    """Return the years, the months and the days of the month that a date states, as far as it does."""
    words = [token.norm for token in tokenize(text)]
    years = set(YEAR.findall(text))
    months = {str(_months()[word]) for word in words if word in _months()}
    days = {str(int(word)) for word in words if word.isdigit() and len(word) <= 2} if months else set()
    for day, month, year in _NUMERIC.findall(text):
        days.add(str(int(day)))
        months.add(str(int(month)))
        if year:
            years.add(year if len(year) == 4 else f"20{year}")
    stated = {"year": years, "month": months, "day": days}
    return {part: frozenset(values) for part, values in stated.items() if values}


def name_key(text: str) -> str:
    """Return what a name stands for, whatever its spelling: "Kyrgyzstan" and "Kirgistan" have one key."""
    words = words_of(text)
    found = name_index().get(words)
    return found[0].key if found else (words[-1] if words else text)


def _figure(text: str) -> frozenset[str]:
    figure = figure_of(text)
    return frozenset({figure}) if figure else frozenset()


def _name(text: str) -> frozenset[str]:
    return frozenset({*words_of(text), name_key(text)})


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its folded name, long or short."""
    names = [name.casefold() for name in lexicon("entities")["months"]]
    long = {name[:3]: number for number, name in enumerate(names[:12], start=1)} | {"agt": 8}
    return {name: long[name[:3]] for name in names}
