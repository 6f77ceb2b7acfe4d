"""The learner: it learns what can be told apart, in the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import numpy as np

from tanya_csto.bank.classifier import NgramClassifier
from tanya_csto.bank.making.learner import Plan, train_ngrams
from tanya_csto.bank.ngrams import BUCKETS, buckets
from tanya_csto.language.terms import analyse

PLAN = Plan(hidden=8, epochs=40, batch=4)
ASKED = {
    "kapan csto didirikan": 0,
    "tahun berapa csto berdiri": 0,
    "csto dibentuk kapan": 0,
    "di mana markas csto": 1,
    "kantor pusat csto di mana": 1,
    "letak kantor pusat": 1,
    "halo": 2,
    "selamat pagi": 2,
    "halo selamat siang": 2,
}
LABELS = np.array(list(ASKED.values()), np.int64)


def read(text: str) -> np.ndarray:
    return buckets(text, analyse(text))


def by_ngrams(plan: Plan = PLAN) -> NgramClassifier:
    return train_ngrams([read(text) for text in ASKED], LABELS, 3, plan)


def test_what_was_learned_is_known() -> None:
    classifier = by_ngrams()
    assert [int(classifier.probabilities(read(text)).argmax()) for text in ASKED] == LABELS.tolist()


def test_what_was_learned_carries_over_to_other_wordings() -> None:
    classifier = by_ngrams()
    new = {"kapan berdirinya": 0, "kantornya di mana ya": 1, "selamat malam": 2}
    assert [int(classifier.probabilities(read(text)).argmax()) for text in new] == list(new.values())


def test_the_rarer_bucket_weighs_more() -> None:
    idf = by_ngrams().idf
    assert idf.shape == (BUCKETS,)
    csto, halo, never = (crc32(stem) % BUCKETS for stem in (b"csto", b"halo", b"lain sekali"))
    assert idf[csto] < idf[halo] < idf[never]  # in four questions, in two, in none


def test_the_same_is_learned_in_the_same_bytes() -> None:
    first, again = vars(by_ngrams()), vars(by_ngrams())
    assert {name: np.asarray(array).tobytes() for name, array in first.items()} == {
        name: np.asarray(array).tobytes() for name, array in again.items()
    }


def test_weights_take_one_byte_and_all_else_four() -> None:
    assert by_ngrams().weights.dtype == np.int8
    assert {array.dtype for array in vars(by_ngrams()).values()} == {np.dtype(np.int8), np.dtype(np.float32)}


def test_another_seed_learns_other_weights() -> None:
    other = Plan(hidden=8, epochs=40, batch=4, seed=1)
    assert (by_ngrams().weights != by_ngrams(other).weights).any()


def test_each_epoch_is_watched() -> None:
    seen: list[int] = []

    def watched(epochs: range) -> Iterator[int]:
        for epoch in epochs:
            seen.append(epoch)
            yield epoch

    train_ngrams([read(text) for text in ASKED], LABELS, 3, Plan(hidden=2, epochs=3), watched)
    assert seen == [0, 1, 2]
