"""The one surface of a question: the form in which the reader was trained on questions and is asked them."""

from __future__ import annotations

import re
import unicodedata

_END = " ?!.,;:…"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'"})
_SPACE = re.compile(r"\s+")


def normalise_question(question: str) -> str:
    """Return `question` in NFC, lower case, plain quotes and single spaces, with one "?" at the end.

    Capitals, doubled spaces and a missing question mark tell answerable from unanswerable questions in the
    training data (IDK-MRC's unanswerable ones were written in another style); with one surface they can tell
    nothing.

    >>> normalise_question("  Kapan   CSTO didirikan ")
    'kapan csto didirikan?'
    """
    plain = unicodedata.normalize("NFC", question).translate(_QUOTES)
    return _SPACE.sub(" ", plain).strip().rstrip(_END).lower() + "?"
