"""Answer types: what sort of thing would answer a question, however it is worded."""

from __future__ import annotations

import pytest

from tanya_csto.engine import Tanya
from tanya_csto.language.spelling import Speller
from tanya_csto.language.terms import analyse
from tanya_csto.question.answer_type import asks_for_list, find_answer_type, find_answer_type_noun, is_generic
from tanya_csto.retrieval.index import Index

QUESTIONS = {
    "date": """
        uzbekistan keluar csto tahun
        Kapan perjanjian itu ditandatangani?
        Pada tahun berapa Uzbekistan keluar?
        Tanggal berapa pertemuan di Moskow berlangsung?
        kapan sih csto berdiri
        tahun brp csto jadi aliansi
        Sejak kapan Rusia memimpin aliansi itu?
        tahun pendirian csto
        Bulan apa pasukan dikirim?
        Hari apa mereka bertemu?
        Tanggal penutupan pertemuan?
        """,
    "number": """
        Iuran tiap tahun berapa?
        Berapa jumlah tentara gabungan CSTO?
        berapa banyak negara anggotanya
        Ada berapa anggota CSTO?
        jumlah pasukan csto
        Pasal berapa yang mengatur agresi?
        Seberapa besar kekuatan militernya?
        total personel berapa sih
        Berapa persen anggaran ditanggung Rusia?
        Jumlah pasukan CSTO?
        Jumlah warga yang mengungsi?
        """,
    "person": """
        Siapa yang memimpin Armenia?
        Siapakah presiden Tajikistan?
        siapa sih sekjen csto
        sekjen nato siapa
        presiden tajikistan
        Presiden mana yang digulingkan?
        Oleh siapa keputusan itu diumumkan?
        Sekjen CSTO?
        Ketua Komisi Verifikasi Bersama?
        hakim mana yang beda pendapat
        """,
    "place": """
        Siapakah negara yang paling kuat?
        Di mana markas CSTO?
        di kota mana perjanjian diteken
        Ke mana pasukan dikirim?
        Dari mana asal laboratorium itu?
        kantor pusat csto dimana
        markas csto
        Negara mana yang dilanda kerusuhan?
        lokasi kantor pusat
        Markas CSTO?
        Di desa mana mereka tinggal?
        """,
    "org": """
        Kepada kantor berita mana ia berbicara?
        Organisasi apa yang menyaingi NATO?
        Media apa yang melaporkan hal itu?
        koran mana yang mengutipnya
        Aliansi mana yang dipimpin Amerika?
        kementerian apa yang mengkonfirmasi
        """,
    "list": """
        Negara mana saja yang menjadi anggota CSTO?
        Siapa saja anggota CSTO?
        Sebutkan tugas pasukan penjaga perdamaian.
        apa aja tugasnya
        tugasnya apaan aja
        anggota csto
        daftar negara anggota csto
        Tugas apa saja yang dilakukan pasukan itu?
        Anggota CSTO?
        """,
    "definition": """
        NATO itu kependekan dari apa?
        Apa itu CSTO?
        Apakah yang dimaksud dengan keamanan kolektif?
        csto itu apa sih
        csto apaan sih
        Apa kepanjangan NATO?
        kepanjangan csto
        Apa arti revolusi warna?
        CSTO adalah apa?
        maksudnya agresi apa
        """,
    "reason": """
        Mengapa Armenia menangguhkan partisipasinya?
        kenapa kazakhstan rusuh
        Apa alasan pembentukan CSTO?
        Apa yang membuat banyak negara berminat?
        untuk apa csto dibentuk
        penyebab kerusuhan di kazakhstan
        Apa tujuan aliansi itu?
        Karena apa Armenia mengancam keluar?
        """,
    "manner": """
        Bagaimana sikap Moskow terhadap Armenia?
        gimana cara csto membela anggotanya
        Seperti apa kepemimpinan CSTO?
        Dengan cara apa presiden dipilih?
        """,
    "yesno": """
        Maafkan orang tua ini, apakah CSTO punya pasukan?
        Apakah Uzbekistan anggota CSTO?
        Benarkah Rusia memimpin CSTO?
        Bolehkah anggota bergabung dengan NATO?
        armenia masih anggota csto?
        CSTO pernah berperang, bukan?
        emang uzbekistan udah keluar
        armenia belum keluar dari csto
        Apa benar CSTO menolak sanksi?
        georgia anggota csto atau bukan
        Ketua komisi hadir?
        Presiden Armenia mengancam keluar?
        Jumlah pasukan ditambah?
        Rusia anggota CSTO?
        Produksi kobalt turun?
        Demo kedua rusuh?
        """,
    "other": """
        Apa isi Pasal 4?
        Apa yang dikatakan Putin tentang Finlandia?
        ngomong apa putin
        pasal 4 csto
        Apa hubungan CSTO dengan PBB?
        Warna bendera CSTO?
        Penumpang feri Nusa Permai?
        Korban luka di Moskow?
        Pembongkar kecurangan?
        Target partisipasi pemilu?
        """,
}
TABLE = [(answer_type, text.strip()) for answer_type, texts in QUESTIONS.items() for text in texts.strip().splitlines()]


@pytest.fixture(scope="module")
def speller(index: Index) -> Speller:
    return Speller(index.vocabulary)


@pytest.mark.parametrize(("answer_type", "text"), TABLE)
def test_the_answer_type_of_a_question(speller: Speller, answer_type: str, text: str) -> None:
    assert find_answer_type(analyse(speller.repair(text)), asks=text.endswith("?")) == answer_type


def test_the_answer_type_of_every_suggestion_is_told_by_its_words_alone(tanya: Tanya) -> None:
    for text in tanya.corpus.suggestions:
        terms = analyse(text)
        assert find_answer_type(terms, asks=False) == find_answer_type(terms, asks=True) or text.startswith("Bolehkah")


@pytest.mark.parametrize(
    ("text", "noun", "generic"),
    [
        ("di kota mana perjanjian diteken", "kota", True),
        ("Pasal berapa yang mengatur agresi?", "pasal", False),
        ("Presiden mana yang digulingkan?", "presiden", False),
        ("markas csto", "markas", False),
        ("Kapan CSTO didirikan?", None, False),
        ("Apa itu CSTO?", None, False),
        ("Menurut negara, apa itu CSTO?", None, False),  # a comma stands between
        ("pasukan kota yang ada di mana", None, False),  # too far from the question word
        ("Berapa lama sidang berlangsung?", "lama", True),
        ("berapa km jaraknya", "km", True),
        ("berapa jarak ke kota", "jarak", False),
        ("kecepatan 5G berapa", "kecepatan", False),
    ],
)
def test_the_noun_that_names_the_answer_type(text: str, noun: str | None, generic: bool) -> None:
    terms = analyse(text)
    found = find_answer_type_noun(terms, find_answer_type(terms, asks=text.endswith("?")))
    assert (found.token.norm if found else None) == noun
    assert found is None or is_generic(found) == generic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siapa saja anggota CSTO?", True),
        ("sebutkan tugasnya", True),
        ("Siapa anggota terbesar?", False),
        ("Apa saja", True),
        ("Apa itu CSTO?", False),
    ],
)
def test_whether_several_things_are_asked_for(text: str, expected: bool) -> None:
    assert asks_for_list(analyse(text)) == expected
