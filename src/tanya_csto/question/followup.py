"""Follow-ups: a question that leans on an earlier one, said so that it stands by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from tanya_csto.language.dates import date_parts
from tanya_csto.language.entities import in_row
from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.stems import roots
from tanya_csto.language.terms import Term
from tanya_csto.question.answer_type import is_generic
from tanya_csto.question.concepts import MAX_CONCEPTS, Concept, is_question_word, is_stop
from tanya_csto.question.parser import Question
from tanya_csto.question.parts import finished
from tanya_csto.text.spans import Span

_SHORTEST: Final = 3  # letters of a word that -nya hangs on
_EDGE: Final = " ?.!,;"
_VERBS: Final = ("me", "di", "ber", "bel", "ter")  # how verbs begin
MAX_RESOLUTIONS: Final = 4


def leans_on_earlier(question: Question) -> bool:
    """Tell whether a question points back ("berapa jumlahnya", "kalau NATO?"), or has no subject or nothing else."""
    return points_back(question) or is_substitution(question) or not question.names or _is_name(question)


def points_back(question: Question) -> bool:
    """Tell whether a word of a question stands for something said before: "berapa jumlahnya", "organisasi itu"."""
    return _pointer(question) is not None


def points_to_person(question: Question) -> bool:
    """Tell whether a question speaks of a person by a pronoun: "dia bilang apa"."""
    return any(term.token.norm in lexicon("question")["personal"] for term in question.terms)


def is_substitution(question: Question) -> bool:
    """Tell whether only something new is put in the place of the old: "kalau CSTO?", "kalau untuk umum?"."""
    return _names_new_subject(question) or _new_words(question) is not None


def _beside_name(question: Question) -> list[str] | None:
    """Return the folded words beside the one name of a question; None where it is about anything else."""
    if len(question.names) != 1 or not all(question.names[0].span.contains(each.span) for each in question.concepts):
        return None
    return [term.token.norm for term in question.terms if not question.names[0].span.contains(term.span)]


def _is_name(question: Question) -> bool:
    """Tell whether a question is one name and nothing else."""
    return _beside_name(question) == []


def _names_new_subject(question: Question) -> bool:
    """Tell whether a question has one name, and words that but link it: "bagaimana dengan Armenia?"."""
    lists, rest = lexicon("question"), _beside_name(question)
    if not rest:
        return False
    asking = lexicon("stop")["question"] if rest[0] in lists["contrasting"] else ()
    return {*rest} <= {*lists["linking"], *lists["pointing"], *lists["personal"], *asking}


def _new_words(question: Question) -> Sequence[Term] | None:
    """Return the words behind a linking one that neither ask nor point back; see `_linked`."""
    terms = _linked(question)
    says_nothing = all((is_stop(term) or _place(term)) and not _is_ordinal(term) for term in terms)
    return None if says_nothing or points_back(question) or len(question.names) > 1 else terms


def _linked(question: Question) -> Sequence[Term]:
    """Return the words behind a linking one that ask and do nothing, with what places them ("kalau untuk umum?").

    What is done may tell which one is meant ("yang berbahasa Indonesia?"), and which one of a row is may be asked once
    more ("yang pertama siapa?").
    """
    lists = lexicon("question")
    terms = list(dropwhile(lambda term: term.token.norm in lists["linking"], question.terms))
    before = question.terms[: len(question.terms) - len(terms)][-1:]
    ordinals = [term for term in terms if _is_ordinal(term)]
    if before and ordinals and all(term in ordinals or is_question_word(term) for term in terms):
        return ordinals
    tells_which = before and before[0].token.norm in lists["relative"] and not all(map(is_stop, terms[1:]))
    does = terms[1:] if tells_which else terms
    if not before or any(map(is_question_word, terms)) or any(_is_verb(term) and not _place(term) for term in does):
        return ()
    return [*before, *terms] if _place(before[0]) else terms


def _is_ordinal(term: Term) -> bool:
    """Tell whether a word tells one of a row from the others: "ketiga", "berikutnya"."""
    return bool(pattern("ordinal").fullmatch(term.token.norm))


def _place(term: Term) -> Sequence[str]:
    """Return the words that place something as this one does, such as prepositions; none where it does not."""
    return next((words for words in lexicon("entities")["prepositions"] if term.token.norm in words), ())


def names_no_subject(question: Question) -> bool:
    """Tell whether a question is about something done and says not by whom or to what: "kapan didirikan?"."""
    content = [term for term in question.terms if not is_stop(term)]
    return bool(content) and all(map(_is_verb, content))


def resolutions(question: Question, earlier: Question, person: str = "") -> tuple[str, ...]:
    """Return the ways to put in what a question leaves to the earlier one, likeliest first, at most `MAX_RESOLUTIONS`.

    `person` is the one who answers the earlier question, for whom "dia" stands.

    >>> from tanya_csto.question.parser import parse_question
    >>> resolutions(parse_question("anggotanya siapa?"), parse_question("Apa itu CSTO?"))
    ('anggota CSTO siapa?',)
    """
    alike = _asks_alike(question, earlier)
    if _names_new_subject(question) or _is_name(question):
        found = _substituted(question, earlier) if alike else []  # "kalau NATO kapan?"
    elif alike and (new := _new_words(question)):
        found = _with_new_words(question, new, earlier)
    elif not question.concepts and not (person and points_to_person(question)):
        found = [f"{question.text.rstrip(_EDGE)} {topic}?" for topic in _topics(earlier)]  # "kenapa?", "kapan itu?"
    elif subjects := _subjects(question, earlier, person):
        found = [*_of_its_subject(question, earlier), *(_with_subject(question, subject) for subject in subjects)]
    else:
        found = [f"{question.text.rstrip(_EDGE)}, {topic}?" for topic in _topics(earlier)]
    return tuple(dict.fromkeys(found))[:MAX_RESOLUTIONS]


def _subjects(question: Question, earlier: Question, person: str) -> list[str]:
    """Return what a pronoun may stand for.

    These are the names of the earlier question, the last of them with the nouns before it ("pasukan penjaga perdamaian
    CSTO"), and the person who answers it; for a person that one, and who stands before "siapa" ("putin bertemu siapa").
    """
    if person and points_to_person(question):
        asked = next((term.span.start for term in earlier.terms if is_question_word(term)), 0)
        return [person, *(_titled(each, earlier) for each in earlier.concepts[:1] if each.span.start < asked)]
    if earlier.names:
        last = earlier.names[-1]
        phrase = earlier.text[_phrase_start(earlier, last) : last.span.start] + _usual(last)
        subjects = [*map(_usual, reversed(earlier.names)), phrase]
    elif points_to_person(question):
        return [_titled(concept, earlier) for concept in earlier.concepts[:1]]
    else:
        subjects = []
    return [*subjects, person] if person else subjects


def _phrase_start(question: Question, name: Concept) -> int:
    """Return where the noun phrase that ends in a name starts: no verb and no word of grammar belongs to it."""
    start = name.span.start
    for term in reversed([term for term in question.terms if term.span.end <= start]):
        is_name = term.token.is_capitalised and term is not question.terms[0]
        names_kind = is_generic(term) and not is_name  # "negara Rusia", but "SMP Negeri 3 Bogor"
        if start - term.span.end > 1 or is_stop(term) or names_kind or _is_verb(term):
            break
        start = term.span.start
    return start


def _is_verb(term: Term) -> bool:
    return term.token.norm.startswith(_VERBS) and not term.token.norm.startswith(term.stem)


def _with_subject(question: Question, subject: str) -> str:
    pointer = _pointer(question)
    if pointer is None:
        return _inserted(question, subject)
    word = pointer.token.surface
    kept = f"{word[:-3]} " if word.casefold().endswith("nya") else ""
    already = subject.casefold().startswith(kept.casefold())  # "ketuanya", of "ketua pansus DPRD"
    return _replaced(question.text, pointer.span, subject if already else kept + subject)


def as_sentence(question: Question) -> str:
    """Return a question as a person would write it down: names as usual, a capital in front, a question mark behind.

    >>> from tanya_csto.question.parser import parse_question
    >>> as_sentence(parse_question("kapan csto didirikan"))
    'Kapan CSTO didirikan?'
    """
    text = question.text
    for name in reversed(question.names):
        text = _replaced(text, name.span, _usual(name))
    return finished(text)


def _substituted(question: Question, earlier: Question) -> list[str]:
    """Return the earlier question with its subject replaced by the new one: first what is of the new one's kind."""
    (new,), names = question.names, earlier.names[::-1]
    same = [name for name in names if _sort(name) == _sort(new)]
    return [_replaced(earlier.text, _row(earlier, old), _usual(new)) for old in same or names]


def _asks_alike(question: Question, earlier: Question) -> bool:
    """Tell whether a question asks by no other word than the earlier one."""
    asking = [{term.token.norm for term in each.terms if is_question_word(term)} for each in (question, earlier)]
    return asking[0] - {*lexicon("question")["linking"]} <= asking[1]


def _row(question: Question, name: Concept) -> Span:
    """Return where a name and those in a row with it stand: "Finlandia dan Swedia"."""
    span = name.span
    for other in (*question.names, *reversed(question.names)):
        if in_row(span, other.span, question.text) or in_row(other.span, span, question.text):
            span = Span(min(span.start, other.span.start), max(span.end, other.span.end))
    return span


def _of_its_subject(question: Question, earlier: Question) -> list[str]:
    """Return the earlier question asked of what belongs to its subject: "kalau adiknya?" of "apa kerja Nona?"."""
    pointer, terms = _pointer(question), _linked(question)
    if pointer is None or not terms or not pointer.token.norm.endswith("nya"):
        return []
    first = terms[1] if _place(terms[0]) and len(terms) > 1 else terms[0]
    words = question.text[first.span.start : pointer.span.end - len("nya")]
    rest = question.text[pointer.span.end : terms[-1].span.end]
    return [_replaced(earlier.text, name.span, f"{words} {_usual(name)}{rest}") for name in reversed(earlier.names)]


def _with_new_words(question: Question, new: Sequence[Term], earlier: Question) -> list[str]:
    """Return the earlier question with new words in the place of those like them, or placed alike; else behind it.

    Words with a name take the place of those with its last name that is placed alike ("dari Jakarta"), or of the kind:
    "presiden Rusia" of "raja Inggris"; a date or an ordinal that of another: "yang ketiga?". Else an ordinal stands
    behind the last name, and what nothing places may take the place of what ends the earlier question: "untuk dewasa",
    "kalau anak-anak?".
    """
    text, terms, place = earlier.text, earlier.terms, _place(new[0])
    words = question.text[new[0].span.start : new[-1].span.end]
    content = new[1:] if place else new
    bare = question.text[content[0].span.start : new[-1].span.end]
    stems = {term.stem for term in content if not is_stop(term)}
    for name in question.names:
        alike = [each for each in earlier.names if _placed_by(each, earlier) in place]
        for old in (alike or [each for each in earlier.names if _sort(each) == _sort(name)])[-1:]:
            start = _phrase_start(earlier, old)
            said_anew = (term.span.start for term in terms if term.stem in stems and term.span.end == start - 1)
            return [_replaced(text, Span(next(said_anew, start), old.span.end), bare if alike else words)]
    if same := _of_same_kind(bare, text):
        return [_replaced(text, same, bare)]
    if starts := [at for at, term in enumerate(terms) if term.stem in stems]:
        return [_replaced(text, _phrase_from(starts[-1], earlier, len(content)), bare)]
    if starts := [at for at, term in enumerate(terms) if term.token.norm in place]:
        return [_replaced(text, _phrase_from(starts[-1], earlier), words)]
    if _is_ordinal(new[0]) and earlier.names:
        behind = earlier.names[-1].span.end
        return [f"{text[:behind]} {words}{text[behind:]}"]
    phrases = [_phrase_from(at + 1, earlier) for at, term in enumerate(terms[:-1]) if _place(term)]
    ends = [span for span in phrases if not place and span.end == terms[-1].span.end]
    return [*(_replaced(text, span, words) for span in ends), f"{text.rstrip(_EDGE)} {words}?"]


def _of_same_kind(words: str, text: str) -> Span | None:
    """Return where a text last states what gives way to the words, if anything does.

    To an ordinal another one does, or "sekarang"; to a date another one of the same parts.
    """
    if pattern("ordinal").fullmatch(words):
        found = pattern("ordinal_or_now").finditer(text)
    elif pattern("date").fullmatch(words):
        parts = date_parts(words).keys()
        found = (each for each in pattern("date").finditer(text) if date_parts(each.group()).keys() == parts)
    else:
        return None
    return max((Span(*each.span()) for each in found), default=None)


def _placed_by(name: Concept, question: Question) -> str:
    """Return the folded word in front of the noun phrase that ends in a name; empty where none is."""
    start = _phrase_start(question, name)
    return next((term.token.norm for term in reversed(question.terms) if term.span.end <= start), "")


def _phrase_from(start: int, question: Question, most: int = MAX_CONCEPTS) -> Span:
    """Return where the phrase that begins with a term stands, with all members of a row ("Finlandia dan Swedia").

    It has at most `most` terms, or as many as it has members.
    """
    end, terms = start, question.terms
    for at, term in enumerate(terms[start + 1 :], start + 1):
        joined = at < len(terms) - 1 and pattern("joins").fullmatch(
            question.text, terms[end].span.end, terms[at + 1].span.start
        )
        behind = at - start >= most or (is_stop(term) and len(term.token.norm) > 1)  # "golongan A" is one
        if _is_verb(term) or (behind and not joined):
            break
        end = end if joined else at
    return Span(terms[start].span.start, terms[end].span.end)


def _inserted(question: Question, subject: str) -> str:
    """Return the question with its subject in front of what it does, or behind the words that it belongs to."""
    content = [term for term in question.terms if not is_stop(term)] or question.terms
    first, last = content[0], content[-1]
    passive = last.token.norm.startswith("di") and last.stem != last.token.norm
    if question.answer_type == "reason" or (question.answer_type in ("date", "manner") and _is_verb(first)):
        at = first.span.start
    else:
        at = last.span.start if passive else last.span.end
    before, behind = question.text[:at].rstrip(), question.text[at:]
    return f"{before} {subject}{'' if behind[:1] in ('', *_EDGE) else ' '}{behind}"


def _pointer(question: Question) -> Term | None:
    """Return the term that points back to what was said before, if any."""
    lists = lexicon("question")
    for before, term in zip((None, *question.terms), question.terms, strict=False):
        word = term.token.norm
        if word in lists["personal"] or _hangs_on(word):
            return term
        if word not in lists["pointing"]:
            continue
        if word not in lists["demonstrative"]:
            return term
        if before is None or not (question.names or is_stop(before)):  # "itu di mana", "organisasi itu", not "apa itu"
            return term
    return None


def _hangs_on(word: str) -> bool:
    bare = word.removesuffix("nya")
    return (
        bare != word and len(bare) >= _SHORTEST and word not in lexicon("question")["pointless"] and word not in roots()
    )


def _titled(concept: Concept, question: Question) -> str:
    return concept.span.of(question.text).title()


def _usual(concept: Concept) -> str:
    """Return a name as it is usually written, where it was typed in small letters."""
    if concept.name is None or not concept.surface.islower():
        return concept.surface
    usual = concept.name.key
    return usual if usual.casefold() == concept.surface else concept.surface.title()


def _topics(question: Question) -> list[str]:
    """Return the words of a question from its first concept to its last, if any."""
    concepts = question.concepts
    return [question.text[concepts[0].span.start : concepts[-1].span.end]] if concepts else []


def _replaced(text: str, span: Span, words: str) -> str:
    return text[: span.start] + words + text[span.end :]


def _sort(concept: Concept) -> str | None:
    return concept.name.kind if concept.name else None
