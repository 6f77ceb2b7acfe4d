"""Keeping: copy, share, export, print, judge."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tanya_csto.service.feedback_store import FeedbackStore
from tests.browser.conftest import ANSWERED, CONFLICTING, Visit


def clipboard(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_copied_with_its_citation(visit: Visit) -> None:
    page = visit.open()
    answer = visit.ask(ANSWERED)
    answer.get_by_role("button", name="Salin").click()
    answer.get_by_role("button", name="Sudah disalin").wait_for()
    text = clipboard(page)
    quote = answer.locator("blockquote").first
    assert text.startswith(f"Pertanyaan: {ANSWERED}\n\nImangali Tasmagambetov, menurut Perspektif.co.id [1]")
    assert text.count(quote.text_content()) == 1
    assert "\nPerspektif.co.id, tanggal terbit tidak tercantum\n" in text
    assert f"\n{quote.evaluate('element => element.cite')}\n" in text
    answer.get_by_role("button", name="Salin", exact=True).wait_for()


def test_without_a_clipboard_the_old_way_works(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = visit.open()
    visit.ask(ANSWERED).get_by_role("button", name="Salin").click()
    page.get_by_role("button", name="Sudah disalin").wait_for()
    page.focus("#q")
    page.keyboard.press("Control+V")
    assert page.input_value("#q").startswith("Pertanyaan: Siapa")


def test_the_shared_link_shows_the_same_answer_alone(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(navigator, 'share', {value: undefined})")
    page = visit.open()
    visit.ask(CONFLICTING)
    answer = visit.ask(ANSWERED)
    answer.get_by_role("button", name="Bagikan").click()
    answer.get_by_role("button", name="Tautan sudah disalin").wait_for()
    link = clipboard(page)
    assert link == f"{visit.base}/?{urlencode({'q': ANSWERED})}"
    quotes = answer.locator("blockquote").all_text_contents()
    page.goto(link)
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED]
    assert page.locator(".answer blockquote").all_text_contents() == quotes


def test_a_phone_shares_with_its_own_sheet(visit: Visit) -> None:
    visit.page.add_init_script(
        "Object.defineProperty(navigator, 'share', {value: async (sent) => { window.shared = sent; }})"
    )
    page = visit.open()
    visit.ask(ANSWERED).get_by_role("button", name="Bagikan").click()
    shared = page.evaluate("window.shared")
    assert shared["url"] == f"{visit.base}/?{urlencode({'q': ANSWERED})}"
    assert shared["text"].startswith(f"Pertanyaan: {ANSWERED}\n\nImangali Tasmagambetov")


def test_the_conversation_is_exported(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    quotes = page.locator(".answer blockquote").all_text_contents()
    with page.expect_download() as download:
        page.click("#unduh")
    assert download.value.suggested_filename == "percakapan.md"
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("# Tanya CSTO\n\n## ")
    assert f"<{page.locator('blockquote').first.evaluate('element => element.cite')}>" in text
    assert text.count("\nDiakses ") == 2
    plain = " ".join(text.replace("\\", "").replace("\n> ", "\n").split())
    assert all(" ".join(quote.split()) in plain for quote in quotes)


def test_the_conversation_is_printed(visit: Visit) -> None:
    visit.page.add_init_script("window.print = () => { window.printed = true; }")
    page = visit.open(q=ANSWERED)
    page.click("#cetak")
    assert page.evaluate("window.printed")


@pytest.mark.parametrize(("label", "verdict"), [("Jawaban ini benar", "benar"), ("Jawaban ini salah", "salah")])
def test_one_tap_judges_an_answer_and_a_reason_may_follow(
    visit: Visit, store: FeedbackStore, label: str, verdict: str
) -> None:
    before = len(store.entries())
    page = visit.open()
    visit.ask(ANSWERED).get_by_role("button", name=label).click()
    page.locator(".tools").get_by_text("Terima kasih. Penilaian Anda sudah disimpan.").wait_for()
    assert [(entry.verdict, entry.comment) for entry in store.entries()[before:]] == [(verdict, "")]
    page.fill(".reason input[name=comment]", "Sudah bukan dia lagi.")
    page.press(".reason input[name=comment]", "Enter")
    page.locator(".reason").wait_for(state="detached")
    assert page.locator(".thumbs [aria-pressed=true]").get_attribute("aria-label") == label
    (entry,) = store.entries()[before:]
    assert (entry.question, entry.verdict, entry.status) == (ANSWERED, verdict, "answered")
    assert entry.answer.startswith("Imangali Tasmagambetov, menurut")
    assert entry.comment == "Sudah bukan dia lagi."


def test_a_verdict_is_shown_and_can_be_changed(visit: Visit, store: FeedbackStore) -> None:
    before = len(store.entries())
    page = visit.open()
    answer = visit.ask(ANSWERED)
    for label in ("Jawaban ini benar", "Jawaban ini salah"):
        answer.get_by_role("button", name=label).click()
        expect(answer.get_by_role("button", name=label)).to_have_attribute("aria-pressed", "true")
        assert answer.locator("[aria-pressed=true]").count() == 1
    assert [entry.verdict for entry in store.entries()[before:]] == ["salah"]
    page.reload()
    assert page.locator(".thumbs [aria-pressed=true]").get_attribute("aria-label") == "Jawaban ini salah"


def test_a_wrong_answer_may_be_one_that_its_quote_does_not_support(visit: Visit, store: FeedbackStore) -> None:
    page = visit.open()
    visit.ask(ANSWERED).get_by_role("button", name="Jawaban ini salah").click()
    page.get_by_label("Kutipannya tidak mendukung").check()
    page.click(".reason button")
    page.locator(".reason").wait_for(state="detached")
    assert store.entries()[-1].verdict == "tidak-mendukung"


def test_a_lost_connection_says_so_and_the_verdict_can_be_given_again(visit: Visit, store: FeedbackStore) -> None:
    before = len(store.entries())
    page = visit.open()
    thumb = visit.ask(ANSWERED).get_by_role("button", name="Jawaban ini benar")
    page.context.set_offline(True)
    thumb.click()
    page.locator(".tools [role=alert]").wait_for()
    page.context.set_offline(False)
    thumb.click()
    page.locator(".reason").wait_for()
    assert page.locator(".tools [role=alert]").count() == 0
    assert len(store.entries()) == before + 1
    visit.errors.clear()


def test_the_conversation_is_the_browsers_alone(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    assert "hanya ada di peramban Anda" in page.locator(".kept").inner_text()
    assert page.context.cookies() == []
