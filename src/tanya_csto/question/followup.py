"""Follow-ups: a question that leans on an earlier one, said so that it stands by itself."""

from __future__ import annotations

from typing import Final

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.stems import roots
from tanya_csto.language.terms import Term
from tanya_csto.question.concepts import Concept, is_stop
from tanya_csto.question.parser import Question

_SHORTEST: Final = 3  # letters of a word that -nya hangs on
_EDGE: Final = " ?.!,;"


def leans_on_earlier(question: Question) -> bool:
    """Tell whether a question points back ("berapa jumlahnya", "kalau NATO?") or names no subject of its own."""
    return bool(_pointer(question)) or is_substitution(question) or _last_name(question) is None


def points_to_person(question: Question) -> bool:
    """Tell whether a question speaks of a person by a pronoun: "dia bilang apa"."""
    return any(term.token.norm in lexicon("question")["personal"] for term in question.terms)


def is_substitution(question: Question) -> bool:
    """Tell whether only a new subject is put in the place of the old: "kalau CSTO?", "bagaimana dengan Armenia?"."""
    lists = lexicon("question")
    names = [concept for concept in question.concepts if concept.kind == "name"]
    rest = [term for term in question.terms if not any(concept.span.contains(term.span) for concept in names)]
    return (
        len(names) == len(question.concepts) == 1
        and bool(rest)
        and all(term.token.norm in (*lists["linking"], *lists["pointing"], *lists["personal"]) for term in rest)
    )


def resolve(question: Question, earlier: Question, person: str = "") -> str | None:
    """Return a question with what it leaves to the earlier one put in; None where that has nothing to give.

    `person` is the one who answers the earlier question, for whom "dia" stands.

    >>> from tanya_csto.question.parser import parse_question
    >>> resolve(parse_question("anggotanya siapa?"), parse_question("Apa itu CSTO?"))
    'anggota CSTO siapa?'
    """
    if is_substitution(question):
        return _substituted(question, earlier)
    if not any(not is_stop(term) for term in question.terms):  # "kenapa?", "kapan itu?"
        topic = _topic(earlier)
        return f"{question.text.rstrip(_EDGE)} {topic}?" if topic else None
    name = _last_name(earlier)
    subject = person or (_usual(name) if name else "")
    if not subject:
        topic = _topic(earlier)
        return f"{question.text.rstrip(_EDGE)}, {topic}?" if topic else None
    if pointer := _pointer(question):
        start, end = pointer.span.start, pointer.span.end
        word = question.text[start:end]
        kept = f"{word[:-3]} " if word.casefold().endswith("nya") else ""
        return f"{question.text[:start]}{kept}{subject}{question.text[end:]}"
    return _inserted(question, subject)


def as_sentence(question: Question) -> str:
    """Return a question as a person would write it down: names as usual, a capital in front, a question mark behind.

    >>> from tanya_csto.question.parser import parse_question
    >>> as_sentence(parse_question("kapan csto didirikan"))
    'Kapan CSTO didirikan?'
    """
    text = question.text
    for concept in sorted(question.concepts, key=lambda concept: -concept.span.start):
        if concept.kind == "name":
            text = text[: concept.span.start] + _usual(concept) + text[concept.span.end :]
    bare = text.strip().rstrip(_EDGE)
    return f"{bare[:1].upper()}{bare[1:]}?"


def _substituted(question: Question, earlier: Question) -> str | None:
    """Return the earlier question with its subject replaced by the new one."""
    new = next(concept for concept in question.concepts if concept.kind == "name")
    names = [concept for concept in earlier.concepts if concept.kind == "name"]
    old = next((name for name in reversed(names) if _sort(name) == _sort(new)), names[-1] if names else None)
    if old is None:
        return None
    return earlier.text[: old.span.start] + _usual(new) + earlier.text[old.span.end :]


def _inserted(question: Question, subject: str) -> str:
    """Return the question with its subject before a passive verb at its end, else at the end itself."""
    content = [term for term in question.terms if not is_stop(term)]
    last = content[-1]
    at = last.span.start if last.token.norm.startswith("di") and last.stem != last.token.norm else last.span.end
    before, behind = question.text[:at].rstrip(), question.text[at:]
    return f"{before} {subject}{'' if behind[:1] in ('', *_EDGE) else ' '}{behind}"


def _pointer(question: Question) -> Term | None:
    """Return the term that points back to what was said before, if any."""
    lists = lexicon("question")
    named = _last_name(question) is not None
    for before, term in zip((None, *question.terms), question.terms, strict=False):
        word = term.token.norm
        if word in lists["personal"] or _hangs_on(word):
            return term
        if word not in lists["pointing"]:
            continue
        if word not in lists["demonstrative"]:
            return term
        if before is None or (not named and not is_stop(before)):  # "itu di mana", "organisasi itu", not "apa itu"
            return term
    return None


def _hangs_on(word: str) -> bool:
    bare = word.removesuffix("nya")
    return (
        bare != word and len(bare) >= _SHORTEST and word not in lexicon("question")["pointless"] and word not in roots()
    )


def _last_name(question: Question) -> Concept | None:
    return next((concept for concept in reversed(question.concepts) if concept.kind == "name"), None)


def _usual(concept: Concept) -> str:
    """Return a name as it is usually written, where it was typed in small letters."""
    return concept.name.key if concept.name and concept.surface.islower() else concept.surface


def _topic(question: Question) -> str:
    """Return the words of a question from its first concept to its last."""
    spans = [concept.span for concept in question.concepts]
    return question.text[min(spans).start : max(spans).end] if spans else ""


def _sort(concept: Concept) -> str | None:
    return concept.name.kind if concept.name else None
