"""Boilerplate: what each rule finds, the content next to it that it must leave alone, and what the articles keep."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.passages import cut_sentences
from tanya_csto.text.boilerplate import RULES, find_boilerplate
from tanya_csto.text.spans import Span, gaps
from tests.conftest import ARTICLE_IDS, article


def marks(text: str) -> list[str]:
    return [span.of(text) for span in find_boilerplate(text)]


# rule, page, what the rule takes from it
FOUND = [
    ("tail", "Isi berita.\nTag\nCSTO\nRusia\n", "Tag\nCSTO\nRusia"),
    ("tail", "Isi berita.\nBerita Terkait\nLain hal.", "Berita Terkait\nLain hal."),
    ("tail", "Isi berita.\nTag \n- satu", "Tag \n- satu"),
    ("read-also", "Isi.\nBaca Juga: Profil Sekjen NATO\nIsi lagi.", "Baca Juga: Profil Sekjen NATO"),
    ("read-also", "Isi.\nBaca juga:\nProfil Sekjen NATO\nIsi lagi.", "Baca juga:\nProfil Sekjen NATO"),
    ("read-also", "Isi.\nBaca Juga:\n\nProfil Sekjen NATO\nIsi lagi.", "Baca Juga:\n\nProfil Sekjen NATO"),
    ("read-also", "Isi.\nSimak juga: Profil Sekjen NATO\nIsi lagi.", "Simak juga: Profil Sekjen NATO"),
    ("watch-also", "Isi.\nSimak juga video \"Apa Itu CSTO\".\nIsi.", "Simak juga video \"Apa Itu CSTO\"."),
    ("watch-also", "Isi.\nLihat juga Video 'Sidang NATO':\nIsi lagi.", "Lihat juga Video 'Sidang NATO':"),
    ("watch-also", "Isi.\nTonton Video: Sidang NATO", "Tonton Video: Sidang NATO"),
    ("dateline", "Jakarta, CNBC Indonesia - Presiden Rusia tiba.", "Jakarta, CNBC Indonesia -"),
    ("dateline-site", "Suara.com - Organisasi ini besar.", "Suara.com -"),
    ("dateline-site", "WahanaNews.co | Organisasi ini besar.", "WahanaNews.co |"),
    ("dateline-site", "BANGKAPOS.COM-Perang itu lama.", "BANGKAPOS.COM-"),
    ("dateline-site", "PERSPEKTIF.CO.ID - Organisasi ini besar.", "PERSPEKTIF.CO.ID -"),
    ("dateline", "BIMA, SUARA NUSA — Banjir bandang tiba.", "BIMA, SUARA NUSA —"),
    ("dateline", "Pontianak (ANTARA) - Pemerintah kota setuju.", "Pontianak (ANTARA) -"),
    ("dateline-capitals", "BANDA ACEH - Hujan turun lagi.", "BANDA ACEH -"),
    ("dateline-capitals", "PAREPARE, 27 November 2024 – Dewan mengesahkannya.", "PAREPARE, 27 November 2024 –"),
    ("dateline-site", "REPUBLIKA.CO.ID, JAKARTA -- Presiden tiba.", "REPUBLIKA.CO.ID, JAKARTA --"),
    ("published", "Judul\nSelasa, 17 Desember 2024 | 08:20 WITA\nIsi.", "Selasa, 17 Desember 2024 | 08:20 WITA"),
    ("published", "Isi.\n17 Mei 2022, 10.05 WIB\nIsi.", "17 Mei 2022, 10.05 WIB"),
    ("next-article", "Isi.\nNext Article Rusia Perkuat Aliansi", "Next Article Rusia Perkuat Aliansi"),
    ("embed", "Isi. [Gambas:Video CNBC] Lagi.", "[Gambas:Video CNBC]"),
    ("initials", "Isi.\n(sef/sef)\n", "(sef/sef)"),
    ("initials", "Isi berita. [bay]", "[bay]"),
    ("author", "Penulis: Ani | Editor: Budi\nIsi.", "Penulis: Ani | Editor: Budi"),
    ("author", "Isi.\nReporter : Ani", "Reporter : Ani"),
    ("author", "Laporan: Ani\nIsi.", "Laporan: Ani"),
    ("photo", "24h via intisari\nTentara menyita senjata\n\nIsi.", "24h via intisari\nTentara menyita senjata"),
    ("caption", "Isi.\nIlustrasi Tentara Rusia\nIsi lagi.", "Ilustrasi Tentara Rusia"),
    ("caption", "Isi.\nFoto para pemimpin (Reuters)\nIsi lagi.", "Foto para pemimpin (Reuters)"),
    ("category", "Militer dan Kepolisian\n\nJudul Berita Ini\n", "Militer dan Kepolisian"),
    ("stray-number", "Isi.\n50\nIsi lagi.", "50"),
    ("copyright", "Isi.\n© 2025 Kabar Network", "© 2025 Kabar Network"),
    ("copyright", "Isi.\nAll Right Reserved", "All Right Reserved"),
    ("copyright", "Isi.\n(c) Kabar 2025", "(c) Kabar 2025"),
]  # fmt: skip

# rule, a line of content that looks a little like it
CONTENT = [
    ("tail", "Tag CSTO ramai dipakai di media sosial."),
    ("tail", "Berita terkait perang itu menyebar."),
    ("read-also", "Warga baca juga: koran dan majalah."),
    ("read-also", "Baca juga buku tentang CSTO itu."),
    ("watch-also", "Para pemimpin simak juga video itu."),
    ("watch-also", "Simak juga pidato Putin di Moskow."),
    ("watch-also", f"Simak video yang menunjukkan bahwa {'pasukan itu ' * 15}sudah tiba."),
    ("dateline-site", "Laman Suara.com - portal berita - memuatnya."),
    ("dateline", "Rusia, Armenia - dua sekutu lama."),
    ("dateline-site", "id.rbth.com menulis hal itu."),
    ("dateline-site", "id.rbth.com - laman berita - memuatnya."),
    ("dateline-capitals", "CSTO - aliansi itu - besar."),
    ("published", "17 Desember 2024 adalah hari pemilihan."),
    ("published", "Sidang digelar Selasa, 17 Desember 2024"),
    ("next-article", "Pasal berikut disebut Next Article dalam bahasa Inggris."),
    ("embed", "Mereka [para anggota] setuju."),
    ("initials", "Aturan itu (ya/tidak) belum jelas."),
    ("initials", "Ia [bay] masih di sana."),
    ("initials", "Organisasi (CSTO) itu besar."),
    ("author", "Penulis buku itu tiba di Moskow."),
    ("author", "Para editor: mereka tidak setuju."),
    ("author", f"Oleh: {'pasukan itu ' * 8}wilayah itu dijaga."),
    ("photo", "Dalam 24h via kapal, bantuan tiba."),
    ("caption", "Ilustrasi itu dibuat pada 1992. Isinya benar."),
    ("caption", "Fotografer itu ditahan"),
    ("category", "CSTO adalah aliansi militer."),
    ("stray-number", "50 persen Anggaran Ditanggung Rusia"),
    ("stray-number", "2022"),
    ("stray-number", "3.600"),
    ("copyright", "Hak cipta © 2025 ada pada penerbit."),
]


@pytest.mark.parametrize(("rule", "page", "found"), FOUND)
def test_found(rule: str, page: str, found: str) -> None:
    assert marks(page) == [found]
    assert RULES[rule].search(page)


@pytest.mark.parametrize(("rule", "line"), CONTENT)
def test_content_is_left_alone(rule: str, line: str) -> None:
    assert marks(f"Kalimat pertama.\n{line}\nKalimat terakhir.") == []
    assert rule in RULES


def test_every_rule_is_tested_both_ways() -> None:
    assert {rule for rule, *_ in FOUND} == {rule for rule, _ in CONTENT} == set(RULES)


@pytest.mark.parametrize("line", ["Militer dan Kepolisian Negara Kita\n\nIsi.", "Militer\nIsi.", "Militer\n\n"])
def test_a_category_is_short_and_stands_apart_above_something(line: str) -> None:
    assert marks(line) == []


lines = st.sampled_from([page for _, page, _ in FOUND] + [line for _, line in CONTENT] + ["", " ", "Tag", "50"])


@given(st.lists(lines, max_size=6).map("\n".join) | st.text(max_size=120))
def test_marks_of_any_page_are_sorted_apart_and_trimmed(page: str) -> None:
    found = find_boilerplate(page)
    assert all(left.end < right.start for left, right in pairwise(found))
    assert all(words == words.strip() != "" for words in marks(page))


sentences = st.sampled_from([line for _, line in CONTENT])
datelines = st.sampled_from(["", "Suara.com - ", "Jakarta, CNBC Indonesia - "])
endings = st.sampled_from(["", " [bay]", " [Gambas:Video CNBC]"])
furniture = st.sampled_from(
    [found for rule, _, found in FOUND if not rule.startswith(("tail", "dateline", "category"))]
)


@given(
    st.sampled_from(["", "Militer dan Kepolisian\n\n"]),
    st.lists(st.tuples(st.lists(furniture, max_size=2), datelines, sentences, endings), min_size=1, max_size=5),
    st.sampled_from(["", "\nTag\nCSTO\nRusia"]),
)
def test_whatever_stands_around_the_sentences_they_are_kept_as_they_are(
    category: str, said: list[tuple[list[str], str, str, str]], tail: str
) -> None:
    page: list[str] = []
    for above, dateline, sentence, ending in said:
        page += [*above, f"{dateline if sentence[0].isupper() else ''}{sentence}{ending}"]
    found = article(category + "\n".join(page) + tail)
    kept = [line for part in found.content for line in part.of(found.text).split("\n")]
    assert kept == [sentence for _, _, sentence, _ in said]
    assert marks("\n".join(kept)) == []


LARGE = 100_000

# texts over which a rule could go back and forth for hours
ENDLESS = {
    "a word that is no section": "a" * LARGE,
    "words that are no section": "kata " * LARGE,
    "a caption of spaces that is none": "Foto" + " " * LARGE + ".",
    "a caption of brackets that is none": "Foto" + "(" * LARGE + ".",
    "embeds that never end": "[Gambas:" * LARGE,
    "links to nothing": "Baca juga:\n" * LARGE,
    "spaces behind a link": "Baca juga:" + " \t" * LARGE,
    "hosts that are no dateline": "a." * LARGE,
    "photos without a caption": "24h via a\n \n" * LARGE,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_no_text_takes_a_rule_for_ever(name: str) -> None:
    assert find_boilerplate(f"Kalimat.\n{ENDLESS[name]}") is not None
    assert find_boilerplate(ENDLESS[name]) is not None


@pytest.mark.slow
def test_many_marks_are_found() -> None:
    assert len(find_boilerplate("50\nIsi. [bay]\n" * 20_000)) == 40_000


# The five articles: what is taken, what is left


class Page(NamedTuple):
    """What an article keeps: first and last sentence, number of sentences, headings; and what is boilerplate."""

    first: str
    last: str
    sentences: int
    headings: list[str]
    boilerplate: list[tuple[str, str]]


PAGES = {
    "cnbc-indonesia": Page(
        "Mengenal CSTO, Sekutu Rusia Dikumpulkan Putin Saingi NATO?",
        '"Beberapa negara Barat sedang menghakimi CSTO dan bahwa CSTO semakin menjadi "firewall" untuk mencegah '
        'kekuatan luar melakukan "revolusi warna" di Asia Tengah," ujarnya.',
        20,
        ["Mengenal CSTO, Sekutu Rusia Dikumpulkan Putin Saingi NATO?"],
        [
            ("dateline", "Jakarta, CNBC Indonesia -"),
            ("initials", "(sef/sef)"),
            ("embed", "[Gambas:Video CNBC]"),
            ("next-article", "Next Article Rusia Perkuat Aliansi Tandingan NATO"),
        ],
    ),
    "wahananews": Page(
        "Organisasi Perjanjian Keamanan Kolektif (CSTO) adalah aliansi militer yang menaungi Rusia dan beberapa "
        "sekutunya.",
        "Sehingga, negara-negara CSTO memiliki kesempatan untuk meningkatkan kerjasama antar organisasi.",
        16,
        [],
        [
            ("dateline-site", "WahanaNews.co |"),
            (
                "read-also",
                "Baca Juga:\nKlaim NATO tentang Bantuan Militer Iran ke Rusia di Ukraina Tak Berdasar dan Bermotif "
                "Politik",
            ),
            ("read-also", "Baca Juga:\nTerpilih Jadi Sekjen NATO, Ini Profil Perdana Menteri Belanda Mark Rutte"),
            ("initials", "[bay]"),
        ],
    ),
    "suara": Page(
        "Organisasi Traktat Keamanan Kolektif atau Collective Security Treaty Organization yang disingkat CSTO "
        "baru-baru ini menjadi perbincangan setelah Rusia melancarkan invasinya ke Ukraina.",
        "Sementar Presiden Tajikistan Emomali Rahmon menegaskan bahwa niat negaranya untuk memenuhi komitmennya "
        "berdasarkan perjanjian CSTO sehubungan dengan situasi di Kazakhstan.",
        28,
        ["Mengenal Apa itu CSTO", "Pasukan Penjaga Perdamaian dan Tugasnya"],
        [
            ("dateline-site", "Suara.com -"),
            (
                "read-also",
                "Baca Juga: Bisnis dan Kekayaan Roman Abramovich, Taipan Rusia yang Dipaksa Hengkang dari Chelsea",
            ),
            ("tail", "Tag\nBerita Terkait\nTerpopuler\n- Pengamat Desak Kapolri"),
        ],
    ),
    "bangkapos": Page(
        "Satu Anggota Diserang, Anggota Lain Langsung Bantu, Inilah Aliansi Militer CSTO yang Dipimpin Rusia",
        "Dilansir dari intisari-online, Rusia merupakan negara dengan potensi militer terbesar dan penyumbang biaya "
        "operasional CSTO terbesar.",
        17,
        [
            "Satu Anggota Diserang, Anggota Lain Langsung Bantu, Inilah Aliansi Militer CSTO yang Dipimpin Rusia",
            "50 persen Anggaran Ditanggung Rusia",
        ],
        [
            ("category", "Militer dan Kepolisian"),
            ("author", "Penulis: Iwan Satriawan CC | Editor: Iwan Satriawan"),
            (
                "photo",
                "24h via intisari-online\nTentara Rusia menyita serangkaian senjata Barat yang membantu Ukraina",
            ),
            ("dateline-site", "BANGKAPOS.COM-"),
            ("caption", "Ilustrasi Tentara Rusia"),
            ("caption", "Ilustrasi Tentara Rusia (Militari.com)"),
            ("stray-number", "50"),
            ("tail", "Berita Terkait\nIkuti kami di\nAA\n\nBerita Terkini"),
        ],
    ),
    "perspektif": Page(
        "Organisasi Traktat Keamanan Kolektif (CSTO), aliansi militer yang dipimpin oleh Rusia, mengumumkan kesiapan "
        "untuk ekspansi setelah banyak negara menunjukkan minat untuk bergabung.",
        "Mengenai pertanyaan tentang keanggotaan dalam organisasi, itu adalah hak kedaulatan dan keputusan "
        "masing-masing negara,” ungkapnya.",
        14,
        [],
        [("dateline-site", "PERSPEKTIF.CO.ID -")],
    ),
}


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_what_an_article_keeps(corpus: Corpus, article_id: str) -> None:
    page = PAGES[article_id]
    sentences = cut_sentences(corpus[article_id])
    assert (sentences[0].text, sentences[-1].text, len(sentences)) == (page.first, page.last, page.sentences)
    assert [sentence.text for sentence in sentences if sentence.heading] == page.headings


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_what_is_boilerplate_in_an_article(corpus: Corpus, article_id: str) -> None:
    article = corpus[article_id]
    found = [span.of(article.text) for span in article.boilerplate]
    for words, (rule, start) in zip(found, PAGES[article_id].boilerplate, strict=True):
        assert words.startswith(start) if rule == "tail" else words == start


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_content_and_boilerplate_make_up_the_whole_article(corpus: Corpus, article_id: str) -> None:
    article = corpus[article_id]
    assert not any(part.overlaps(mark) for part in article.content for mark in article.boilerplate)
    between = gaps([*article.content, *article.boilerplate], Span(0, len(article.text)))
    assert "".join(part.of(article.text) for part in between).strip() == ""


@pytest.mark.parametrize(
    "words",
    "Abramovich Rutte Kapolri Zijlstra Ancol Pertamina Satriawan Gambas TRIBUNnews Militari.com Reserved sef/sef [bay]"
    " Iran Ilustrasi".split(),
)
def test_nothing_of_a_link_caption_byline_or_copyright_is_content(corpus: Corpus, words: str) -> None:
    assert any(words in article.text for article in corpus.values())
    assert not any(words in part.of(article.text) for article in corpus.values() for part in article.content)
