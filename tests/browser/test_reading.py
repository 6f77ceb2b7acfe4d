"""Reading on from a quote: preview, passage, article; with a script and without one."""

import re

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, article_text


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(visit, request, browser, many):
    """A visit to an answered question, with and without JavaScript."""
    if not request.param:
        visit.page.context.close()
        visit.page = browser.new_context(java_script_enabled=False).new_page()
        visit.page.context.on("request", lambda sent: visit.requests.append(sent.url))
    visit.open(q=many)
    yield visit
    visit.page.context.close()


def marked(page):
    return "".join(page.locator("#teks mark").all_text_contents())


def in_sight(page, selector):
    box, height = page.locator(selector).first.bounding_box(), page.viewport_size["height"]
    return 0 <= box["y"] < height


def test_a_number_previews_on_hover_and_on_focus(visit):
    page = visit.open(q=ANSWERED)
    preview = page.locator(".reference .preview")
    assert not preview.is_visible()
    page.hover(".reference .jump")
    assert preview.is_visible()
    assert preview.inner_text() == page.locator("blockquote").first.text_content()
    page.keyboard.press("Escape")
    assert not preview.is_visible()
    page.mouse.move(0, 0)
    page.locator("#jawaban").focus()
    page.keyboard.press("Tab")
    assert preview.is_visible()


def test_the_first_click_unfolds_and_the_second_reads_the_article(reader):
    page = reader.page
    quote = page.locator("blockquote").first.text_content()
    context = page.locator(".quote").first.locator(".context")
    assert not context.first.is_visible()
    page.click(".reference a:visible")
    assert context.first.is_visible()
    page.click(".reference a:visible")
    page.wait_for_url("**/artikel/**")
    assert marked(page) == quote
    assert in_sight(page, "#kutipan-1")


def test_a_folded_quote_previews_unfolds_and_leads_on_from_the_same_place(reader):
    page = reader.page
    folded = page.locator(".folded").first
    spot = folded.locator("summary .n").bounding_box()
    spot = (spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    page.mouse.move(*spot)
    assert folded.locator(".preview").is_visible()
    quote = folded.locator("blockquote")
    assert not quote.is_visible()
    page.mouse.click(*spot)
    assert quote.is_visible()
    assert not folded.locator(".preview").is_visible()
    text = quote.text_content()
    place = folded.locator(".n:visible").bounding_box()
    page.mouse.click(place["x"] + 5, place["y"] + place["height"] / 2)
    page.wait_for_url("**/artikel/**")
    assert marked(page) == text
    assert in_sight(page, "#kutipan-1")


def test_the_passage_shows_by_its_own_button_too(reader):
    page = reader.page
    figure = page.locator(".quote").first
    figure.locator("summary").click()
    assert figure.locator(".context").first.is_visible()
    figure.locator("summary").click()
    assert not figure.locator(".context").first.is_visible()


@pytest.mark.parametrize("conflicting", [False, True])
def test_every_marked_text_is_the_quote_and_the_articles_own(visit, conflicting, many):
    page = visit.open(q=CONFLICTING if conflicting else many)
    links = page.eval_on_selector_all(".quote figcaption a.read", "all => all.map((link) => link.getAttribute('href'))")
    quotes = page.locator("blockquote").all_text_contents()
    assert len(links) == len(quotes) >= 2
    for link, quote in zip(links, quotes, strict=True):
        page.goto(visit.base + link)
        assert marked(page) == quote
        article_id, start, end = re.fullmatch(r"/artikel/([\w-]+)\?kutip=(\d+)-(\d+)#kutipan-1", link).groups()
        text = article_text(visit.base, article_id)
        assert text[int(start) : int(end)] == quote
        assert page.locator("#teks").text_content() == text


def test_boilerplate_is_grey_and_several_quotes_are_marked(visit):
    page = visit.open("/artikel/suara", kutip="100-140,200-230")
    assert page.locator("#teks mark[id]").count() == 2
    assert "tanggal terbit tidak tercantum" in page.locator(".byline").inner_text()
    colour = "element => getComputedStyle(element).color"
    grey, black = (page.locator(place).first.evaluate(colour) for place in ("#teks .boilerplate", "#teks p"))
    assert grey != black


def test_back_from_the_article_is_the_conversation(visit):
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    page.locator(".quote a.read:visible").first.click()
    page.wait_for_url("**/artikel/**")
    page.click(".back a")
    page.click("#lanjutkan a")
    assert page.locator(".asked").all_inner_texts() == [ANSWERED, CONFLICTING]
