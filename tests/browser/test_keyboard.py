"""The keyboard alone: from the first view to the article, with everything that has the focus in sight."""

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, REFUSED

FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: element.id || element.className || element.textContent.trim(), tag: element.tagName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.top >= 0 && box.bottom <= innerHeight,
    uncovered: top === element || element.contains(top) || top?.contains(element),
  };
}"""


def test_the_keys(visit):
    page = visit.open()
    page.locator("body").click(position={"x": 1, "y": 1})
    page.keyboard.press("/")
    page.keyboard.type(f"{ANSWERED}")
    assert page.input_value("#q") == ANSWERED
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""
    page.keyboard.type(ANSWERED)
    page.keyboard.press("Enter")
    page.locator(".turn .answer").wait_for()
    page.keyboard.press("/")
    page.keyboard.type(REFUSED)
    page.keyboard.press("Enter")
    page.locator(".turn .answer").nth(1).wait_for()
    page.keyboard.press("/")
    page.keyboard.type("naskah")
    for key, expected in [
        ("ArrowUp", REFUSED),
        ("ArrowUp", ANSWERED),
        ("ArrowUp", ANSWERED),
        ("ArrowDown", REFUSED),
        ("ArrowDown", "naskah"),
    ]:
        page.keyboard.press(key)
        assert page.input_value("#q") == expected


def test_a_slash_is_a_letter_inside_a_field(visit):
    page = visit.open()
    page.focus("#q")
    page.keyboard.type("25/2/2022")
    assert page.input_value("#q") == "25/2/2022"


def test_the_questions_of_a_shared_conversation_are_recalled(visit):
    page = visit.open("/", riwayat=ANSWERED, q=CONFLICTING)
    page.focus("#q")
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") == CONFLICTING
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") == ANSWERED


@pytest.mark.parametrize("path", ["/", f"/?q={ANSWERED}", f"/?q={CONFLICTING}", f"/?q={REFUSED}", "/artikel/suara"])
def test_tab_reaches_everything_and_shows_where_it_is(visit, path):
    page = visit.open(path)
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary')]"
        ".filter((element) => element.checkVisibility({visibilityProperty: true})).length"
    )
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "skip"
    seen = 1
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        seen += 1
        assert focus["outlined"], focus
        assert focus["inside"], focus
        assert focus["uncovered"], focus
    radios = page.evaluate("document.querySelectorAll('input[type=radio]').length")
    groups = page.evaluate("document.querySelectorAll('fieldset').length")
    assert seen == wanted - radios + groups


def test_from_a_question_to_the_article_without_a_mouse(visit):
    page = visit.open()
    page.keyboard.type(ANSWERED)
    page.keyboard.press("Enter")
    page.locator(".turn .answer").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "jump"
    page.keyboard.press("Enter")
    page.locator(".quote .context").first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "read"
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/**")
