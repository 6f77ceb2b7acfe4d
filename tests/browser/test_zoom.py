"""Zoomed in to 200 and 400 percent: little room, and still everything that has the focus is in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ANSWERED, CONFLICTING, Visit, until
from tests.browser.test_looks import axe

SIZES = [(640, 400), (320, 256)]


@pytest.fixture(params=SIZES, ids=["200", "400"])
def zoomed(visit: Visit, request: pytest.FixtureRequest) -> Visit:
    width, height = request.param
    visit.page.set_viewport_size({"width": width, "height": height})
    return visit


def test_the_field_stays_in_sight_while_it_has_the_focus(zoomed: Visit) -> None:
    page = zoomed.open()
    field = page.locator("#q")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)
    zoomed.ask(CONFLICTING)
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)
    page.click("#baru")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Urungkan")).to_be_in_viewport(ratio=1)


def test_a_new_answer_begins_above_the_field(zoomed: Visit) -> None:
    page = zoomed.open()
    zoomed.ask(ANSWERED)
    answer = zoomed.ask(CONFLICTING).bounding_box()
    assert 0 <= answer["y"] < page.locator("#tanya").bounding_box()["y"]


def test_the_chosen_completion_is_in_sight_with_the_field(zoomed: Visit) -> None:
    page = zoomed.open()
    page.locator("#q").press_sequentially("apa")
    page.locator("#saran li").first.wait_for()
    assert axe(page) == []
    for _ in range(page.locator("#saran li").count()):
        page.keyboard.press("ArrowDown")
        expect(page.locator("#saran [aria-selected=true]")).to_be_in_viewport(ratio=0.95)
        expect(page.locator("#q")).to_be_in_viewport(ratio=1)


def test_the_field_covers_nothing_that_is_read(zoomed: Visit) -> None:
    page = zoomed.open(q=CONFLICTING)
    page.focus(".quote .read")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("#q")).not_to_be_in_viewport()


def test_from_a_quote_to_its_mark_and_back(zoomed: Visit) -> None:
    page = zoomed.open(q=CONFLICTING)
    link = page.locator(".side").nth(1).locator(".read")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/**")
    mark = page.locator("#teks mark.current").first
    expect(mark).to_be_focused()
    uncovered = """element => {
      const [line] = element.getClientRects();
      return element.contains(document.elementFromPoint(line.left + 2, line.top + line.height / 2));
    }"""
    assert mark.evaluate(uncovered)
    page.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/**")
    page.keyboard.press("Escape")
    page.wait_for_url("**/?q=*")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)


def test_what_unfolds_leaves_its_button_where_it_is(zoomed: Visit) -> None:
    page = zoomed.open(q=ANSWERED)
    button = page.locator(".quote summary").first
    button.focus()
    place = button.bounding_box()["y"]
    page.keyboard.press("Enter")
    expect(page.locator(".quote .context").first).to_be_visible()
    until(page, lambda: abs(button.bounding_box()["y"] - place) < 2)
    expect(button).to_be_in_viewport(ratio=1)
