"""The comparer: sentences that answer one question belong together, whatever they say."""

from __future__ import annotations

import pytest

from tanya_csto.models.comparer import SentenceComparer
from tanya_csto.models.networks import Networks

DEAD = "Berapa korban tewas akibat longsor di tambang itu?"
SAID = "Longsor di tambang emas liar itu menewaskan 14 orang, kata kepala BPBD setempat, Kamis malam."
OTHERWISE = "Korban meninggal akibat longsor di tambang itu berjumlah 19 orang, menurut polisi."
ELSEWHERE = "Pemilik lahan menyewakan lokasi itu dengan tarif Rp 5 juta per bulan, menurut polisi."


@pytest.fixture
def comparer(networks: Networks) -> SentenceComparer:
    return networks.comparer


def test_two_sentences_that_answer_are_told_from_one_that_speaks_of_something_else(comparer: SentenceComparer) -> None:
    both, one = comparer.same_matter(DEAD, SAID, OTHERWISE), comparer.same_matter(DEAD, SAID, ELSEWHERE)
    assert both > 0
    assert both > one + 1


def test_long_sentences_are_compared_by_their_beginnings(comparer: SentenceComparer) -> None:
    long = "Korban tewas berjumlah 14 orang " + "dan seterusnya " * 2000
    assert comparer.same_matter(DEAD, long, long) == comparer.same_matter(DEAD, long[:1500], long[:1500])
