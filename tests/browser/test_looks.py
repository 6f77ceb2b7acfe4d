"""Looks: nothing for axe to find in any state, light or dark; narrow, printed and still."""

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT, REFUSED

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
    "thanks": f"/umpan-balik?q={ANSWERED}",
}
BROKEN = {"not found", "empty question"}  # the browser logs their status as an error


@pytest.fixture(params=STATES)
def state(visit, request):
    page = visit.open(STATES[request.param])
    if request.param in BROKEN:
        visit.errors.clear()
    return page


def axe(page):
    found = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().run(page)
    return [
        (violation["id"], node["html"], node["failureSummary"])
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


UNFOLD = "document.querySelectorAll('details').forEach((details) => (details.open = true))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(state, scheme):
    state.emulate_media(color_scheme=scheme)
    assert axe(state) == []
    state.evaluate(UNFOLD)
    assert axe(state) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_something_is_going_on(visit, scheme):
    page = visit.open()
    page.emulate_media(color_scheme=scheme)
    visit.ask(ANSWERED)
    page.hover(".reference .jump")
    assert axe(page) == []
    page.route("**/*bagian=jawaban*", lambda _route: None)
    page.fill("#q", CONFLICTING)
    page.press("#q", "Enter")
    page.locator(".working").wait_for()
    assert axe(page) == []
    page.context.set_offline(True)
    page.unroute("**/*bagian=jawaban*")
    page.fill("#q", REFUSED)
    page.press("#q", "Enter")
    page.locator(".turn:last-child [role=alert]").wait_for()
    assert axe(page) == []
    visit.errors.clear()


@pytest.mark.options(viewport={"width": 320, "height": 600})
def test_at_320_pixels_nothing_moves_sideways(state):
    state.evaluate(UNFOLD)
    assert state.evaluate("document.documentElement.scrollWidth") <= 320
    wide = state.evaluate(
        "[...document.querySelectorAll('main *')].filter((element) => element.checkVisibility() && "
        "!element.closest('.hidden') && element.getBoundingClientRect().right > 320)"
        ".map((element) => element.outerHTML)"
    )
    assert wide == []


def test_dark_is_dark_and_light_is_light(visit):
    page = visit.open(q=ANSWERED)
    shades = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    assert shades["dark"] < 150 < 600 < shades["light"]


def test_reduced_motion_stands_still(visit):
    page = visit.open()
    page.route("**/*bagian=jawaban*", lambda _route: None)
    page.fill("#q", ANSWERED)
    page.press("#q", "Enter")
    page.locator(".working").wait_for()
    name = "getComputedStyle(document.querySelector('.working'), '::before').animationName"
    assert page.evaluate(name) == "pulse"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(name) == "none"


@pytest.mark.parametrize("conflicting", [False, True])
def test_print_shows_the_answer_with_every_source_and_no_controls(visit, conflicting, many):
    page = visit.open(q=CONFLICTING if conflicting else many)
    page.emulate_media(media="print")
    quotes = page.locator("blockquote")
    assert quotes.count() >= 2
    for n in range(quotes.count()):
        assert quotes.nth(n).is_visible()
        assert quotes.nth(n).bounding_box()["height"] > 0
    cites = page.locator("cite:visible").all_inner_texts()
    assert len(cites) == quotes.count()
    assert page.locator("form:visible, button:visible, summary:visible, .preview:visible").count() == 0
    assert len(page.pdf()) > 1000


def test_the_page_has_an_icon_and_a_title_to_share(visit):
    page = visit.open(q=ANSWERED)
    assert page.get_attribute("meta[property='og:title']", "content") == f"{ANSWERED} – Tanya CSTO"
    icon = page.get_attribute("link[rel=icon]", "href")
    assert page.request.get(visit.base + icon).ok
