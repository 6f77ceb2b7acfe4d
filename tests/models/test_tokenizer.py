"""`tokenizer.json` against the reference segmenter."""

import json
import unicodedata
from pathlib import Path

import pytest
from tests.models.segmenter import Segmenter
from tokenizers import Tokenizer

import tanya_csto.models

TOKENIZER = Path(tanya_csto.models.__file__).parent / "tokenizer.json"
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
    return Tokenizer.from_file(str(TOKENIZER))


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    model = json.loads(TOKENIZER.read_text(encoding="utf-8"))["model"]
    pieces, scores = zip(*model["vocab"], strict=True)
    return Segmenter(pieces, scores, model["unk_id"])


@pytest.mark.parametrize("text", TEXTS)
def test_agrees_with_the_reference(tokenizer: Tokenizer, segmenter: Segmenter, text: str) -> None:
    assert tokenizer.encode(text).ids == segmenter(text)


def test_agrees_with_the_reference_on_the_articles(tokenizer: Tokenizer, segmenter: Segmenter) -> None:
    for path in sorted((Path(__file__).parents[2] / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert tokenizer.encode(text).ids == segmenter(text)


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_point_at_the_piece(tokenizer: Tokenizer, text: str) -> None:
    encoding = tokenizer.encode(text)
    for piece, identity, (start, end) in zip(encoding.tokens, encoding.ids, encoding.offsets, strict=True):
        assert 0 <= start <= end <= len(text)
        if identity != 3:
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            assert piece.lstrip("▁") in unicodedata.normalize("NFKC", text[start:end])


def test_no_text_spells_a_special_piece(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("<s> </s> <pad> <unk> < s > < /s > < pad >").ids
    assert not {0, 1, 2} & set(ids)
