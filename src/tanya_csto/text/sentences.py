"""Sentences: where one ends in Indonesian news text, told by spans that slice back exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tanya_csto.text.spans import Span

ABBREVIATIONS: Final = frozenset(
    "a.n abd bpk brigjen brigpol dkk dll dr dra drg drh drs dsb dst gbr gg hal hj hlm ir irjen jend jl jln jr kab "
    "kapt kec kel kol kombes komjen laksda laksma letjen letkol lih ltd m.a marsda mayjen mgr moh mr mrs muh no ny "
    "pdt prof prov pt rp s.d sda sdr sdri st tbk tgk tgl tn ust vs ybs yth".split()
)

MAX_SENTENCE: Final = 2000  # characters; what is longer is a table or a broken page, and is cut at white space

# a full stop, question or exclamation mark or ellipsis, then closing quotes and brackets, then white space
_TERMINATOR: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_END: Final = re.compile(r"\n|[.!?…][\"'”’»)\]]*+[^\S\n]")  # of a line, or of what may be a sentence in it
_NEXT: Final = re.compile(r"\s*+([\"'“‘«(\[]*+)(.?)")  # opening quotes and brackets, and the letter behind them
_LAST_WORD: Final = re.compile(r"[^\s\"'“”‘’«(\[]+$")
_LAST_LETTERS: Final = max(map(len, ABBREVIATIONS)) + 1  # of a word, which tell whether it is an abbreviation
_ITEM: Final = re.compile(r"(?:.*\n)?[^\S\n]*(?:[1-9][0-9]?|[a-z])\.", re.DOTALL)
_ITEM_LETTERS: Final = 12  # with which an item begins, and white space before them
_PIECE: Final = re.compile(rf"\S(?:.{{0,{MAX_SENTENCE - 2}}}\S)?(?!\S)|\S{{{MAX_SENTENCE}}}")


def split_sentences(text: str, within: Span) -> tuple[Span, ...]:
    """Return the sentences of `text` inside `within`, in order, white space between them left out.

    A line never holds part of the sentence on the next one, so a heading, or a paragraph without its full stop, ends
    where its line ends. Numbers ("3.600"), dates ("25/2/2022"), addresses ("id.rbth.com"), initials and abbreviations
    do not end a sentence; a quotation mark behind the full stop belongs to the sentence that it closes.

    >>> text = 'Jumlahnya 3.600 orang. "Benar," kata dr. Ani.'
    >>> [span.of(text) for span in split_sentences(text, Span(0, len(text)))]
    ['Jumlahnya 3.600 orang.', '"Benar," kata dr. Ani.']
    """
    sentences: list[Span] = []
    start, stop = within.start, within.end
    for end in (*_boundaries(text, start, stop), stop):
        sentences += [Span(*piece.span()) for piece in _PIECE.finditer(text, start, end)]
        start = end
    return tuple(sentences)


def count_ends(text: str) -> int:
    """Return how many lines and sentences end in `text` at most, long before they are worked out.

    >>> count_ends("Benar. Jumlahnya 3.600 orang. Ya")
    2
    """
    return sum(1 for _ in _END.finditer(text))


def _boundaries(text: str, start: int, stop: int) -> Iterator[int]:
    for match in _TERMINATOR.finditer(text, start, stop):
        end = match.end()
        if _opens_sentence(text, end, stop) and not (_abbreviates(text, start, end) or _numbers_item(text, start, end)):
            yield end


def _opens_sentence(text: str, start: int, end: int) -> bool:
    found = _NEXT.match(text, start, end)
    openers, first = found.groups() if found else ("", "")
    return bool(first) and not first.islower() and (first.isalnum() or bool(openers))


def _abbreviates(text: str, start: int, end: int) -> bool:
    if text[end - 1] != ".":
        return False
    found = _LAST_WORD.search(text, max(start, end - 1 - _LAST_LETTERS), end - 1)
    word = found.group() if found else ""
    return word.casefold() in ABBREVIATIONS or (len(word) == 1 and word.isupper())


def _numbers_item(text: str, start: int, end: int) -> bool:
    """Tell whether a full stop belongs to the number or letter in front of an item, with which its line begins."""
    return bool(_ITEM.fullmatch(text[max(start, end - _ITEM_LETTERS) : end]))
