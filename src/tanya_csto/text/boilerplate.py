"""Boilerplate: the parts of a news page that are not the article. Marked as spans, never cut out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tanya_csto.text.spans import Span, outside

_LINE: Final = re.MULTILINE

RULES: Final[dict[str, re.Pattern[str]]] = {
    # everything from the tag list or the list of related news down to the end of the page
    "tail": re.compile(r"^(?:Tag|Berita Terkait)[ \t]*$[\s\S]*\Z", _LINE),
    # a link to another article, its headline on the same line or on the next
    "read-also": re.compile(r"^(?:Baca|Lihat|Simak) [Jj]uga[ \t]*:[ \t]*(?:\S.*|\n+.*\S.*)$", _LINE),
    # a link to a video, on a line that is hardly more: 'Simak juga video "Cara Membuat Kopi"'
    "watch-also": re.compile(r"^(?:Lihat|Saksikan|Simak|Tonton)(?: [Jj]uga)? [Vv]ideo\b.{,150}$", _LINE),
    # where and for whom it was written, in front of the first sentence: "Jakarta, CNBC Indonesia - ", "Suara.com - "
    "dateline": re.compile(
        r"^(?:[A-Z]\w+(?: [A-Z]\w+)?, [A-Z][\w.]*(?: [A-Z][\w.]*){0,2} [-–—] "
        r"|[\w.]+\.(?i:com|co|id|net|org)(?:\.id)? ?[-–—|] ?)(?=[\"'“‘(]?[A-Z\d])",  # a new sentence starts behind it
        _LINE,
    ),
    "next-article": re.compile(r"^Next Article\b.*$", _LINE),
    "embed": re.compile(r"\[Gambas:(?:(?!\[Gambas:)[^\]\n])*+\]"),
    # initials of reporter and editor: "(sef/sef)" on a line of its own, "[bay]" behind the last sentence
    "initials": re.compile(r"^\([a-z]{2,5}/[a-z]{2,5}\)[ \t]*$|\[[a-z]{2,5}\](?=[ \t]*$)", _LINE),
    "author": re.compile(r"^(?:Penulis|Editor|Reporter)[ \t]*:.*$", _LINE),
    # the credit of a syndicated photo, with the caption on the next line
    "photo": re.compile(r"^\d+h via \S.*(?:\n.*\S.*)?$", _LINE),
    # a line without a full stop, but for one in the source that closes it: "Foto para pemimpin (Militari.com)"
    "caption": re.compile(
        r"^(?:Ilustrasi|Foto)\b(?:[^.!?\n]*+$|(?:[^.!?\n(]*+\()++[^()\n]*+\)[ \t]*$)",
        _LINE,
    ),
    # the section of the newspaper: a few words above the headline, set off by an empty line
    "category": re.compile(r"\A\s*+(?:[^\W\d]++[ \t]*+){1,4}+\n[ \t]*\n(?=.*\S)"),
    "stray-number": re.compile(r"^\d{1,3}[ \t]*$", _LINE),
    "copyright": re.compile(r"^(?:©|\(c\)|All Rights? Reserved).*$", _LINE | re.IGNORECASE),
}


@dataclass(frozen=True, slots=True, order=True)
class Boilerplate:
    """A part of a page that is neither searched nor quoted, and the name of the rule that found it."""

    span: Span
    rule: str


def find_boilerplate(text: str) -> tuple[Boilerplate, ...]:
    """Return the boilerplate of `text` in order, white space trimmed; where rules overlap, the first rule keeps it.

    >>> [mark.span.of("Isi. [bay]") for mark in find_boilerplate("Isi. [bay]")]
    ['[bay]']
    """
    found: list[Boilerplate] = []
    for rule, pattern in RULES.items():
        taken = [mark.span for mark in found]
        free = outside((Span(*match.span()) for match in pattern.finditer(text)), taken)
        parts = (part.stripped(text) for part in free)
        found += [Boilerplate(part, rule) for part in parts if len(part)]
        found.sort(key=lambda mark: mark.span.start)
    return tuple(found)
