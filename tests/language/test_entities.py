"""Entities: dates, quantities and names as Indonesian news writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.language.entities import find_entities, find_surnames
from tanya_csto.language.terms import analyse
from tanya_csto.text.spans import Span


def whole(text: str) -> Span:
    return Span(0, len(text))


def entities(text: str, *surnames: str) -> list[tuple[str, str]]:
    found = find_entities(text, whole(text), analyse(text), frozenset(surnames))
    return [(entity.kind, entity.span.of(text)) for entity in found]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("di Moskow, Senin (17/5/2022).", "Senin (17/5/2022)"),
        ("dilansir Jumat (25/2/2022), bahwa", "Jumat (25/2/2022)"),
        ("dikutip pada Selasa (25/6).", "Selasa (25/6)"),
        ("pada 15 Mei 1992.", "15 Mei 1992"),
        ("pada tanggal 20 April 1994.", "20 April 1994"),
        ("dibentuk pada 1992.", "1992"),
        ("dibentuk antara tahun 1992 dan 2002 lalu", "antara tahun 1992 dan 2002"),
        ("pada Januari 2022, CSTO", "Januari 2022"),
        ("pada awal tahun 2022 ini", "awal tahun 2022"),
        ("masa 1992-2002 itu", "1992-2002"),
        ("masa 1992 sampai 2002 itu", "1992 sampai 2002"),
        ("pada Januari dan Februari 1933 itu", "Januari dan Februari 1933"),
        ("tanggal 12 dan 13 Mei 2025 di", "12 dan 13 Mei 2025"),
        ("tanggal 12–13 Mei 2025.", "12–13 Mei 2025"),
        ("sejak abad ke-19 itu", "abad ke-19"),
        ("Pada Abad XX di", "Abad XX"),
        ("meninggal pukul 04.30 WIB di", "pukul 04.30 WIB"),
        ("mulai Pukul 9 pagi", "Pukul 9"),
        ("buka pukul 09.00 sampai 16.00 WIB itu", "pukul 09.00 sampai 16.00 WIB"),
        ("pukul 06.00 WIB hingga pukul 22.00 WIB,", "pukul 06.00 WIB hingga pukul 22.00 WIB"),
        ("pukul 06.00–09.00.", "pukul 06.00–09.00"),
        ("bergantian setiap tahun.", "setiap tahun"),
        ("di Bima, Sabtu (14/12/2024) petang.", "Sabtu (14/12/2024) petang"),
        ("tiba Minggu malam itu", "Minggu malam"),
        ("baru masuk pukul 06.15 Wita.", "pukul 06.15 Wita"),
        ("dari 17 Februari sampai 2 Maret 2025.", "17 Februari sampai 2 Maret 2025"),
        ("tanggal 14-12-2024.", "14-12-2024"),
        ("dibayar tanggal 20 setiap kali", "tanggal 20"),
        ("ditutup antara Desember dan Maret karena", "antara Desember dan Maret"),
        ("panen pada Agustus lalu", "Agustus"),
        ("terjadi Selasa malam (11/2/2025) itu", "Selasa malam (11/2/2025)"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert [words for kind, words in entities(text) if kind == "date"] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "sekitar 3.600 orang",
        "25 ribu tentara",
        "Pasal 51",
        "maret itu",
        "12022 orang",
        "dua minggu",
        "Gerakan Kamis Bersih",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert "date" not in {kind for kind, _ in entities(text)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("adalah sekitar 3.600 orang.", "sekitar 3.600 orang"),
        ("berjumlah sekitar 25 ribu tentara.", "sekitar 25 ribu tentara"),
        ("menyatukan enam negara eks Soviet", "enam negara"),
        ("hanya diakui oleh lima anggota PBB", "lima anggota"),
        ("tulis pasal 4 aliansi", "pasal 4"),
        ("dengan Pasal 51 dari Piagam", "Pasal 51"),
        ("50 persen anggaran", "50 persen"),
        ("naik 2,5% lagi", "2,5%"),
        ("naik 2,5 % lagi", "2,5 %"),
        ("bersuhu 28,5 °C di sana", "28,5 °C"),
        ("luasnya 20.153,15 km2 saja", "20.153,15 km2"),
        ("seluas 12 m² itu", "12 m²"),
        ("berdaya 350MW dari", "350MW"),
        ("seharga Rp14.200 per kilogram di", "Rp14.200 per kilogram"),
        ("pesangon satu hingga tiga kali gaji", "satu hingga tiga kali"),
        ("makan tiga sampai delapan bulan kerja", "tiga sampai delapan bulan"),
        ("harga Rp2,5 juta hingga Rp35 juta per lembar", "Rp2,5 juta hingga Rp35 juta per lembar"),
        ("lapak 2 x 1,5 meter itu", "2 x 1,5 meter"),
        ("senilai Rp 9,4 miliar dan", "Rp 9,4 miliar"),
        ("menang dengan skor 3-1 atas", "3-1"),
        ("sebanyak 12–15 orang hadir", "12–15 orang"),
        ("jumlahnya 511 memiliki izin", "511"),
        ("dari 40 dirawat di sana", "40"),
        ("dipimpin tiga menteri itu", "tiga menteri"),
        ("selama 42 menit kemudian", "42 menit"),
        ("Empat orang meninggal dunia", "Empat orang"),
        ("setinggi 40 sampai 120 sentimeter.", "40 sampai 120 sentimeter"),
        ("didenda Rp75 juta gara-gara suar", "Rp75 juta"),
        ("tetap Rp412 miliar sebagaimana tertulis", "Rp412 miliar"),
        ("dua mata-mata ditangkap", "dua mata-mata"),
        ("di lantai dua gedung itu", "lantai dua"),
        ("siswa kelas dua belas itu", "kelas dua belas"),
        ("hotel bintang lima itu", "bintang lima"),
        ("lajunya 85 km/jam di sana", "85 km/jam"),
        ("denda Rp1.000 per buku per hari itu", "Rp1.000 per buku per hari"),
        ("dikabarkan dalam tiga sampai lima hari kerja", "tiga sampai lima hari kerja"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert [words for kind, words in entities(text) if kind == "number"] == [number]


def test_a_name_inside_a_figure_is_none() -> None:
    assert entities("harga Rp14.200 di Moskow") == [("number", "Rp14.200"), ("place", "Moskow")]


@pytest.mark.parametrize(
    "text",
    [
        "salah satu anggota",
        "Satu anggota",
        "pada 17/5/2022",
        "kedua republik",
        "Kepulauan Seribu indah",
        "pedagang kaki lima",
        "roda empat",
        "jaringan 5G",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert [kind for kind, _ in entities(text) if kind == "number"] == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("oleh Perdana Menteri Armenia Nikol Pashinyan, yang", "person", "Nikol Pashinyan"),
        ("Sekretaris Jenderal CSTO, Imangali Tasmagambetov, mengungkapkan", "person", "Imangali Tasmagambetov"),
        ("Juru Bicara Kepresidenan Dmitry Peskov menyebut", "person", "Dmitry Peskov"),
        ("presiden pro-Rusia, Viktor Yanukovych.", "person", "Viktor Yanukovych"),
        ("menurut penyanyi Raisa Andriana di", "person", "Raisa Andriana"),
        ("gelandang Persemar, Johannes Sitorus, gagal", "person", "Johannes Sitorus"),
        ("Bupati Bima, Hj. Indah Dhamayanti, menetapkan", "person", "Indah Dhamayanti"),
        ("Kepala BPBD Bima, Drs. H. Isyrah Ramdan, M.Si., mengatakan", "person", "Isyrah Ramdan"),
        ("korban bernama Nurdin H. Yasin itu", "other", "Nurdin H. Yasin"),
        ("Ketua RW 12, M. Yamin, khawatir", "other", "M. Yamin"),
        ("kata Kepala Desa Sukorejo itu", "person", "Sukorejo"),
        ("Wali Kota Eri Cahyadi tiba", "person", "Eri Cahyadi"),
        ("Bupati Bima, Hj. Indah Dhamayanti, menetapkan", "place", "Bima"),
        ("Wali Kota Pontianak, Ir. H. Edi Rusdi, setuju", "place", "Pontianak"),
        ("parah di Kec. Wera itu", "place", "Kec. Wera"),
        ("mengeruk Sungai Nanga lagi", "place", "Sungai Nanga"),
        ("kantor pusat CSTO berada di Moskow Rusia.", "place", "Moskow"),
        ("kepada kantor berita TASS bahwa", "org", "TASS"),
        ("dilansir dari laman id.rbth.com, organisasi", "org", "id.rbth.com"),
        ("bersaing dengan Pakta Warsawa yang bubar", "org", "Pakta Warsawa"),
        ("pertemuan di Universitas Lanzhou itu", "org", "Universitas Lanzhou"),
        ("anggota NATO.", "org", "NATO"),
    ],
)
def test_names(text: str, kind: str, words: str) -> None:
    assert (kind, words) in entities(text)


@pytest.mark.parametrize("text", ["Isyrah Ramdan, M.Si., S.E., hadir", "Isyrah Ramdan, SH, MM, hadir"])
def test_a_degree_is_no_name(text: str) -> None:
    assert entities(text) == [("other", "Isyrah Ramdan")]


def test_the_seat_of_an_office_is_nobodys_surname() -> None:
    introduction = "Bupati Bima, Hj. Indah Dhamayanti, tiba."
    assert list(find_surnames(introduction, analyse(introduction))) == ["dhamayanti"]


def test_a_surname_alone_is_a_person_once_it_is_known() -> None:
    introduction = "Presiden Rusia Vladimir Putin tiba."
    surnames = list(find_surnames(introduction, analyse(introduction)))
    assert surnames == ["putin"]
    assert ("person", "Putin") in entities("Menurut Putin, perang itu", *surnames)
    assert ("person", "Putin") not in entities("Menurut Putin, perang itu")


def test_members_of_a_list_stay_apart() -> None:
    text = "yakni Rusia, Belarus,Armenia, dan Tajikistan"
    assert [words for _, words in entities(text)] == ["Rusia", "Belarus", "Armenia", "Tajikistan"]


@pytest.mark.parametrize("text", ["Perang itu lama.", "Sebelumnya mereka setuju.", "Negara Anggota dan Pihak itu"])
def test_a_capital_alone_makes_no_name(text: str) -> None:
    assert entities(text) == []


@given(st.text(max_size=100))
def test_entities_of_any_text_lie_in_it_in_order(text: str) -> None:
    found = find_entities(text, whole(text), analyse(text))
    assert list(found) == sorted(found)
    assert all(whole(text).contains(entity.span) and len(entity.span) for entity in found)
