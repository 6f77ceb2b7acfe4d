"""Looks: nothing for axe to find in any state, light or dark; narrow, printed and still."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tanya_csto.corpus.articles import Corpus
from tanya_csto.engine import Tanya
from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT, REFUSED, Visit, send, serving

STATES = {
    "first": "/",
    "answered": f"/?q={ANSWERED}",
    "conflicting": f"/?q={CONFLICTING}",
    "refused": f"/?q={REFUSED}",
    "smalltalk": "/?q=Halo!",
    "understood": f"/?q={MISSPELT}",
    "as typed": f"/?q={MISSPELT}&persis=1",
    "thread": f"/?riwayat={ANSWERED}&riwayat={REFUSED}&q={CONFLICTING}",
    "article": "/artikel/suara?kutip=100-140,200-230",
    "bad link": "/artikel/suara?kutip=0-999999",
    "not found": "/tidak-ada",
    "empty question": "/?q=",
    "thanks": f"/umpan-balik?q={ANSWERED}&nilai=salah",
    "parts": "/?q=Kapan CSTO didirikan dan di mana kantor pusatnya?",
    "compact": f"/?q={ANSWERED}&tampilan=ringkas",
}
BROKEN = {"not found", "empty question"}  # the browser logs their status as an error


@pytest.fixture(params=STATES)
def state(visit: Visit, request: pytest.FixtureRequest) -> Any:
    page = visit.open(STATES[request.param])
    if request.param in BROKEN:
        visit.errors.clear()
    return page


def axe(page: Any) -> list[tuple[str, str, str]]:
    page.emulate_media(reduced_motion="reduce")  # what fades in is seen as it stays
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        (violation["id"], node["html"], node["failureSummary"])
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


EXHAUSTIVE = (pytest.mark.exhaustive, pytest.mark.slow)
UNFOLD = "document.querySelectorAll('details').forEach((details) => (details.open = true))"


@pytest.mark.parametrize(
    ("scheme", "widths"), [("light", [320, 1280]), pytest.param("dark", [320, 768, 1280], marks=EXHAUSTIVE)]
)
def test_axe_finds_nothing(state: Any, scheme: str, widths: list[int]) -> None:
    state.emulate_media(color_scheme=scheme)
    state.evaluate(UNFOLD)
    for width in widths:
        state.set_viewport_size({"width": width, "height": 800})
        assert axe(state) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_something_is_going_on(visit: Visit, scheme: str) -> None:
    page = visit.open()
    page.emulate_media(color_scheme=scheme)
    visit.ask(ANSWERED).get_by_role("button", name="Jawaban ini salah").click()
    page.locator(".reason").wait_for()
    page.locator("#bacaan article").wait_for()
    assert axe(page) == []
    page.locator("#q").press_sequentially("siapa")
    page.locator("#saran li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert axe(page) == []
    page.route("**/*bagian=jawaban*", lambda _route: None)
    send(page, CONFLICTING)
    page.locator(".working").wait_for()
    send(page, REFUSED)
    expect(page.locator(".working")).to_have_count(2)
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.unroute("**/*bagian=jawaban*")
    send(page, REFUSED)
    page.locator(".turn:last-child [role=alert]").wait_for()
    assert axe(page) == []
    page.context.set_offline(False)
    page.click("#baru")
    assert axe(page) == []
    visit.errors.clear()


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.options(viewport={"width": 320, "height": 600})
def test_at_320_pixels_nothing_moves_sideways(state: Any) -> None:
    state.evaluate(UNFOLD)
    assert state.evaluate("document.documentElement.scrollWidth") <= 320
    wide = state.evaluate(
        "[...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && "
        "!element.closest('.hidden') && element.getBoundingClientRect().right > 320)"
        ".map((element) => element.outerHTML)"
    )
    assert wide == []


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.options(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
def test_what_a_finger_touches_is_44_pixels_high(state: Any) -> None:
    small = state.evaluate(
        "[...document.querySelectorAll('button, summary, .field, .examples a, .chips a, .sources a, .site a, .pills a,"
        " .read, .marks a, .back a, .kept a')].filter((element) => element.checkVisibility() &&"
        " !element.closest('.skip') && element.getBoundingClientRect().height < 43.5)"
        ".map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect().height])"
    )
    assert small == []


@pytest.mark.parametrize("width", [320, 360])
def test_no_word_is_broken_at_a_no_break_space(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open(q=CONFLICTING)
    assert "Treaty\xa0Organization\xa0(CSTO)" in page.locator("blockquote", has_text="Kini pasca").text_content()
    page.evaluate(UNFOLD)
    lines = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("percakapan"), NodeFilter.SHOW_TEXT);
          const broken = [];
          for (let node; (node = walker.nextNode()); ) {
            const parent = node.parentElement;
            if (!parent.checkVisibility() || parent.closest(".hidden, textarea")) continue;
            for (const word of node.data.matchAll(/[^\\s-]+/gu)) {
              const range = document.createRange();
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) broken.push(word[0]);
            }
          }
          return broken;
        }"""
    )
    assert lines == []
    page.goto(f"{visit.base}/artikel/bangkapos")
    assert "Treaty\xa0Organization" in page.locator("#teks").text_content()


