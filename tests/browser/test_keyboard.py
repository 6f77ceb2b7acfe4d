"""The keyboard alone: from the first view to the article, with everything that has the focus in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ANSWERED, CONFLICTING, REFUSED, Visit, until

FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const shown = element.id === "q" ? element.parentElement : element, style = getComputedStyle(shown);
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: element.id || element.className || element.textContent.trim(), tag: element.tagName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.top >= 0 && box.bottom <= innerHeight,
    uncovered: top === element || element.contains(top) || top?.contains(element),
  };
}"""
OUTLINED = """element => {
  const style = getComputedStyle(element);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
STOPS = "a[href], button, input:not([type=hidden]), textarea, summary"


def test_the_keys(visit: Visit) -> None:
    page = visit.open()
    page.locator("h1").click()  # what is no control takes no focus
    page.keyboard.press("/")
    page.keyboard.type(f"{ANSWERED}")
    assert page.input_value("#q") == ANSWERED
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""
    visit.ask(ANSWERED)
    visit.ask(REFUSED)
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


def test_a_slash_is_a_letter_inside_a_field(visit: Visit) -> None:
    page = visit.open()
    page.focus("#q")
    page.keyboard.type("25/2/2022")
    assert page.input_value("#q") == "25/2/2022"


def test_enter_sends_and_with_shift_begins_a_line(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.type("Apa itu")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("CSTO?")
    assert page.input_value("#q") == "Apa itu\nCSTO?"
    page.keyboard.press("Enter")
    page.locator(".turn .answer.answered").wait_for()


def test_the_questions_of_a_shared_conversation_are_recalled(visit: Visit) -> None:
    page = visit.open("/", riwayat=ANSWERED, q=CONFLICTING)
    page.focus("#q")
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") == CONFLICTING
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") == ANSWERED


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", f"/?q={ANSWERED}", f"/?q={CONFLICTING}", f"/?q={REFUSED}", "/artikel/suara"])
def test_tab_reaches_everything_and_shows_where_it_is(visit: Visit, path: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open(path)
    if width > 1100 and "?q=" in path and REFUSED not in path:
        page.locator("#bacaan article").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    wanted = page.evaluate(
        f"[...document.querySelectorAll('{STOPS}')]"
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
        seen += focus["name"] != "panel"  # a panel that scrolls is a stop of its own
        assert focus["outlined"], focus
        assert focus["inside"], focus
        assert focus["uncovered"], focus
    assert seen == wanted


@pytest.mark.options(viewport={"width": 768, "height": 900})
def test_from_a_question_to_the_article_and_back_without_a_mouse(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.type(ANSWERED)
    page.keyboard.press("Enter")
    page.locator(".turn .answer").wait_for()
    page.focus(".quote .read")
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/**")
    page.focus("#kembali")
    expect(page.locator("#kembali")).to_have_text("Kembali ke jawaban")
    page.keyboard.press("Enter")
    expect(page.locator(".asked h2")).to_have_text([ANSWERED])
    expect(page.locator(".turn .answer")).to_be_visible()


def test_from_a_question_into_the_panel_and_back_without_a_mouse(visit: Visit) -> None:
    page = visit.open(q=CONFLICTING)
    page.locator("#bacaan article").wait_for()
    link = page.locator(".side").nth(1).locator(".read")
    link.focus()
    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate("document.activeElement.matches('#teks mark.current')"))
    assert "antara tahun 1992 dan 2002" in page.evaluate("document.activeElement.textContent")
    page.locator("#bacaan .pills a").first.focus()
    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate("document.activeElement.id") == "panel")
    page.keyboard.press("Escape")
    assert link.evaluate("element => element === document.activeElement")


def test_a_copied_answer_leaves_the_focus_where_it_is(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    page.get_by_role("button", name="Salin").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sudah disalin").wait_for()
    page.get_by_role("button", name="Salin", exact=True).wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Salin"


def test_a_card_reads_as_a_sentence_to_a_screen_reader(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    told = page.locator(".answer").aria_snapshot()
    order = ["Imangali Tasmagambetov", "blockquote", "text: Perspektif.co.id", "Salin", "Bagikan", "Jawaban ini benar"]
    places = [told.index(each) for each in [*order, "Tanyakan juga"]]
    assert places == sorted(places)
    assert told.startswith('- group "Jawaban"')
    visit.ask(CONFLICTING)
    told = page.locator(".answer").last.aria_snapshot()
    assert '- heading "1992" [level=3]' in told
    order = ["1992", "2 dari 5 sumber", "Perspektif.co.id", "Bangka Pos … yaitu", "Antara tahun", "1 dari 5"]
    places = [told.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize("question", [None, CONFLICTING])
def test_the_first_stop_skips_to_the_newest_answer(visit: Visit, question: str | None) -> None:
    page = visit.open()
    for each in filter(None, [question and ANSWERED, question]):
        visit.ask(each)
    page.evaluate("window.same = true")
    skip = page.get_by_role("link", name="Langsung ke jawaban terbaru" if question else "Langsung ke isi")
    skip.focus()
    page.keyboard.press("Enter")
    target = page.locator(".turn:last-child .answer" if question else "#isi")
    expect(target).to_be_focused()
    assert target.evaluate(OUTLINED)
    assert target.bounding_box()["y"] < 200
    assert page.evaluate("window.same")


@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_whatever_takes_the_focus_by_itself_has_a_ring(visit: Visit, forced_colors: str) -> None:
    page = visit.open(q=CONFLICTING)
    page.emulate_media(forced_colors=forced_colors)
    page.locator("#bacaan mark").wait_for()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("mark.current")).to_be_focused()
    assert page.locator("mark.current").evaluate(OUTLINED)
    page.focus(".sources-link")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    assert page.locator("#panel").evaluate(OUTLINED)
    page.get_by_role("button", name="Jawaban ini benar").focus()
    page.keyboard.press("Enter")
    thanks = page.get_by_text("Terima kasih. Penilaian Anda sudah disimpan.")
    expect(thanks).to_be_focused()
    assert thanks.evaluate(OUTLINED)


def test_the_focus_goes_from_mark_to_mark(visit: Visit) -> None:
    page = visit.open("/artikel/suara", kutip="100-140,200-230")
    for key, mark in [("ArrowDown", 2), ("ArrowDown", 1), ("ArrowUp", 2)]:
        page.keyboard.press(f"Alt+{key}")
        expect(page.locator(f"#kutipan-{mark}")).to_be_focused()
        expect(page.locator(f"#kutipan-{mark}")).to_be_in_viewport()


def test_a_letter_goes_into_the_question_only_where_nothing_has_the_focus(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    for place in (".quote .read", ".quote summary", "#tema", ".turn .answer"):
        page.focus(place)
        page.keyboard.type("b/")
        assert page.input_value("#q") == ""
        expect(page.locator(place).first).to_be_focused()
    page.locator(".turn .short").click()
    page.keyboard.type("/siapa")
    assert page.input_value("#q") == "siapa"
    assert "/" in page.locator(".composer .keys").inner_text()


def test_a_question_that_is_changed_can_be_left_as_it_was(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    page.keyboard.type("naskah")
    edit = page.get_by_role("button", name="Ubah pertanyaan")
    edit.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_be_focused()
    assert page.input_value("#q") == ANSWERED
    expect(page.locator("#kabar")).to_contain_text("disalin ke kotak pertanyaan; ubah lalu kirim")
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    assert page.input_value("#q") == "naskah"
    visit.ask(REFUSED)
    page.keyboard.type("lain")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""
    expect(page.locator("#q")).to_be_focused()


def test_the_notice_about_the_voice_is_spoken_and_closes_with_escape(visit: Visit) -> None:
    visit.page.add_init_script("window.SpeechRecognition = class {}")
    page = visit.open()
    microphone = page.get_by_role("button", name="Tanya dengan suara")
    microphone.focus()
    page.keyboard.press("Enter")
    start = page.get_by_role("button", name="Mulai bicara")
    expect(start).to_be_focused()
    expect(start).to_have_accessible_description(
        "Peramban Anda mungkin mengirim suara Anda ke penyedia layanannya untuk dikenali."
    )
    expect(start).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(start).not_to_be_visible()
    expect(microphone).to_be_focused()


@pytest.mark.options(fresh=True)
def test_how_many_completions_there_are_is_told_once_when_typing_rests(visit: Visit) -> None:
    visit.page.clock.install(time=0)
    page = visit.open()
    page.evaluate(
        "window.told = []; new MutationObserver(() => window.told.push(document.getElementById('kabar').textContent))"
        ".observe(document.getElementById('kabar'), {childList: true})"
    )
    page.clock.pause_at(60_000)
    for letter in "siapa":
        page.keyboard.type(letter)
        page.clock.run_for(400)
        if page.input_value("#q") != "s":
            page.locator("#saran li").first.wait_for()
    assert page.evaluate("window.told.filter(Boolean)") == []
    told: Callable[[], list[str]] = lambda: page.evaluate("window.told.filter(Boolean)")  # noqa: E731
    page.clock.run_for(2000)
    until(page, lambda: len(told()) == 1)
    count = page.locator("#saran li").count()
    page.keyboard.type(" ")
    page.clock.run_for(400)
    page.locator("#saran li").first.wait_for()
    page.clock.run_for(3000)
    assert page.locator("#saran li").count() == count
    assert [each.split()[0] for each in told()] == [str(count)]


def test_no_two_buttons_have_the_same_name(visit: Visit) -> None:
    page = visit.open(q=CONFLICTING)
    page.locator("#bacaan .about").wait_for()
    assert page.get_by_role("button", name="Tanya", exact=True).count() == 1


def test_a_new_conversation_says_how_to_take_it_back(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    page.focus("#baru")
    page.keyboard.press("Enter")
    expect(page.locator("#kabar")).to_contain_text("Tombol Urungkan ada tepat sebelum kotak pertanyaan.")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Urungkan")).to_be_focused()
