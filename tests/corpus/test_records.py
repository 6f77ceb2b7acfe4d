"""Records: what is wrong in one is told by the name of its field."""

from __future__ import annotations

import pytest

from tanya_csto.corpus.records import as_it_is, json_of, list_of, record_of, text_of


def test_a_sound_record_is_read() -> None:
    readers = {"tags": list_of(text_of), "note": as_it_is, "more": list_of(text_of, 0)}
    record = record_of(json_of('{"name": "Gayo", "tags": ["kopi"], "more": []}'), {"name": text_of}, readers)
    assert record == {"name": "Gayo", "tags": ("kopi",), "more": ()}


@pytest.mark.parametrize("line", ["", "{", "{'a': 1}", '{"a": 1, "a": 2}', "[" * 100_000])
def test_what_is_no_json_is_told(line: str) -> None:
    with pytest.raises(ValueError, match="bukan JSON yang sah"):
        json_of(line)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], r"\[\] harus berupa objek dengan name, tags"),
        ({"name": "a"}, "tags tidak ada"),
        ({"nama": "a", "tags": []}, "nama tidak dikenal; maksudnya mungkin name"),
        ({"name": "a", "tags": [], "x": 1}, "x tidak dikenal; yang ada: name, tags, note"),
        ({"": 1}, " tidak dikenal"),
    ],
)
def test_what_is_no_such_record_is_told(value: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        record_of(value, {"name": text_of, "tags": list_of(text_of, 0)}, {"note": as_it_is})


@pytest.mark.parametrize("value", [None, 1, "", " \n", ["a"]])
def test_what_is_no_text_is_told(value: object) -> None:
    with pytest.raises(ValueError, match="name harus berisi teks"):
        text_of(value, "name")


@pytest.mark.parametrize(("value", "reason"), [("ab", "daftar"), ([], "paling sedikit 1"), ([1], "berisi teks")])
def test_what_is_no_list_of_texts_is_told(value: object, reason: str) -> None:
    with pytest.raises(ValueError, match=f"tags harus .*{reason}"):
        list_of(text_of)(value, "tags")
