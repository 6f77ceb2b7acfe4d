"""Loading takes time in proportion to the text, whatever the text is: eight times as much takes about eight times."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanya_csto.corpus.articles import Article
from tanya_csto.corpus.passages import cut_passages, cut_sentences
from tanya_csto.text.boilerplate import find_boilerplate

SHORT, TIMES = 25_000, 8
SLACK = 0.1  # seconds, for what else the machine does

UNITS = (
    "a", " ", "\n", "\t", ".", "(", ")", '"', "[", "A. ", "kata ", "Satu. ", "Foto ", "Foto (x", "[Gambas:", "[bay] ",
    "Tag\n", "Baca juga:\n", "50\n", "24h via a\n", "Suara.com - ", "Jakarta, A ", "(sef/sef)", "Judul\n", "©", ". (",
)  # fmt: skip
pieces = st.lists(st.sampled_from(UNITS), min_size=1, max_size=3).map("".join)


def load(text: str) -> float:
    """Return the processor time that an article takes from its text to its passages, the shorter of two tries."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        cut_passages(cut_sentences(Article("a", "Kabar", text, boilerplate=find_boilerplate(text))))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.slow
@settings(max_examples=15)
@given(pieces | st.just(""), pieces, pieces | st.just(""))
def test_time_grows_with_the_text_and_no_faster(start: str, unit: str, end: str) -> None:
    long, short = (load(start + unit * (size // len(unit)) + end) for size in (SHORT * TIMES, SHORT))
    assert long < 3 * TIMES * short + SLACK, (start, unit, end)
