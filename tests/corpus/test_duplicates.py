"""Near-duplicates: a corrected version is named, what only shares a sentence is not."""

from __future__ import annotations

from tanya_csto.corpus.duplicates import near_duplicates
from tests.conftest import corpus_of

NEWS = "Panen kopi naik tahun ini juga. Harga biji kopi mencapai 3.600 rupiah. Petani di Gayo menyambut kabar itu."


def test_a_corrected_version_is_named_with_what_it_shares() -> None:
    (found,) = near_duplicates(corpus_of(NEWS, "Hal lain sama sekali.", NEWS.replace("3.600", "3.700").upper()))
    assert found == ("kabar", "berita", 2, 3)


def test_a_longer_version_of_a_short_report_is_named() -> None:
    longer = f"{NEWS} Menteri akan datang pekan depan. Ia membawa bantuan pupuk dan bibit baru."
    assert [shared for _, _, shared, _ in near_duplicates(corpus_of(longer, NEWS))] == [3]


def test_one_sentence_in_common_is_no_copy() -> None:
    other = (
        "Panen kopi naik tahun ini juga. Menteri akan datang pekan depan sekali. Ia membawa bantuan pupuk dan bibit."
    )
    assert list(near_duplicates(corpus_of(NEWS, other))) == []


def test_a_phrase_that_every_report_ends_with_makes_no_copies() -> None:
    end = "Ikuti berita terbaru kami di sini. Salin tautan ini untuk teman Anda."
    texts = [f"Laporan nomor {number} ditulis dengan kata sendiri. {end}" for number in range(60)]
    found = near_duplicates(corpus_of(*texts, outlets=tuple(f"Media {number}" for number in range(60))))
    assert len({second for _, second, _, _ in found}) < 25
