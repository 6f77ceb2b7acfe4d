"""A file that somebody was sent may cost a few seconds for each megabyte of it, a text one, however it is made."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import docx
import pytest

from tanya_csto.corpus.articles import MAX_LINES, load_corpus
from tanya_csto.corpus.documents import File
from tanya_csto.corpus.loaders.word import load
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.errors import CorpusError
from tests.conftest import CorpusWriter

SIZE = 1 << 20  # of XML
CPU = 3.0  # seconds

TABLE = b"<w:tbl><w:tblPr/><w:tblGrid/>%s</w:tbl>"
CELL = b"<w:tr><w:tc><w:tcPr>%s</w:tcPr><w:p><w:r><w:t>kakao</w:t></w:r></w:p></w:tc></w:tr>"
BODIES = {  # what is repeated, and what stands around it
    "paragraphs": (b"<w:p/>", b"%s"),
    "runs": (b"<w:r><w:t>a</w:t></w:r>", b"<w:p>%s</w:p>"),
    "empty runs": (b"<w:r/>", b"<w:p>%s</w:p>"),
    "line breaks": (b"<w:br/>", b"<w:p><w:r>%s</w:r></w:p>"),
    "cells": (b"<w:tc><w:p/></w:tc>", TABLE % b"<w:tr>%s</w:tr>"),
    "cells merged downwards": (CELL % b"<w:vMerge/>", TABLE),
    "cells merged sideways": (CELL % b'<w:gridSpan w:val="1000"/>', TABLE),
}


def word_file(body: bytes) -> bytes:
    """Return a Word file with `body` in front of what else its text has."""
    empty, made = BytesIO(), BytesIO()
    docx.Document().save(empty)
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<w:body>", b"<w:body>" + body))
    return made.getvalue()


@pytest.mark.parametrize(("unit", "around"), BODIES.values(), ids=BODIES)
def test_a_word_file_costs_in_proportion_to_its_xml(unit: bytes, around: bytes) -> None:
    data = word_file(around % (unit * (SIZE // len(unit))))
    start = time.process_time()
    load(File(data, "a.docx"))
    assert time.process_time() - start < CPU


INDEX = '[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "Kabar"\n'


@pytest.mark.parametrize("unit", ["a\n", "\n", "A! ", "1.\n", 'A.")\t', "a.\u2028B"])
def test_a_text_that_is_all_line_and_sentence_ends_is_no_article(write_corpus: CorpusWriter, unit: str) -> None:
    folder = write_corpus(INDEX, {"a.txt": unit * (SIZE // len(unit))})
    start = time.process_time()
    with pytest.raises(CorpusError, match=r"a\.txt: teksnya terdiri atas lebih dari 50000 baris atau kalimat"):
        load_corpus(folder)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("unit", ["a\n", "A! ", "Kopi gayo ditanam di Aceh. ", "Kopi gayo\n"])
def test_a_text_with_as_many_as_there_may_be_is_cut_within_a_second(write_corpus: CorpusWriter, unit: str) -> None:
    article = load_corpus(write_corpus(INDEX, {"a.txt": unit * MAX_LINES}))["a"]
    start = time.process_time()
    sentences = cut_sentences(article)
    assert len(cut_passages(sentences)) > 1
    assert time.process_time() - start < 1
    assert len(sentences) == MAX_LINES
