import pytest

from tanya_csto.corpus.articles import Article, load_corpus
from tanya_csto.service.quotes import CONTEXT, affixes, around, paragraphs, pieces, quote_url, read_quotes
from tanya_csto.text.boilerplate import find_boilerplate
from tanya_csto.text.spans import Span

ARTICLES = load_corpus().articles


def test_the_address_names_article_and_range():
    assert quote_url(Article("suara", "Suara.com", "teks"), Span(1, 3)) == "/artikel/suara?kutip=1-3#kutipan-1"


def test_ranges_are_read_repeated_or_with_commas():
    assert read_quotes(["4-6,0-2", "8-9"], "0123456789") == ((Span(0, 2), Span(4, 6), Span(8, 9)), True)
    assert read_quotes([], "0123456789") == ((), True)


def test_ranges_that_overlap_become_one_mark():
    assert read_quotes(["0-4", "2-6"], "0123456789") == ((Span(0, 6),), True)


@pytest.mark.parametrize("value", ["x", "3", "5-2", "2-2", "0-11", "-1-3", "٠-٣", "0-9999999999999", "<script>"])
def test_a_range_that_the_text_does_not_have_is_told_and_the_sound_ones_stay(value):
    assert read_quotes([value, "0-2"], "0123456789") == ((Span(0, 2),), False)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
@pytest.mark.parametrize("mark", [(0, 1), (40, 200), (100, 700), (0, 2000)])
def test_cutting_an_article_loses_no_character(article, mark):
    marks = (Span(*mark),)
    cut = [piece for paragraph in paragraphs(article, marks) for piece in paragraph]
    assert "".join(piece.text for piece in cut) == article.text
    assert "".join(piece.text for piece in cut if piece.mark) == marks[0].of(article.text)
    assert sum(piece.first for piece in cut) == 1
    boilerplate = "".join(mark.span.of(article.text) for mark in article.boilerplate)
    assert "".join(piece.text for piece in cut if piece.boilerplate) == boilerplate


def test_a_text_of_line_breaks_only_is_kept():
    assert [piece.text for piece in pieces("\n\n", Span(0, 2), ())] == ["\n\n"]


def test_the_passage_around_a_quote_is_whole_sentences_next_to_it():
    text = "Baca Juga: Lain\n\nSatu dua. Tiga empat. Lima enam!\n\nTujuh delapan.\n" + "Panjang sekali ini. " * 30
    article = Article("a", "Kabar", text, boilerplate=find_boilerplate(text))
    start = text.index("Tiga")
    quote = Span(start, start + len("Tiga empat."))
    before, after = around(article, quote)
    assert before.of(text) == "Satu dua. "
    assert after.of(text).startswith(" Lima enam!\n\nTujuh delapan.\nPanjang")
    assert after.of(text).endswith("ini.")
    assert CONTEXT <= len(after) < CONTEXT + 30


def test_a_quote_that_is_all_there_is_has_no_passage():
    article = Article("a", "Kabar", "Satu dua.")
    assert [len(side) for side in around(article, Span(0, 9))] == [0, 0]


def test_what_stands_next_to_a_quote_tells_it_from_the_same_words_elsewhere():
    text = "😀" * 40 + " Rusia. \n" + "😀" * 40
    start = text.index("Rusia")
    assert affixes(text, Span(start, start + 6)) == ("😀" * 31 + " ", " \n" + "😀" * 30)
    assert affixes("Rusia.", Span(0, 6)) == ("", "")


@pytest.mark.parametrize("many", [8, 20])
def test_every_quote_of_an_answer_can_be_marked_at_once(many):
    ranges = ",".join(f"{n}-{n + 1}" for n in range(0, 2 * many, 2))
    spans, sound = read_quotes([ranges], "x" * 50)
    assert (len(spans), sound) == (many, True)


def test_more_ranges_than_an_answer_has_are_not_all_marked():
    spans, sound = read_quotes([f"{n}-{n + 1}" for n in range(0, 200, 2)], "x" * 300)
    assert len(spans) == 20
    assert not sound
