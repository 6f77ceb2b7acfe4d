"""Subjects: whether a sentence speaks of someone or something else than the question does."""

from __future__ import annotations

from typing import Final

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.names import name_index, words_of
from tanya_csto.question.question import Question
from tanya_csto.search.concepts import Concept
from tanya_csto.search.index import Unit
from tanya_csto.search.retrieval import Evidence, Match
from tanya_csto.text.spans import Span

_NEXT: Final = 2  # code points between two neighbouring words


def of_another(question: Question, evidence: Evidence) -> bool:
    """Tell whether a sentence gives the role that is asked for to another's holder, or is about another organisation.

    "Perdana Menteri Armenia Nikol Pashinyan" does not answer who is prime minister of Kazakhstan, nor does "CSTO
    didirikan pada 1992" when NATO was founded.
    """
    return _role_of_another(question, evidence) or _about_another_organisation(evidence)


def is_role(concept: Concept) -> bool:
    """Tell whether a concept is a role that a person holds ("presiden", "sekjen")."""
    return any(word in lexicon("entities")["roles"] for form in concept.forms for word in form)


def _names_role(concept: Concept) -> bool:
    """Tell whether a role is asked for by its name; "pemimpin" may be any of them."""
    return any(word in lexicon("entities")["roles"] for word in next(iter(concept.forms)))


def owners(question: Question, role: Concept) -> tuple[Concept, ...]:
    """Return whose role is asked for: the name behind it, or else the names of the earlier question."""
    names = [concept for concept in question.concepts if concept.kind == "name"]
    behind = [name for name in names if not name.carried and 0 <= name.span.start - role.span.end <= _NEXT]
    return tuple(behind or (name for name in names if name.carried))


def _role_of_another(question: Question, evidence: Evidence) -> bool:
    roles = [match for match in evidence.matches if _names_role(match.concept) and not match.concept.carried]
    if question.kind != "person" or not roles or not (asked := owners(question, roles[-1].concept)):
        return False
    own = [span for match in evidence.matches if match.concept in asked for span in match.spans]
    held = [_name_behind(evidence.unit, span) for span in roles[-1].spans]
    return bool(held) and all(name is not None and name not in own for name in held)


def _name_behind(unit: Unit, role: Span) -> Span | None:
    """Return the name of the country or organisation that follows a role at once, or None."""
    return next(
        (
            entity.span
            for entity in unit.entities
            if entity.kind in ("place", "org") and 0 <= entity.span.start - role.end <= _NEXT
        ),
        None,
    )


def _about_another_organisation(evidence: Evidence) -> bool:
    """Tell whether a sentence starts with a known organisation and leaves out each of those that are asked about."""
    asked = [match for match in evidence.matches if _is_organisation(match)]
    sentence = evidence.unit.sentence
    starts = any(
        entity.span.start == sentence.span.start and name_index().get(words_of(entity.span.of(sentence.article.text)))
        for entity in evidence.unit.entities
        if entity.kind == "org"
    )
    return bool(asked) and starts and not any(match.spans for match in asked)


def _is_organisation(match: Match) -> bool:
    return match.concept.name is not None and match.concept.name.kind == "organisation"
