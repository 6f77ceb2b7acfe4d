"""Framing: what people put around a question that is no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from tanya_csto.language.lexicon import lexicon, pattern
from tanya_csto.language.terms import Term
from tanya_csto.language.tokens import tokenize, words_of
from tanya_csto.question.answer_type import clauses
from tanya_csto.question.smalltalk import fillers, phrase_at
from tanya_csto.text.spans import Span


def without_frame(message: str) -> str:
    """Return a message without what only asks to be told, in front and behind, and what the asker says of himself.

    >>> without_frame("Mohon informasinya, kapan CSTO didirikan? Terima kasih.")
    'kapan CSTO didirikan?'
    """
    sentences = pattern("between_sentences").split(message)
    asking = [each for each in sentences if len(sentences) > 1 and not _is_about_asker(each)]
    text = " ".join(asking) if 0 < len(asking) < len(sentences) else message
    text = pattern("label").sub("", pattern("reactions").sub("", text))
    tokens = tokenize(text)
    norms = [token.norm for token in tokens]
    opener, closer = pattern("opener").match(" ".join(norms)), pattern("closer").search(" ".join(norms))
    first = len(opener.group().split()) if opener and pattern("told").search(opener.group()) else 0
    last = len(tokens) - (len(closer.group().split()) if closer else 0)
    if first >= last or pattern("reacting").fullmatch(" ".join(norms[first:last])):
        return message  # there is no question in it
    start, end = tokens[first].span.start, tokens[last - 1].span.end
    behind = text[end:] if closer is None else "?" if "?" in text[end:] else ""
    return text[start:end] + behind


def without_greeting(question: str) -> str:
    """Return the question without the greeting in front of it: "Halo min, apa itu CSTO?" -> "apa itu CSTO?"."""
    tokens = tokenize(question)
    words = tuple(token.norm for token in tokens)
    position = 0
    while position < len(words):
        talk, width = phrase_at(words, position)
        if talk not in ("greeting", "wellbeing") and not (position and words[position] in fillers()):
            break
        position += max(width, 1)
    return question[tokens[position].span.start :] if 0 < position < len(tokens) else question


def find_asides(terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return the clauses in which the asker excuses or explains himself ("maafkan orang tua ini, ...")."""
    found = list(clauses(terms))
    return tuple(
        Span(clause[0].span.start, clause[-1].span.end)
        for clause in found
        if len(found) > 1
        and pattern("aside").search(" ".join(term.token.norm for term in clause))
        and not any(term.token.norm in lexicon("stop")["question"] for term in clause)
    )


def _is_about_asker(sentence: str) -> bool:
    words = " ".join(words_of(sentence))
    return bool(pattern("about_asker").match(words)) and not pattern("asking").search(words)
