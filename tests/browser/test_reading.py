"""Reading on from a quote: its context, the panel beside the conversation, the page of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ANSWERED, CONFLICTING, Visit, article_text, until, visiting

PHONE = {"width": 390, "height": 800}


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(context_of: Callable[..., Any], base: str, request: pytest.FixtureRequest, many: str) -> Iterator[Visit]:
    """A visit to an answered question on a phone, with and without JavaScript."""
    with visiting(context_of(java_script_enabled=request.param, viewport=PHONE), base) as visit:
        visit.open(q=many)
        yield visit


def marked(page: Any, which: str = "#teks mark") -> str:
    return "".join(page.locator(which).all_text_contents())


def expect_in_sight(page: Any, selector: str) -> None:
    expect(page.locator(selector).first).to_be_in_viewport(ratio=0.9)


def test_the_context_of_a_quote_unfolds_and_folds(reader: Visit) -> None:
    figure = reader.page.locator(".quote").first
    assert not figure.locator(".context").first.is_visible()
    figure.locator("summary").click()
    assert figure.locator(".context").first.is_visible()
    figure.locator("summary").click()
    assert not figure.locator(".context").first.is_visible()


@pytest.mark.options(viewport={"width": 1440, "height": 900})
def test_the_context_of_a_quote_unfolds_beside_the_panel_too(visit: Visit) -> None:
    figure = visit.open(q=ANSWERED).locator(".quote").first
    figure.get_by_text("Konteks").click()
    assert figure.locator(".context").first.is_visible()


def test_the_paragraphs_of_a_context_stand_apart(visit: Visit) -> None:
    figure = visit.open(q="Apa itu CSTO?").locator(".quote").first
    figure.get_by_text("Konteks").click()
    gap = figure.locator(".gap").first
    assert gap.evaluate("element => element.getBoundingClientRect().height") > 5
    assert "\n" in figure.locator(".context").last.text_content()


def test_a_folded_quote_shows_its_outlet_and_the_words_that_answer(reader: Visit) -> None:
    folded = reader.page.locator(".folded").first
    quote = folded.locator("blockquote")
    assert not quote.is_visible()
    assert folded.locator("mark").first.text_content() in folded.locator(".gist").inner_text()
    folded.locator("summary").click()
    assert quote.is_visible()


def test_nothing_covers_a_quote_while_the_pointer_rests_on_it(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    page.hover(".quote")
    covering = page.locator(".quote blockquote").evaluate(
        "element => { const box = element.getBoundingClientRect();"
        " return document.elementFromPoint(box.left + 20, box.top + 5).closest('.quote') === null; }"
    )
    assert not covering
    assert page.locator("[role=tooltip]").count() == 0


def test_a_quote_leads_to_its_place_in_the_article(reader: Visit) -> None:
    page = reader.page
    quote = page.locator("blockquote").first.text_content()
    page.locator(".quote .read").first.click()
    page.wait_for_url("**/artikel/**")
    assert quote in (marked(page), marked(page, "#teks mark.current"))
    expect_in_sight(page, "#teks mark.current")


@pytest.mark.parametrize("conflicting", [False, True])
def test_every_marked_text_is_the_quote_and_the_articles_own(visit: Visit, conflicting: bool, many: str) -> None:
    page = visit.open(q=CONFLICTING if conflicting else many)
    links = page.eval_on_selector_all("#percakapan blockquote", "all => all.map((quote) => quote.cite)")
    quotes = page.locator("#percakapan blockquote").all_text_contents()
    assert len(links) == len(quotes) >= 2
    for link, quote in zip(links, quotes, strict=True):
        page.goto(link)
        assert marked(page) == quote
        found = re.search(r"/artikel/([\w-]+)\?kutip=(\d+)-(\d+)#kutipan-1$", link)
        assert found is not None
        article_id, start, end = found.groups()
        text = article_text(visit.base, article_id)
        assert text[int(start) : int(end)] == quote
        assert page.locator("#teks").text_content() == text


def test_the_panel_shows_the_article_of_the_quote_at_its_mark(visit: Visit) -> None:
    page = visit.open()
    assert page.locator("#daftar").is_visible()
    answer = visit.ask(ANSWERED)
    page.locator("#bacaan #teks").wait_for()
    assert not page.locator("#daftar").is_visible()
    assert marked(page) == answer.locator("blockquote").text_content()
    expect_in_sight(page, "#teks mark")
    assert page.locator("#bacaan #teks").text_content() == article_text(visit.base, "perspektif")
    page.locator("#bacaan .pills a", has_text="Suara.com").click()
    until(page, lambda: "Artikel Suara.com" in page.locator("#bacaan").inner_text())
    page.click(".sources-link")
    assert page.locator("#daftar").is_visible()
    assert page.url.endswith("CSTO%3F")


def test_the_panel_goes_back_with_the_conversation(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    page.locator("#bacaan #teks").wait_for()
    visit.ask("Di mana kantor pusat CSTO?")
    until(page, lambda: "Suara.com" in page.locator("#bacaan h2").first.inner_text())
    page.go_back()
    until(page, lambda: "Perspektif.co.id" in page.locator("#bacaan h2").first.inner_text())


def test_every_quote_of_the_conversation_is_marked_and_the_keys_go_from_one_to_the_next(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    until(page, lambda: page.locator("#teks mark[id]").count() == 2)
    visit.ask("Mengapa Armenia menangguhkan partisipasinya dalam CSTO?")
    until(page, lambda: page.locator("#teks mark[id]").count() == 3)
    titles = page.locator(".marks a").evaluate_all("all => all.map((mark) => mark.title)")
    assert sorted(set(titles)) == sorted([ANSWERED, CONFLICTING, page.locator(".asked h2").last.inner_text()])
    current = page.locator("#teks mark.current").first
    assert current.get_attribute("id") == "kutipan-3"
    page.keyboard.press("Alt+ArrowDown")
    assert current.get_attribute("id") == "kutipan-1"
    page.keyboard.press("Alt+ArrowUp")
    assert current.get_attribute("id") == "kutipan-3"
    page.locator(".marks a").first.click()
    assert current.get_attribute("id") == "kutipan-1"
    expect_in_sight(page, "#kutipan-1")


def test_furniture_is_folded_away_and_a_title_stands_once(visit: Visit) -> None:
    page = visit.open("/artikel/suara", kutip="100-140,200-230")
    assert page.locator("#teks mark[id]").count() == 2
    assert "Tanggal terbit tidak tercantum" in page.locator(".byline").inner_text()
    folded = page.locator("#teks details")
    assert folded.count() == 1
    assert folded.locator("summary").get_attribute("aria-label") == "Bagian halaman yang tidak ikut dicari"
    assert not page.get_by_text("Ancol Rencanakan Reklamasi").is_visible()
    assert page.locator("#teks h2").all_inner_texts() == [
        "Mengenal Apa itu CSTO",
        "Pasukan Penjaga Perdamaian dan Tugasnya",
    ]
    page.goto(f"{visit.base}/artikel/bangkapos")
    assert page.get_by_text("Satu Anggota Diserang, Anggota Lain").count() == 1
    tall = page.locator("#teks p").evaluate_all("all => all.filter((each) => each.innerText.includes('\\n\\n')).length")
    assert tall == 0


def ask_article(page: Any, question: str) -> None:
    page.fill("#tanya-artikel", question)
    page.press("#tanya-artikel", "Enter")


@pytest.mark.options(viewport=PHONE)
def test_a_question_to_one_article_goes_on_with_the_conversation(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    page.locator(".side").nth(1).locator(".read").click()
    page.wait_for_url("**/artikel/suara?**")
    ask_article(page, "pasukannya berapa?")
    answer = page.locator("#jawaban-3")
    expect(answer.locator("cite").first).to_have_text("Suara.com")
    assert page.locator(".asked h2:visible").all_inner_texts() == [ANSWERED, CONFLICTING, "pasukannya berapa?"]
    expect(page.locator(".turn").nth(2)).to_contain_text("Ditanyakan kepada artikel Suara.com saja.")
    page.reload()
    assert page.locator(".asked h2:visible").count() == 3
    assert page.locator(".turn:last-child .answer").text_content() == answer.text_content()
    visit.ask("Siapa Sekretaris Jenderal CSTO?")
    assert page.locator(".turn:last-child cite").first.inner_text() == "Perspektif.co.id"
    page.go_back()
    expect(page.locator(".asked h2:visible")).to_have_count(3)
    page.go_back()
    expect(page.locator(".asked h2:visible")).to_have_text([ANSWERED, CONFLICTING])


def test_the_panel_asks_its_article_as_the_next_question(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask("Apa itu CSTO?")
    page.locator("#bacaan .pills a", has_text="Suara.com").click()
    until(page, lambda: "Artikel Suara.com" in page.locator("#bacaan").inner_text())
    ask_article(page, "pasukannya berapa?")
    expect(page.locator(".turn .answer")).to_have_count(3)
    assert page.locator(".turn:last-child cite").first.inner_text() == "Suara.com"
    assert page.url.endswith("&artikel=3%3Asuara")


def test_what_one_article_does_not_tell_is_asked_of_all_in_one_step(visit: Visit) -> None:
    page = visit.open(q=ANSWERED, artikel="suara")
    turn = page.locator(".turn")
    assert turn.locator(".answer.not_found").count() == 1
    assert "Ditanyakan kepada artikel Suara.com saja." in turn.inner_text()
    turn.get_by_text("Cari di semua artikel").click()
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED, ANSWERED]
    assert page.locator(".turn").nth(1).get_by_text("Ditanyakan kepada").count() == 0


@pytest.mark.options(viewport=PHONE)
def test_from_the_list_of_sources_the_way_back_is_the_conversation(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    page.click(".sources-link")
    page.locator(".sources a").first.click()
    page.get_by_text("Kembali ke percakapan").click()
    expect(page.locator(".asked h2")).to_have_text([ANSWERED])
    page.goto(f"{visit.base}/artikel/suara")
    assert page.locator("#kembali").inner_text() == "Ajukan pertanyaan"


@pytest.mark.options(viewport=PHONE)
def test_back_from_the_article_is_the_answer_in_one_step(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    page.locator(".answer").nth(1).locator(".quote .read").first.click()
    page.wait_for_url("**/artikel/**")
    page.get_by_text("Kembali ke jawaban").click()
    expect(page.locator(".asked h2")).to_have_text([ANSWERED, CONFLICTING])
    expect_in_sight(page, ".turn:nth-child(2) .quote")


def test_the_other_sources_are_one_step_from_an_article(visit: Visit) -> None:
    page = visit.open("/artikel/suara")
    assert page.locator(".reading .pills a").all_inner_texts() == [
        "CNBC Indonesia",
        "WahanaNews",
        "Bangka Pos",
        "Perspektif.co.id",
    ]


@pytest.mark.options(viewport={"width": 320, "height": 480})
def test_within_another_page_the_small_view_stays_small(visit: Visit) -> None:
    page = visit.open("/", tampilan="ringkas")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    visit.ask(ANSWERED)
    assert page.url.endswith("&tampilan=ringkas")
    assert page.locator(".quote .read").get_attribute("target") == "_blank"
    page.reload()
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED]
    assert page.locator("html.compact").count() == 1
