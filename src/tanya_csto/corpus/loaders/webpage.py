"""Web pages: the article in one, and what the page states about it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted

from tanya_csto.corpus.documents import BETWEEN_CELLS, Document, File
from tanya_csto.corpus.files import decoded
from tanya_csto.errors import CorpusError

_CHARSET: Final = re.compile(rb"<meta[^<>]+charset\s*+=\s*+[\"']?+\s*+([\w-]+)", re.IGNORECASE)
_RULES: Final = re.compile(r"^\|(?:---\|)+ *\n", re.MULTILINE)  # under the head of a table, as trafilatura writes one
_ROW: Final = re.compile(r"^\| (.*?) \| *$", re.MULTILINE)
_SENTENCE: Final = 8  # words that no entry of a menu has
_HEAD: Final = 4096  # the bytes in which a page has to say how it is encoded
_STATED_DATES: Final = {"extensive_search": False, "original_date": True}  # no guess from other numbers of the page


def load(file: File) -> tuple[Document, ...]:
    """Return the article of a page, one paragraph a line, with its title, outlet, date and address as far as stated.

    Raises:
        CorpusError: the page holds no article, or is not in the encoding that it states.
    """
    found = bare_extraction(
        _text(file),
        favor_recall=True,  # else a list in a short page goes missing
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_STATED_DATES,
    )
    text = _without_pipes(found.text or "") if isinstance(found, Extracted) else ""
    is_article = any(len(line.split()) >= _SENTENCE for line in text.splitlines())  # and no menu
    if not isinstance(found, Extracted) or not is_article:
        raise CorpusError("document-no-article", source=file.source)
    url = found.url if re.match("https?://", found.url or "") else None
    site = found.sitename
    document = file.document(
        text,
        outlet=None if site and url and site in url else site,  # a name taken from the address states nothing
        title=found.title,
        published=found.date,
        url=url,
    )
    return (document,)


def _without_pipes(text: str) -> str:
    """Return the text with its tables as rows alone, their cells apart as in the tables of other files."""
    return _ROW.sub(lambda row: BETWEEN_CELLS.join(filter(None, row[1].split(" | "))), _RULES.sub("", text))


def _text(file: File) -> str:
    declared = _CHARSET.search(file.data[:_HEAD])
    for encoding in ("utf-8-sig", declared[1].decode() if declared else "utf-8"):
        with suppress(LookupError, UnicodeError):
            return file.data.decode(encoding)
    return decoded(file.data, file.source)
