"""Claims: what a sentence says in answer to a question, in a form in which two sentences can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from tanya_csto.language.dates import agreement, date_parts, dates_in
from tanya_csto.language.entities import Entity, EntityKind
from tanya_csto.language.lexicon import pattern
from tanya_csto.language.names import name_index
from tanya_csto.language.quantities import figure_of, unit_of
from tanya_csto.language.tokens import words_of
from tanya_csto.messages import say
from tanya_csto.question.answer_type import clause_of
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import share_of_best
from tanya_csto.ranking.extract import entities_of, is_as_asked
from tanya_csto.ranking.features import Candidate, Features
from tanya_csto.text.spans import Span

if TYPE_CHECKING:
    from tanya_csto.models.comparer import SentenceComparer

ClaimKind = Literal["date", "figure", "name", "polarity"]

COMPARED: Final = 6  # candidates that are compared with the best one
_KINDS: Final[dict[EntityKind, ClaimKind]] = {"date": "date", "number": "figure"}  # all others are names


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence claims: `parts` compare, `label` shows, `span` is where the article says it, if in few words.

    `parts` has the components that are stated: the year, month and day of a date, the figure, the name, yes or no.
    """

    kind: ClaimKind
    parts: Mapping[str, frozenset[str]]
    label: str
    span: Span | None

    @property
    def counted(self) -> str:
        """What a figure counts: its unit, or the word behind it; nothing for other claims."""
        return (unit_of(self.label) or words_of(self.label)[-1]) if self.kind == "figure" else ""

    def is_like(self, other: Claim) -> bool:
        """Tell whether both state something of one kind; of figures, in one unit: no percentage against a number."""
        return self.kind == other.kind and (self.kind != "figure" or unit_of(self.label) == unit_of(other.label))

    def contradicts(self, other: Claim) -> bool:
        """Tell whether both state something of one kind, and some part of it differently.

        Names are the same where one is a part of the other ("Rudi" of "Rudi Hartawan"), or their keys are.
        """
        if self.kind != other.kind or (self.kind == "name" and self._is_part(other)):
            return False
        return any(value.isdisjoint(other.parts[part]) for part, value in self.parts.items() if part in other.parts)

    def _is_part(self, other: Claim) -> bool:
        left, right = (frozenset(words_of(claim.label)) for claim in (self, other))
        return left <= right or right <= left


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate of another article that claims something of the same kind as the best one; how likely of the same."""

    candidate: Candidate
    claim: Claim
    features: Features


def find_rivals(
    question: Question, ranked: Sequence[Candidate], comparer: SentenceComparer | None = None
) -> Iterator[Rival]:
    """Yield the candidates whose claim can be set against that of the best one; none of another name or date.

    Sentences of which one says both claims do not contradict each other.

    Features: `gap` of the scores, the `rival`'s own and the `share` of the best one (see `answerability`); the
    smaller `context` of both, and `reading` where they were read; `figure` and `polarity` by the kind of claim;
    `counted`: 1 where two figures count the same, `asked`: 1 where the question counts it, too; `shared`: the share
    of the shorter sentence's stems that the other has; `asked_date`: 1 where both speak of the date asked about, -1
    where one speaks of another; `same_date`: 1 where both speak of one date, -1 where of two; of claims that
    contradict each other, `matter`: the comparer's log-odds that both sentences answer the question.
    """
    best = ranked[0]
    claim = find_claim(question, best)
    if claim is None:
        return
    words, share = {term.token.norm for term in question.terms}, share_of_best(ranked)
    for candidate in ranked[1:COMPARED]:
        other = find_claim(question, candidate)
        elsewhere = candidate.article is not best.article and not candidate.features["replaced"]
        if other is None or not other.is_like(claim) or not elsewhere:
            continue
        if other.contradicts(claim) and (_says_too(question, best, other) or _says_too(question, candidate, claim)):
            continue
        counted = claim.counted if claim.counted == other.counted else ""
        features: Features = {
            "bias": 1.0,
            "gap": best.score - candidate.score,
            "rival": candidate.score,
            "share": share,
            "context": min(best.features["context"], candidate.features["context"]),
            "figure": float(claim.kind in ("date", "figure")),
            "polarity": float(claim.kind == "polarity"),
            "counted": float(bool(counted)),
            "asked": float(counted in words),
            "shared": _shared(best, candidate),
            "asked_date": float(min(map(partial(_on_asked_date, question), (best, candidate)))),
            "same_date": float(_on_same_date((best, claim), (candidate, other))),
        }
        if "reading" in best.features:
            features["reading"] = min(best.features["reading"], candidate.features.get("reading", -1.0))
        if comparer and other.contradicts(claim):
            said = (each.retrieved.indexed.sentence.text for each in (best, candidate))
            features["matter"] = comparer.same_matter(question.text, *said)
        yield Rival(candidate, other, features)


def _says_too(question: Question, candidate: Candidate, claim: Claim) -> bool:
    """Tell whether a sentence says beside its own claim what another one claims ("17 jembatan, lima ditutup")."""
    told = (_of_entity(each, question, candidate.article.text) for each in entities_of(question, candidate.retrieved))
    alike = (each for each in told if each and each.is_like(claim) and each.parts.keys() & claim.parts.keys())
    return any(not each.contradicts(claim) for each in alike)


def _shared(one: Candidate, other: Candidate) -> float:
    """Return the share of the shorter sentence's stems that the other has."""
    left, right = (set(each.retrieved.indexed.stems) for each in (one, other))
    return len(left & right) / min(len(left), len(right))


