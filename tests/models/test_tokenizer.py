"""The tokenizer against the reference segmenter."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

pytest.importorskip("sentencepiece")

from tests.models.segmenter import UNKNOWN, Segmenter, pieces

import tanya_csto.models
from tanya_csto.models.tokenizer import BOS, EOS, PAD, Tokenizer, load_tokenizer

TEXTS = [
    "Kapan Organisasi Traktat Keamanan Kolektif didirikan?",
    "CSTO (Collective Security Treaty Organization) berdiri pada 15 Mei 1992 di Tashkent, Uzbekistan.",
    "Belarus,Armenia dan Kazakhstan: 3.600 personel; “penjaga perdamaian” — 25/2/2022.",
    "yg brp gmn knp dgn kalo sih",
    "  spasi   ganda\tdan\nbaris baru\u00a0tak putus\u200bnol  ",
    "ﬁnal ½ ① ５ km² Ａ … e\u0301 café Sükhbaatar Łódź",
    "Москва 上合组织 测试 한국 ประเทศ 🤝🏽",
    "<s> </s> <pad> <unk> < s > ▁ ▁▁a",
    "\x01\x7f\ufeff tanda kendali",
    "",
    "?",
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(Path(tanya_csto.models.__file__).parent)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.mark.parametrize("text", TEXTS)
def test_agrees_with_the_reference(tokenizer: Tokenizer, segmenter: Segmenter, text: str) -> None:
    assert tokenizer.encode(text) == tokenizer.encode_spans(text)[0] == segmenter(text)


def test_agrees_with_the_reference_on_the_articles(tokenizer: Tokenizer, segmenter: Segmenter) -> None:
    for path in sorted((Path(__file__).parents[2] / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert tokenizer.encode(text) == segmenter(text)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_point_at_the_piece(tokenizer: Tokenizer, text: str) -> None:
    for number, span in zip(*tokenizer.encode_spans(text), strict=True):
        assert span.end <= len(text)
        assert not span.of(text).startswith(" ")
        if number != UNKNOWN:
            assert pieces()[number][0].lstrip("▁") in unicodedata.normalize("NFKC", span.of(text))


def test_no_text_spells_a_special_piece(tokenizer: Tokenizer) -> None:
    assert not {BOS, PAD, EOS} & set(tokenizer.encode("<s> </s> <pad> <unk> < s > < /s > < pad >"))
