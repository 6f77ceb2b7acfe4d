"""Without JavaScript: the same page, one load at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tanya_csto.service.feedback_store import FeedbackStore
from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT, Visit

pytestmark = pytest.mark.options(java_script_enabled=False)


def follow(page: Any, target: str) -> None:
    """Click what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        page.click(target)


def send(page: Any, question: str) -> None:
    page.fill("#q", question)
    follow(page, "#tanya [type=submit]")


def test_a_conversation(visit: Visit) -> None:
    page = visit.open()
    send(page, CONFLICTING)
    assert page.url.endswith("#jawaban")
    assert page.locator(".side").count() == 3
    send(page, "Kalau NATO?")
    assert page.locator(".asked h2").all_inner_texts() == [CONFLICTING, "Kalau NATO?"]
    assert "Kapan NATO didirikan?" in page.locator("#jawaban").inner_text()
    assert page.locator(".scripted:visible, #suara:visible").count() == 0
    follow(page, "#baru")
    assert page.locator(".turn").count() == 0
    assert page.url == f"{visit.base}/"


def test_an_example_a_suggestion_and_a_question_as_typed(visit: Visit) -> None:
    page = visit.open()
    follow(page, ".examples a >> nth=1")
    send(page, MISSPELT)
    follow(page, "#jawaban .understood a")
    assert page.locator(".turn").count() == 3
    assert page.locator(".turn .answer").nth(2).get_attribute("class") == "answer not_found"
    follow(page, ".turn >> nth=2 >> .chips a >> nth=0")
    assert page.locator(".turn").count() == 4


def test_the_answer_as_text_and_as_a_link(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    follow(page, "text=Lihat sebagai teks")
    assert page.inner_text("body").startswith(f"Pertanyaan: {ANSWERED}")
    page.go_back()
    follow(page, "text=Tautan ke jawaban ini")
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED]


def test_export(visit: Visit) -> None:
    page = visit.open(q=ANSWERED)
    with page.expect_download() as download:
        page.click("#unduh")
    assert ANSWERED in download.value.path().read_text(encoding="utf-8")


def test_feedback(visit: Visit, store: FeedbackStore) -> None:
    before = len(store.entries())
    page = visit.open(q=ANSWERED)
    follow(page, "role=button[name*='Jawaban ini salah']")
    assert "Terima kasih. Penilaian Anda sudah disimpan." in page.inner_text("main")
    page.get_by_label("Kutipannya tidak mendukung").check()
    page.get_by_label("Ada yang ingin ditambahkan?").fill("Lain.")
    follow(page, ".reason button")
    assert page.locator(".reason").count() == 0
    assert [(entry.verdict, entry.comment) for entry in store.entries()[before:]] == [("tidak-mendukung", "Lain.")]
    follow(page, "text=Kembali ke jawaban")
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED]


def test_an_article_is_asked_alone_as_the_next_question(visit: Visit) -> None:
    page = visit.open(q=CONFLICTING)
    send(page, ANSWERED)
    follow(page, ".side >> nth=1 >> .read")
    page.fill("#tanya-artikel", "Berapa personelnya?")
    follow(page, ".about button")
    assert page.locator(".asked h2").all_inner_texts() == [CONFLICTING, ANSWERED, "Berapa personelnya?"]
    assert "Ditanyakan kepada artikel Suara.com saja." in page.locator(".turn").nth(2).inner_text()
    assert set(page.locator("#jawaban cite").all_inner_texts()) == {"Suara.com"}
    send(page, ANSWERED)
    assert page.locator("#jawaban cite").first.inner_text() == "Perspektif.co.id"
    follow(page, "#jawaban .read >> nth=0")
    follow(page, "text=Kembali ke jawaban")
    assert page.locator(".asked h2").count() == 4
