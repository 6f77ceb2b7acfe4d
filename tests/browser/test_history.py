"""The conversation over time: back and forth, reload, a new one, and one longer than an address holds."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import ANSWERED, CONFLICTING, REFUSED, Visit, until


def asked(page: Any) -> list[str]:
    return list(page.locator(".asked h2:visible").all_inner_texts())


def test_back_goes_back_one_question_and_forward_goes_on(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    page.go_back()
    until(page, lambda: asked(page) == [ANSWERED])
    assert page.title().startswith(ANSWERED)
    page.go_back()
    until(page, lambda: asked(page) == [])
    assert page.url == f"{visit.base}/"
    assert page.locator("#awal h1").is_visible()
    page.go_forward()
    page.go_forward()
    until(page, lambda: asked(page) == [ANSWERED, CONFLICTING])


def test_a_question_asked_after_going_back_loses_none_of_the_later_ones(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    page.go_back()
    until(page, lambda: asked(page) == [ANSWERED])
    visit.ask(REFUSED)
    assert asked(page) == [ANSWERED, CONFLICTING, REFUSED]
    assert CONFLICTING.replace(" ", "+").replace("?", "%3F") not in page.url


def test_a_conversation_is_taken_up_from_the_first_view(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    page.goto(f"{visit.base}/")
    assert asked(page) == []
    page.click("text=Lanjutkan percakapan terakhir")
    assert asked(page) == [ANSWERED]


def test_a_long_conversation_is_kept_and_exported_whole(visit: Visit) -> None:
    page = visit.open()
    questions = [f"Siapa Sekretaris Jenderal CSTO nomor {n}?" for n in range(13)]
    for number, question in enumerate(questions, start=1):
        assert visit.ask(question).get_attribute("id") == f"jawaban-{number}"
    page.reload()
    assert asked(page) == questions
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    with page.expect_download() as download:
        page.click("#unduh")
    text = download.value.path().read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [f"## {each}" for each in questions]


def test_a_new_conversation_can_be_undone(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    page.click("#baru")
    assert asked(page) == []
    assert page.url == f"{visit.base}/"
    assert page.evaluate("sessionStorage.getItem('percakapan')") == ""
    page.click("text=Urungkan")
    assert asked(page) == [ANSWERED]
    assert page.url.endswith("CSTO%3F")
    assert not page.locator("#urungkan").is_visible()


def test_a_shared_conversation_starts_one_of_its_own(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    page.goto(f"{visit.base}/?q=Apa+itu+CSTO%3F")
    assert asked(page) == ["Apa itu CSTO?"]
    visit.ask(REFUSED)
    assert asked(page) == ["Apa itu CSTO?", REFUSED]
