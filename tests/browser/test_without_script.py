"""Without JavaScript: the same page, one load at a time."""

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT

pytestmark = pytest.mark.options(java_script_enabled=False)


def send(page, question):
    page.fill("#q", question)
    page.press("#q", "Enter")
    page.wait_for_load_state()


def test_a_conversation(visit):
    page = visit.open()
    send(page, CONFLICTING)
    assert page.url.endswith("#jawaban")
    assert page.locator(".side").count() == 3
    send(page, "Kalau NATO?")
    assert page.locator(".asked").all_inner_texts() == [CONFLICTING, "Kalau NATO?"]
    assert "Kapan NATO didirikan?" in page.locator("#jawaban").inner_text()
    assert page.locator(".scripted:visible").count() == 0
    page.click("#hapus")
    assert page.locator(".turn").count() == 0
    assert page.url == f"{visit.base}/"


def test_an_example_a_suggestion_and_a_question_as_typed(visit):
    page = visit.open()
    page.click("#pilihan a.question >> nth=1")
    send(page, MISSPELT)
    page.click("#jawaban .understood a")
    assert page.locator(".turn").count() == 3
    assert page.locator(".turn .answer").nth(2).get_attribute("class") == "answer not_found"
    page.locator(".turn").nth(2).locator(".questions a").first.click()
    assert page.locator(".turn").count() == 4


def test_the_answer_as_text_and_as_a_link(visit):
    page = visit.open(q=ANSWERED)
    page.click("text=Lihat sebagai teks")
    assert page.inner_text("body").startswith(f"Pertanyaan: {ANSWERED}")
    page.go_back()
    page.click("text=Tautan ke jawaban ini")
    assert page.locator(".asked").all_inner_texts() == [ANSWERED]


def test_export(visit):
    page = visit.open(q=ANSWERED)
    with page.expect_download() as download:
        page.click("#unduh")
    assert ANSWERED in download.value.path().read_text(encoding="utf-8")


def test_feedback(visit, store):
    page = visit.open(q=ANSWERED)
    page.click("text=Nilai jawaban ini")
    page.check("label:has-text('tidak mendukung') input")
    page.click("text=Kirim penilaian")
    assert page.inner_text("h1") == "Terima kasih. Penilaian Anda sudah disimpan."
    assert store.entries()[-1].verdict == "tidak-mendukung"
    page.click("text=Kembali ke jawaban")
    assert page.locator(".asked").all_inner_texts() == [ANSWERED]