def _on_asked_date(question: Question, candidate: Candidate) -> int:
    """Return 1 where a sentence speaks of the date that is asked about, -1 where of others alone, else 0."""
    stated = dates_in(candidate.retrieved.indexed.sentence.text)
    return min((agreement(asked, stated) for asked in question.dates), default=0)


def _on_same_date(one: tuple[Candidate, Claim], other: tuple[Candidate, Claim]) -> int:
    """Return 1 where two sentences speak of one date beside what they claim, -1 where of different ones, else 0."""
    left, right = (
        tuple(date for date in dates_in(candidate.retrieved.indexed.sentence.text) if date != claim.parts)
        for candidate, claim in (one, other)
    )
    return max((sign for date in left if (sign := agreement(date, right))), default=0)


def find_claim(question: Question, candidate: Candidate) -> Claim | None:
    """Return what a candidate claims in answer to a question; None where nothing can be compared.

    A heading claims nothing, nor does a sentence without a word ("***").
    """
    sentence = candidate.retrieved.indexed.sentence
    if sentence.heading or not candidate.retrieved.indexed.stems:
        return None
    if question.answer_type == "yesno":
        denies = _negations(sentence.text) - _negations(question.text)
        label = say("denied" if denies else "confirmed")
        return Claim("polarity", {"answer": frozenset({label})}, label, None)
    if candidate.short is None or clause_of(question.answer_type):
        return None
    touched = [each for each in entities_of(question, candidate.retrieved) if each.span.overlaps(candidate.short)]
    told = min(touched, key=lambda each: not is_as_asked(question, each.span, candidate.article.text), default=None)
    return _of_entity(told, question, candidate.article.text) if told else None


def _negations(text: str) -> set[str]:
    return {found.group().casefold() for found in pattern("negation").finditer(text)}


def _of_entity(told: Entity, question: Question, text: str) -> Claim | None:
    """Return what a sentence claims by a date, figure or name; of a date, the part alone that is asked for."""
    kind, words = _KINDS.get(told.kind, "name"), told.span.of(text)
    parts: Mapping[str, frozenset[str]]
    if kind == "date":
        parts, asked = date_parts(words), question.date_part
        parts = {asked: parts[asked]} if asked and asked in parts else parts
    else:
        value = figure_of(words) if kind == "figure" else name_key(words)
        parts = {"value": frozenset({value} if value else ())}
    return Claim(kind, parts, " ".join(words.split()), told.span) if any(parts.values()) else None


def name_key(text: str) -> str:
    """Return what a name stands for, whatever its spelling: "Kyrgyzstan" and "Kirgistan" have one key."""
    words = words_of(text)
    found = name_index().get(words)
    return found[0].key if found else (words[-1] if words else text)