def shade(page: Any) -> int:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


def test_dark_is_dark_and_light_is_light(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    shades = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        shades[scheme] = shade(page)
    assert shades["dark"] < 150 < 600 < shades["light"]


def test_a_theme_is_chosen_and_kept(visit: Visit) -> None:
    page = visit.open()
    page.emulate_media(color_scheme="light")
    theme = page.locator("#tema")
    assert theme.get_attribute("aria-label") == "Tema: mengikuti perangkat"
    theme.click()
    assert theme.get_attribute("aria-label") == "Tema: terang"
    theme.click()
    assert theme.get_attribute("aria-label") == "Tema: gelap"
    assert shade(page) < 150
    page.goto(f"{visit.base}/artikel/suara")
    assert shade(page) < 150
    colors = page.locator("meta[name=theme-color]").evaluate_all("all => all.map((meta) => meta.content)")
    assert len(set(colors)) == 1


def test_the_colour_of_a_corpus_reaches_every_theme(browser: Any, corpus: Corpus) -> None:
    with serving(None, Tanya(replace(corpus, color="#aa2255"))) as base:
        page = browser.new_page()
        seen = set()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(base)
            button = page.locator(".field [type=submit]")
            seen.add(button.evaluate("element => getComputedStyle(element).backgroundColor"))
            assert axe(page) == []
        page.close()
    assert len(seen) == 2
    assert not any("15, 92, 110" in colour for colour in seen)


def test_reduced_motion_stands_still(visit: Visit) -> None:
    page = visit.open()
    page.route("**/*bagian=jawaban*", lambda _route: None)
    send(page, ANSWERED)
    page.locator(".working").wait_for()
    name = "getComputedStyle(document.querySelector('.working'), '::before').animationName"
    assert page.evaluate(name) == "pulse"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(name) == "none"


def test_forced_colours_keep_the_edges(visit: Visit) -> None:
    page = visit.open(q=CONFLICTING)
    page.emulate_media(forced_colors="active")
    for place in (".answer", ".field", ".chips a"):
        width = page.locator(place).first.evaluate("element => getComputedStyle(element).borderTopWidth")
        assert float(width.removesuffix("px")) >= 1, place


@pytest.mark.parametrize("conflicting", [False, True])
def test_print_shows_the_answer_with_every_source_and_no_controls(visit: Visit, conflicting: bool, many: str) -> None:
    page = visit.open(q=CONFLICTING if conflicting else many)
    page.emulate_media(media="print")
    quotes = page.locator(".answer blockquote")
    assert quotes.count() >= 2
    for n in range(quotes.count()):
        assert quotes.nth(n).is_visible()
        assert quotes.nth(n).bounding_box()["height"] > 0
    printed = page.locator(".answer .printed:visible")
    assert printed.count() == quotes.count()
    assert "tanggal terbit tidak tercantum" in printed.first.inner_text()
    assert f"{visit.base}/artikel/" in printed.first.inner_text()
    assert page.locator("form:visible, button:visible, #panel:visible, header.site:visible").count() == 0
    assert len(page.pdf()) > 1000


def test_the_page_has_an_icon_and_a_title_to_share(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    assert page.get_attribute("meta[property='og:title']", "content") == f"{ANSWERED} – Tanya CSTO"
    icon = page.get_attribute("link[rel=icon]", "href")
    assert page.request.get(visit.base + icon).ok
