"""Framing: what people put around a question that is no part of it."""

from __future__ import annotations

from tanya_csto.language.lexicon import pattern
from tanya_csto.language.tokens import tokenize


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


def _is_about_asker(sentence: str) -> bool:
    words = " ".join(token.norm for token in tokenize(sentence))
    return bool(pattern("about_asker").match(words)) and not pattern("asking").search(words)
