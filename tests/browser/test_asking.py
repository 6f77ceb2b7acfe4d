"""Asking: the first view, the four kinds of answer, follow-ups, and a question as it was typed."""

import re

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT, REFUSED, until
from tests.conftest import EXAMPLES


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_the_first_view_is_ready_to_type(visit):
    page = visit.open()
    assert focused(page) == "q"
    assert page.locator("#pilihan .questions a").all_inner_texts() == list(EXAMPLES)
    assert page.locator(".sources li").count() == 5


def test_an_answer_takes_the_focus_and_is_announced(visit):
    page = visit.open()
    answer = visit.ask(ANSWERED)
    assert answer.locator(".short").inner_text().startswith("Imangali Tasmagambetov")
    assert answer.locator(".quote mark").first.inner_text() == "Imangali Tasmagambetov"
    assert "answer answered" in page.evaluate("document.activeElement.className")
    until(page, lambda: re.fullmatch(r"\d kutipan dari \d artikel", page.locator("#kabar").text_content()))
    assert page.locator("[role=status]").count() == 1
    assert page.input_value("#q") == ""
    assert not page.locator("#pilihan").is_visible()
    assert page.title() == f"{ANSWERED} – Tanya CSTO"


def test_an_example_is_asked_by_a_click(visit):
    page = visit.open()
    page.click(f"text={EXAMPLES[0]}")
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".asked").inner_text() == EXAMPLES[0]


def test_a_follow_up_goes_on_in_the_thread_and_survives_a_reload(visit):
    page = visit.open()
    visit.ask("Kapan CSTO didirikan?")
    answer = visit.ask("Kalau NATO?")
    assert "Dipahami sebagai: Kapan NATO didirikan?" in answer.inner_text()
    shown = page.locator("#percakapan blockquote").all_text_contents()
    page.reload()
    assert page.locator(".asked").all_inner_texts() == ["Kapan CSTO didirikan?", "Kalau NATO?"]
    assert page.locator("#percakapan blockquote").all_text_contents() == shown


def test_a_conflict_shows_its_sides_next_to_each_other(visit):
    visit.open()
    sides = visit.ask(CONFLICTING).locator(".side")
    assert sides.count() == 3
    first, second = (sides.nth(n).bounding_box() for n in range(2))
    assert first["y"] == second["y"]
    assert first["width"] == pytest.approx(second["width"], abs=1)
    for n in range(2):
        assert sides.nth(n).locator("blockquote").count() >= 1


@pytest.mark.options(viewport={"width": 360, "height": 700})
def test_on_a_phone_the_sides_are_stacked(visit):
    visit.open()
    sides = visit.ask(CONFLICTING).locator(".side")
    first, second = (sides.nth(n).bounding_box() for n in range(2))
    assert first["x"] == second["x"]
    assert first["y"] + first["height"] <= second["y"]


def test_a_refusal_quotes_nothing_and_offers_what_is_answered(visit):
    page = visit.open()
    answer = visit.ask(REFUSED)
    assert answer.locator("blockquote").count() == 0
    assert answer.locator(".text").inner_text().startswith("Tidak ditemukan")
    answer.locator("a.question").first.click()
    page.locator(".turn .answer").nth(1).wait_for()
    assert page.locator(".turn .answer").nth(1).locator("blockquote").count() > 0


def test_a_greeting_is_met_with_a_line(visit):
    visit.open()
    answer = visit.ask("Halo!")
    assert answer.locator(".text").count() == 1
    assert answer.locator(".tools").count() == 0


def test_a_question_can_be_asked_as_it_was_typed(visit):
    page = visit.open()
    answer = visit.ask(MISSPELT)
    assert "Dipahami sebagai: Kapan CSTO didirikan?" in answer.inner_text()
    answer.locator(".understood a").click()
    typed = page.locator(".turn .answer.not_found")
    typed.wait_for()
    assert "Dicari persis seperti yang diketik." in typed.inner_text()
    page.reload()
    assert page.locator(".turn .answer").nth(1).get_attribute("class") == "answer not_found"
    typed.locator(".understood a").click()
    page.locator(".turn .answer.conflicting").nth(1).wait_for()


def test_a_long_conversation_keeps_going(visit):
    page = visit.open()
    for n in range(12):
        answer = visit.ask(f"Siapa Sekretaris Jenderal CSTO nomor {n}?")
        assert answer.get_attribute("id") == f"jawaban-{n + 1}"
    assert page.locator("#keadaan input[name=riwayat]").count() == 10
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("question", ["<img src=x onerror=alert(1)>", "</h2><script>alert(1)</script>", "a$&b"])
def test_a_question_stays_text(visit, question):
    page = visit.open()
    visit.ask(question)
    assert page.locator(".asked").inner_text() == question
    assert page.title() == f"{question} – Tanya CSTO"
