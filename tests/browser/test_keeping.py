"""Keeping: copy, share, export, judge, delete."""

from urllib.parse import urlencode

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_an_answer_is_copied_with_its_citation(visit):
    page = visit.open()
    answer = visit.ask(ANSWERED)
    answer.get_by_role("button", name="Salin jawaban").click()
    answer.get_by_role("button", name="Sudah disalin").wait_for()
    text = clipboard(page)
    assert text.startswith(f"Pertanyaan: {ANSWERED}\n\nImangali Tasmagambetov, menurut Perspektif.co.id")
    assert f"[1] “{answer.locator('blockquote').first.text_content()}”\nPerspektif.co.id" in text
    answer.get_by_role("button", name="Salin jawaban").wait_for()


def test_without_a_clipboard_the_old_way_works(visit):
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = visit.open()
    visit.ask(ANSWERED).get_by_role("button", name="Salin jawaban").click()
    page.get_by_role("button", name="Sudah disalin").wait_for()
    page.focus("#q")
    page.keyboard.press("Control+V")
    assert page.input_value("#q").startswith("Pertanyaan: Siapa")


def test_the_shared_link_shows_the_same_answer_alone(visit):
    page = visit.open()
    visit.ask(CONFLICTING)
    answer = visit.ask(ANSWERED)
    answer.get_by_role("button", name="Salin tautan").click()
    answer.get_by_role("button", name="Sudah disalin").wait_for()
    link = clipboard(page)
    assert link == f"{visit.base}/?{urlencode({'q': ANSWERED})}"
    quotes = answer.locator("blockquote").all_text_contents()
    page.goto(link)
    assert page.locator(".asked").all_inner_texts() == [ANSWERED]
    assert page.locator("blockquote").all_text_contents() == quotes


def test_the_conversation_is_exported(visit):
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(CONFLICTING)
    quotes = page.locator("blockquote").all_text_contents()
    with page.expect_download() as download:
        page.click("#unduh")
    assert download.value.suggested_filename == "percakapan.md"
    text = download.value.path().read_text(encoding="utf-8")
    assert text.index(f"## {ANSWERED}") < text.index(f"## {CONFLICTING}")
    plain = text.replace("\\", "").replace("\n> ", "\n")
    assert all(quote.strip() in plain or " ".join(quote.split()) in " ".join(plain.split()) for quote in quotes)


@pytest.mark.parametrize(("label", "verdict"), [("👍 Jawaban benar", "benar"), ("Jawaban salah", "salah")])
def test_feedback_is_stored_with_the_answer(visit, store, label, verdict):
    page = visit.open()
    visit.ask(ANSWERED)
    page.click("text=Nilai jawaban ini")
    page.check(f"label:has-text('{label}') input")
    page.fill("input[name=comment]", "Sudah bukan dia lagi.")
    page.press("input[name=comment]", "Enter")
    page.get_by_text("Terima kasih. Penilaian Anda sudah disimpan.").wait_for()
    entry = store.entries()[-1]
    assert (entry.question, entry.verdict, entry.status) == (ANSWERED, verdict, "answered")
    assert entry.answer.startswith("Imangali Tasmagambetov, menurut")
    assert entry.comment == "Sudah bukan dia lagi."


def test_feedback_needs_a_verdict(visit, store):
    before = len(store.entries())
    page = visit.open()
    visit.ask(ANSWERED)
    page.click("text=Nilai jawaban ini")
    page.press("input[name=comment]", "Enter")
    assert page.evaluate("document.activeElement.name") == "verdict"
    assert len(store.entries()) == before


def test_a_lost_connection_keeps_the_feedback(visit):
    page = visit.open()
    visit.ask(ANSWERED)
    page.click("text=Nilai jawaban ini")
    page.check("label:has-text('tidak mendukung') input")
    page.fill("input[name=comment]", "Kutipan lain lebih tepat.")
    page.context.set_offline(True)
    page.click("text=Kirim penilaian")
    page.locator(".feedback [role=alert]").wait_for()
    assert page.input_value("input[name=comment]") == "Kutipan lain lebih tepat."
    page.context.set_offline(False)
    page.click("text=Kirim penilaian")
    page.get_by_text("Terima kasih. Penilaian Anda sudah disimpan.").wait_for()
    visit.errors.clear()


def test_history_is_the_browsers_and_is_deleted(visit):
    page = visit.open()
    visit.ask(MISSPELT)
    assert "hanya ada di peramban Anda" in page.locator("#keadaan").inner_text()
    assert page.context.cookies() == []
    assert page.evaluate("sessionStorage.length") == 1
    page.click("#hapus")
    page.wait_for_url(f"{visit.base}/")
    assert page.locator(".turn, input[name=riwayat]").count() == 0
    assert not page.locator("#lanjutkan").is_visible()
    assert not page.evaluate("sessionStorage.getItem('percakapan')")
    page.go_back()
    assert page.locator(".turn").count() == 0
