"""Names: spellings of one thing belong together, metonyms stand for it, and the gazetteer holds no mistakes."""

from __future__ import annotations

import pytest

from tanya_csto.language.names import Name, is_name, longest_name, name_index, names
from tanya_csto.language.tokens import words_of


def found(text: str) -> tuple[Name, ...]:
    return name_index().get(words_of(text), ())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kirgistan", "Kirgizstan", "Kyrgyzstan"),
        ("Belarus", "Belarusia"),
        ("Kazakhstan", "Kazakstan"),
        ("Amerika Serikat", "AS", "USA"),
        ("CSTO", "Organisasi Traktat Keamanan Kolektif", "Collective Security Treaty Organization"),
        ("NATO", "Pakta Pertahanan Atlantik Utara", "North Atlantic Treaty Organization"),
        ("PBB", "Perserikatan Bangsa-Bangsa"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    assert len({found(spelling)[0].key for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Rusia", "country"), ("Moskow", "city"), ("NATO", "organisation"), ("Asia Tengah", "region")],
)
def test_the_kind_of_a_name(name: str, kind: str) -> None:
    assert kind in {entry.kind for entry in found(name)}


@pytest.mark.parametrize(
    ("name", "stands_for"), [("Rusia", "Kremlin"), ("Rusia", "Moskow"), ("Amerika Serikat", "Gedung Putih")]
)
def test_metonyms_stand_for_a_country_but_do_not_name_it(name: str, stands_for: str) -> None:
    country = next(entry for entry in found(name) if entry.kind == "country")
    assert words_of(stands_for) in country.metonyms
    assert words_of(stands_for) not in country.spellings


def test_a_region_is_spoken_of_through_its_members() -> None:
    (region,) = (name for name in names() if name.key == "Asia Tengah")
    assert {("kazakhstan",), ("tajikistan",)} <= region.metonyms
    assert ("rusia",) not in region.metonyms


def test_no_spelling_names_two_things_of_a_kind() -> None:
    clashes = {
        spelling: [entry.key for entry in entries]
        for spelling, entries in name_index().items()
        if len({(entry.kind, entry.key) for entry in entries}) > len({entry.kind for entry in entries})
    }
    assert clashes == {}


def test_every_name_has_its_own_key_and_stands_in_the_index() -> None:
    assert all(name in name_index()[words_of(name.key)] for name in names())
    assert max(map(len, name_index())) == longest_name()


def test_no_metonym_is_also_a_spelling() -> None:
    assert [name.key for name in names() if name.spellings & name.metonyms] == []


@pytest.mark.parametrize("word", ["rusia", "nato", "bali", "maluku"])
def test_words_that_are_names(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize("word", ["perang", "utara", "negara", ""])
def test_words_that_are_no_names(word: str) -> None:
    assert not is_name(word)


def test_the_members_of_the_articles_are_all_known() -> None:
    members = "Rusia Armenia Belarus Belarusia Kazakhstan Kirgistan Kirgizstan Kyrgyzstan Tajikistan Uzbekistan".split()
    assert {name: found(name)[0].kind for name in members} == dict.fromkeys(members, "country")
