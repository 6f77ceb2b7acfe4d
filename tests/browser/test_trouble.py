"""Trouble: slow answers, second thoughts, lost connections, errors. The typed question is never lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ANSWERED, Visit, send, until

ANSWER = "**/*bagian=jawaban*"


@pytest.fixture
def held(visit: Visit) -> list[Any]:
    """The requests for answers, held back until the test lets them go."""
    routes = []
    visit.page.route(ANSWER, lambda route: routes.append(route))
    return routes


@pytest.fixture
def stopped(visit: Visit) -> Any:
    """The clock of the page, which goes on only when the test lets it."""
    visit.page.clock.install(time=0)
    visit.open()
    visit.page.clock.pause_at(60_000)
    return visit.page.clock


@pytest.mark.options(fresh=True)
def test_a_quick_answer_shows_no_waiting(visit: Visit, stopped: Any) -> None:
    page = visit.page
    page.evaluate(
        "new MutationObserver(() => { if (document.querySelector('.working')) window.waited = true; })"
        ".observe(document.body, {childList: true, subtree: true})"
    )
    visit.ask(ANSWERED)
    stopped.run_for(1000)
    assert page.evaluate("window.waited") is None


@pytest.mark.options(fresh=True)
def test_a_slow_answer_says_so_after_a_moment(visit: Visit, stopped: Any, held: list[Any]) -> None:
    page = visit.page
    send(page, ANSWERED)
    until(page, lambda: held)
    stopped.run_for(100)
    expect(page.locator(".working")).to_have_count(0)
    stopped.run_for(900)
    expect(page.locator(".working")).to_be_visible()
    expect(page.locator("#kabar")).to_contain_text("Sedang mencari")
    held[0].continue_()
    page.locator(".turn .answer.answered").wait_for()
    expect(page.locator(".working")).to_have_count(0)


@pytest.mark.parametrize("how", ["button", "key"])
def test_a_slow_answer_can_be_cancelled(visit: Visit, held: list[Any], how: str) -> None:
    page = visit.open()
    send(page, ANSWERED)
    page.locator(".working").wait_for()
    if how == "button":
        page.click("text=Batalkan")
    else:
        page.keyboard.press("Escape")
    until(page, lambda: page.locator("#kabar").text_content() == "Pencarian dibatalkan.")
    assert page.locator(".turn").count() == 0
    assert page.input_value("#q") == ANSWERED
    assert page.evaluate("document.activeElement.id") == "q"
    until(page, lambda: held)
    page.unroute(ANSWER)
    page.press("#q", "Enter")
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".turn").count() == 1


def test_a_question_that_waits_can_be_taken_back(visit: Visit, held: list[Any]) -> None:
    page = visit.open()
    send(page, ANSWERED)
    until(page, lambda: held)
    send(page, "Apa itu CSTO?")
    page.locator(".working button").nth(1).click()
    assert page.input_value("#q") == "Apa itu CSTO?"
    held[0].continue_()
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED]
    assert len(held) == 1


def test_who_types_on_is_not_interrupted(visit: Visit, held: list[Any]) -> None:
    page = visit.open()
    send(page, ANSWERED)
    until(page, lambda: held)
    page.keyboard.type("Berikut")
    held[0].continue_()
    page.locator(".turn .answer").wait_for()
    page.keyboard.type("nya?")
    assert page.input_value("#q") == "Berikutnya?"


def test_a_lost_connection_says_what_to_do_and_keeps_the_question(visit: Visit) -> None:
    page = visit.open()
    page.context.set_offline(True)
    send(page, ANSWERED)
    page.locator(".turn [role=alert]").wait_for()
    assert "Periksa sambungan" in page.locator(".turn [role=alert]").inner_text()
    assert page.input_value("#q") == ANSWERED
    page.context.set_offline(False)
    page.click("text=Coba lagi")
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".turn").count() == 1
    visit.errors.clear()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (503, '<section class="problem"><p class="text">Artikel masih disiapkan.</p></section>', "masih disiapkan"),
        (502, "<h1>Bad Gateway</h1>", "Terjadi gangguan pada server"),
        (200, "<h1>Masuk ke jaringan hotel</h1>", "Terjadi gangguan pada server"),
    ],
)
def test_an_error_says_what_to_do_and_keeps_the_question(visit: Visit, status: int, body: str, said: str) -> None:
    page = visit.open()
    page.route(ANSWER, lambda route: route.fulfill(status=status, body=body, content_type="text/html"))
    send(page, ANSWERED)
    page.locator(".turn [role=alert]").wait_for()
    assert said in page.locator(".turn [role=alert]").inner_text()
    assert "Gateway" not in page.locator(".turn").inner_text()
    assert page.input_value("#q") == ANSWERED
    assert page.url == f"{visit.base}/"
    visit.errors.clear()


def test_the_servers_own_refusal_is_shown(visit: Visit) -> None:
    page = visit.open()
    page.evaluate("document.getElementById('q').maxLength = 1000")
    send(page, "x" * 501)
    page.locator(".turn [role=alert]").wait_for()
    assert "paling banyak 500 karakter" in page.locator(".turn [role=alert]").inner_text()
    assert page.input_value("#q") == "x" * 501
    visit.errors.clear()
