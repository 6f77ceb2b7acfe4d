"""Feeds and sitemaps on the disk: the entries' own content, or the files beside a sitemap that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from os.path import isfile
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from tanya_csto.corpus.documents import BETWEEN_CELLS, Document, File, slug
from tanya_csto.corpus.loaders import LOADERS, read_documents
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say

Element = Any  # of lxml, which has no types

_BLOCKS: Final = frozenset(
    "address article blockquote br dd div dt figcaption h1 h2 h3 h4 h5 h6 li p section tr".split()
)
_CELLS: Final = ("td", "th")
_BLANKS: Final = re.compile(r"\s+")
_ENCODED: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DATE: Final = "{http://purl.org/dc/elements/1.1/}date"


def load(file: File) -> tuple[Document, ...]:
    """Return the entries of an RSS or Atom file, or the articles in the files that a sitemap names.

    Nothing is fetched: a sitemap's address stands for the file of that path in the folder of the sitemap.

    Raises:
        CorpusError: it is no feed and no sitemap, or a file that it names is not there or cannot be read.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(file.data, parser)
    except etree.XMLSyntaxError:
        root = None
    kind = None if root is None else etree.QName(root).localname
    if kind == "urlset":
        return tuple(_page(url, file) for url in root.iter("{*}url"))
    if kind in ("rss", "RDF", "feed"):
        outlet = next(_own(next(root.iter("{*}channel"), root), "title"), None)
        entries = enumerate(root.iter("{*}item", "{*}entry"), start=1)
        return tuple(
            _entry(item, outlet, say("place-entry", source=file.source, number=number)) for number, item in entries
        )
    raise CorpusError("document-no-feed", source=file.source)


def _entry(item: Element, outlet: str | None, source: str) -> Document:
    named = (each for each in _children(item, "link") if each.get("rel") in (None, "alternate"))
    links = ((each.get("href") or each.text or "").strip() for each in named)
    return Document(
        source,
        _plain(next(_own(item, _ENCODED, "content", "description", "summary"), "")),
        outlet=outlet,
        title=next(_own(item, "title"), None),
        published=next(_own(item, "pubDate", "published", _DATE), None),
        url=next((link for link in links if link.startswith(("http://", "https://"))), None),
    )


def _page(url: Element, sitemap: File) -> Document:
    address = _text(url, "loc") or ""
    try:
        file = next(filter(isfile, _files(sitemap.path.parent, address)), None)
    except (ValueError, RuntimeError):  # no address, one that no file can have, or links in a circle
        file = None
    if file is None:
        raise CorpusError("sitemap-file-missing", source=sitemap.source, address=address)
    if LOADERS.get(file.suffix.lower()) == "feed":
        raise CorpusError("sitemap-names-feed", source=sitemap.source, address=address)
    document = read_documents(file)[0]
    return replace(
        document,
        id=slug(PurePosixPath(unquote(urlsplit(address).path)).stem),
        url=document.url or (address if address.startswith("http") else None),
        outlet=document.outlet or _text(url, "name"),
        title=document.title or _text(url, "title"),
        published=document.published or _text(url, "publication_date"),
    )


def _files(folder: Path, address: str) -> Iterator[Path]:
    """Return where the file of an address may lie: under its host, its path or its name, never outside the folder."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    for name in (f"{parts.hostname or '.'}/{path}", path, PurePosixPath(path).name):
        for each in (name, f"{name}.html", f"{name}/index.html"):
            file = (folder / each).resolve()
            if file.is_relative_to(folder.resolve()):
                yield file


def _plain(content: str) -> str:
    """Return the text of a piece of HTML, a block a line."""
    parser = html.HTMLParser(encoding="utf-8")
    root = html.fragment_fromstring(content.encode("utf-8", "replace"), create_parent="div", parser=parser)
    etree.strip_elements(root, "script", "style", etree.Comment, with_tail=False)
    for element in root.iter():
        edge = "\n" if element.tag in _BLOCKS else ""  # a line break of the source is no more than a blank
        before = BETWEEN_CELLS if element.tag in _CELLS and element.getprevious() is not None else edge
        element.text = before + _BLANKS.sub(" ", element.text or "")
        element.tail = edge + _BLANKS.sub(" ", element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def _own(element: Element, *names: str) -> Iterator[str]:
    """Yield the texts of the children of these names, in their order; of one that holds elements, its HTML."""
    for found in _children(element, *names):
        text = "".join(found.itertext())
        if found.find("*") is not None:
            for each in found.iter(etree.Element):
                each.tag = etree.QName(each).localname
            text = etree.tostring(found, method="html", encoding="unicode", with_tail=False)
        if text.strip():
            yield text.strip()


def _children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of each name in turn that are of the element's own namespace, where the name has none."""
    namespace = etree.QName(element).namespace
    for name in names:
        yield from element.findall(name if name.startswith("{") else etree.QName(namespace, name))


def _text(element: Element, name: str) -> str | None:
    """Return the text of the first element of this name inside that has one."""
    texts = ("".join(found.itertext()).strip() for found in element.iter(f"{{*}}{name}"))
    return next(filter(None, texts), None)
