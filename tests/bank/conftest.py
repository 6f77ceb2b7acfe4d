"""The bank of the five articles with its classifiers, loaded once."""

from __future__ import annotations

import pytest

from tanya_csto.bank.opinion import Bank
from tanya_csto.bank.store import load
from tanya_csto.corpus.articles import Corpus
from tanya_csto.retrieval.index import Index


@pytest.fixture(scope="session")
def bank(corpus: Corpus, index: Index) -> Bank:
    assert corpus.bank is not None
    assert corpus.bank.folder is not None
    return Bank(corpus.bank, load(corpus.bank.folder), index)
