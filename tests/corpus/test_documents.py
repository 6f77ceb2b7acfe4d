"""Documents: what is known about a text besides it, and the ids that are made of names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tanya_csto.corpus.documents import Document, slug


@pytest.mark.parametrize("stated", ["2022-05-17T08:00:00+07:00", "17/05/2022", "Selasa, 17 Mei 2022 10:05 WIB"])
def test_a_day_is_kept_as_it_is_written_in_indonesian_and_is_the_same_in_any_form(stated: str) -> None:
    document = Document("a", "Isi.", published=stated)
    assert document.published == "17 Mei 2022"
    assert replace(document, published="2022-05-17") == document


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Kopi: Gayó & Aceh!", "kopi-gayo-aceh"), ("新闻", None), ("--", None), ("a" * 99, "a" * 60), ("Ⅻ", "xii")],
)
def test_an_id_is_made_of_what_can_stand_in_one(text: str, expected: str | None) -> None:
    assert slug(text) == expected
