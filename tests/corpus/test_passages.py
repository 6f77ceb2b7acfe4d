"""Passages: every sentence in exactly one, none longer than it may be, headings told from sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.corpus.passages import PASSAGE_WORDS, cut_passages, cut_sentences, is_heading
from tests.conftest import ARTICLE_IDS, article

words = st.sampled_from(["CSTO", "aliansi", "Rusia.", "dan", "3.600", "“Benar,”", "Tag", "Perang Dingin", "apa?"])
lines = st.lists(words, min_size=1, max_size=40).map(" ".join)
pages = st.lists(lines | st.just(""), max_size=12).map("\n".join) | st.text(max_size=200)


def assert_covers(page: Article) -> None:
    """Assert that sentences and passages hold all content of the page once, in order, as exact slices."""
    sentences = cut_sentences(page)
    passages = cut_passages(sentences)
    assert tuple(sentence for passage in passages for sentence in passage.sentences) == sentences
    content = "".join(part.of(page.text) for part in page.content)
    assert "".join("".join(sentence.text.split()) for sentence in sentences) == "".join(content.split())
    assert all(page.text[sentence.span.start : sentence.span.end] == sentence.text for sentence in sentences)
    for passage in passages:
        assert passage.span.start == passage.sentences[0].span.start
        assert passage.span.end == passage.sentences[-1].span.end
        if len(passage.sentences) > 1:
            assert sum(len(sentence.text.split()) for sentence in passage.sentences) <= PASSAGE_WORDS


@given(pages)
def test_any_page_is_covered_exactly_once(page: str) -> None:
    assert_covers(article(page))


@given(pages)
def test_a_heading_is_told_by_its_line_alone(page: str) -> None:
    for sentence in cut_sentences(article(page)):
        assert is_heading(sentence.article, sentence.span) == sentence.heading


@pytest.mark.parametrize("article_id", ARTICLE_IDS)
def test_the_articles_are_covered_exactly_once(corpus: Corpus, article_id: str) -> None:
    assert_covers(corpus[article_id])


def headings(page: str) -> list[str]:
    return [sentence.text for sentence in cut_sentences(article(page)) if sentence.heading]


@pytest.mark.parametrize(
    "line",
    [
        "Pasukan Penjaga Perdamaian dan Tugasnya",
        "Mengenal Apa itu CSTO",
        "50 persen Anggaran Ditanggung Rusia",
        "Sekutu Rusia Dikumpulkan Putin Saingi NATO?",
        "Sekutu\u00a0Rusia",
    ],
)
def test_a_title_line_is_a_heading(line: str) -> None:
    assert headings(f"Isi pertama.\n{line}\nIsi kedua.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Rusia Memimpin Aliansi Militer.",
        "jika suatu negara anggota menjadi sasaran serangan bersenjata",
        "Rusia " * 17,
        "“Benar Sekali”",
        "—",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert headings(f"Isi pertama.\n{line.strip()}\nIsi kedua.") == []


def test_a_sentence_that_shares_its_line_is_no_heading() -> None:
    assert headings("Isi pertama. Rusia Memimpin CSTO") == []


def test_a_heading_starts_a_passage_and_stays_with_what_follows() -> None:
    page = "Judul Besar\nAnak Judul Kecil\nIsi satu panjang.\nBagian Kedua\nIsi dua panjang."
    passages = cut_passages(cut_sentences(article(page)))
    assert [passage.span.of(page).splitlines()[0] for passage in passages] == ["Judul Besar", "Bagian Kedua"]
    assert [len(passage.sentences) for passage in passages] == [3, 2]


def test_a_passage_ends_before_it_gets_too_long() -> None:
    sentence = "Rusia " + "dan lagi " * 19 + "pulang."  # 40 words
    passages = cut_passages(cut_sentences(article("\n".join([sentence] * 5))))
    assert [len(passage.sentences) for passage in passages] == [2, 2, 1]


def test_a_sentence_longer_than_a_passage_is_one() -> None:
    long = "Rusia " + "dan lagi " * PASSAGE_WORDS + "pulang."
    passages = cut_passages(cut_sentences(article(f"Isi satu.\n{long}\nIsi dua.")))
    assert [len(passage.sentences) for passage in passages] == [1, 1, 1]


def test_no_sentences_no_passages() -> None:
    assert cut_passages(()) == ()
