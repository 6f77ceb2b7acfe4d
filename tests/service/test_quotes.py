import pytest

from tanya_csto.answer.answer import Citation
from tanya_csto.corpus.articles import Article
from tanya_csto.service.quotes import (
    CONTEXT,
    Marks,
    affixes,
    around,
    line,
    linked,
    pieces,
    quote_url,
    read_quotes,
    sections,
)
from tanya_csto.text.boilerplate import find_boilerplate
from tanya_csto.text.spans import Span
from tests.conftest import CORPUS

ARTICLES = CORPUS.articles


def test_the_address_names_article_and_range() -> None:
    assert quote_url(Article("suara", "Suara.com", "teks"), Span(1, 3)) == "/artikel/suara?kutip=1-3#kutipan-1"


def test_ranges_are_read_repeated_or_with_commas() -> None:
    assert read_quotes(["4-6,0-2", "8-9"], "0123456789") == Marks((Span(0, 2), Span(4, 6), Span(8, 9)), current=2)
    assert read_quotes([], "0123456789") == Marks()


def test_ranges_that_overlap_become_one_mark() -> None:
    assert read_quotes(["2-6", "0-4"], "0123456789") == Marks((Span(0, 6),), current=1)


@pytest.mark.parametrize("value", ["x", "3", "5-2", "2-2", "0-11", "-1-3", "٠-٣", "0-9999999999999", "<script>"])
def test_a_range_that_the_text_does_not_have_is_told_and_the_sound_ones_stay(value: str) -> None:
    assert read_quotes([value, "0-2"], "0123456789") == Marks((Span(0, 2),), current=1, sound=False)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
@pytest.mark.parametrize("mark", [(0, 1), (40, 200), (100, 700), (0, 2000)])
def test_cutting_an_article_loses_no_character(article: Article, mark: tuple[int, int]) -> None:
    marks = (Span(*mark),)
    cut = [piece for each in sections(article, marks) for paragraph in each.paragraphs for piece in paragraph.pieces]
    assert "".join(piece.text for piece in cut) == article.text
    assert "".join(piece.text for piece in cut if piece.mark) == marks[0].of(article.text)
    assert sum(piece.first for piece in cut) == 1
    boilerplate = "".join(span.of(article.text) for span in article.boilerplate)
    assert "".join(piece.text for piece in cut if piece.boilerplate) == boilerplate


def test_a_text_of_line_breaks_only_is_kept() -> None:
    assert [piece.text for piece in pieces("\n\n", Span(0, 2), ())] == ["\n\n"]


def test_the_passage_around_a_quote_is_whole_sentences_next_to_it() -> None:
    text = "Baca Juga: Lain\n\nSatu dua. Tiga empat. Lima enam!\n\nTujuh delapan.\n" + "Panjang sekali ini. " * 30
    article = Article("a", "Kabar", text, boilerplate=find_boilerplate(text))
    start = text.index("Tiga")
    quote = Span(start, start + len("Tiga empat."))
    before, after = around(article, quote)
    assert before.of(text) == "Satu dua. "
    assert after.of(text).startswith(" Lima enam!\n\nTujuh delapan.\nPanjang")
    assert after.of(text).endswith("ini.")
    assert CONTEXT <= len(after) < CONTEXT + 30


def test_a_quote_that_is_all_there_is_has_no_passage() -> None:
    article = Article("a", "Kabar", "Satu dua.")
    assert [len(side) for side in around(article, Span(0, 9))] == [0, 0]


def test_what_stands_next_to_a_quote_tells_it_from_the_same_words_elsewhere() -> None:
    text = "😀" * 40 + " Rusia. \n" + "😀" * 40
    start = text.index("Rusia")
    assert affixes(text, Span(start, start + 6)) == ("😀" * 31 + " ", " \n" + "😀" * 30)
    assert affixes("Rusia.", Span(0, 6)) == ("", "")


@pytest.mark.parametrize("many", [8, 50])
def test_every_quote_of_an_answer_can_be_marked_at_once(many: int) -> None:
    ranges = ",".join(f"{n}-{n + 1}" for n in range(0, 2 * many, 2))
    marks = read_quotes([ranges], "x" * 100)
    assert (len(marks.spans), marks.sound) == (many, True)


def test_more_ranges_than_an_answer_has_are_not_all_marked() -> None:
    marks = read_quotes([f"{n}-{n + 1}" for n in range(0, 200, 2)], "x" * 300)
    assert len(marks.spans) == 50
    assert not marks.sound


def kinds(text: str, *marks: Span, title: str | None = None) -> list[tuple[bool, list[str]]]:
    article = Article("a", "Kabar", text, title=title, boilerplate=find_boilerplate(text))
    return [(each.folded, [paragraph.kind for paragraph in each.paragraphs]) for each in sections(article, marks)]


TAIL = "Tag\nsatu\ndua\ntiga\nempat\nlima"


def test_the_title_is_the_first_line_that_is_the_title_and_headings_of_sections_are_told_from_text() -> None:
    text = "Judul Berita Ini\nIsi pertama.\nPasukan Dan Tugasnya\nJudul Berita Ini\n"
    assert kinds(text, title="Judul Berita Ini") == [(False, ["title", "text", "subhead", "subhead"])]
    assert kinds(text) == [(False, ["subhead", "text", "subhead", "subhead"])]


def test_a_stretch_of_boilerplate_is_folded_a_line_of_it_is_not_and_a_mark_keeps_it_open() -> None:
    text = f"Isi satu.\nBaca Juga: Lain\nIsi dua.\n{TAIL}"
    middle = [(False, ["text"]), (False, ["boilerplate"]), (False, ["text"])]
    assert kinds(text) == [*middle, (True, ["boilerplate"] * 6)]
    assert kinds(text, Span(len(text) - 4, len(text))) == [*middle, (False, ["boilerplate"] * 6)]


def cited(text: str, quote: str, mark: str) -> Citation:
    article = Article("a", "Kabar", text)
    start, at = text.index(quote), text.index(mark)
    return Citation(1, article, Span(start, start + len(quote)), (Span(at, at + len(mark)),))


def test_a_quote_on_one_line_is_the_sentence_of_its_marked_words_cut_to_a_few_on_either_side() -> None:
    text = "Awal sekali. Satu dua tiga empat lima enam tujuh delapan pada 1992 di sana. Akhir."
    assert line(cited(text, text, "1992")) == "… tiga empat lima enam tujuh delapan pada 1992 di sana."


def test_a_sentence_of_ours_links_the_outlets_that_it_names() -> None:
    articles = [Article("b", "Kabar Baru", ""), Article("a", "Kabar", ""), Article("c", "Kabar", "")]
    found = linked("Dari Kabar Baru dan Kabar.", articles)
    assert [(words, article and article.id) for words, article in found] == [
        ("Dari ", None),
        ("Kabar Baru", "b"),
        (" dan ", None),
        ("Kabar", "a"),
        (".", None),
    ]
    assert linked("Dari Kabar.", []) == [("Dari Kabar.", None)]
