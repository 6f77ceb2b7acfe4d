"""Text that means harm, in a real browser: nothing of it runs, and nothing of it disappears."""

from __future__ import annotations

from typing import Any

import pytest

from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.engine import Tanya
from tests.browser.conftest import Visit, serving
from tests.proof.hostile import HOSTILE

ASKABLE = [text for text in HOSTILE if "\x00" not in text]
EXHAUSTIVE = (pytest.mark.exhaustive, pytest.mark.slow)
EACH = [pytest.param(text, marks=() if place % 3 == 0 else EXHAUSTIVE) for place, text in enumerate(ASKABLE)]


def ran(page: Any) -> bool:
    """Tell whether anything ran or became an element: no page of ours has these."""
    planted = page.locator("iframe, object, embed, img, base, [onerror], [onload], [onfocus], a[href^='javascript:']")
    return bool(planted.count() > 0 or page.title() == "PECAH")  # a question stands in the title, but never alone


@pytest.mark.parametrize("text", EACH)
def test_a_question_and_its_history_are_shown_letter_for_letter(visit: Visit, text: str) -> None:
    page = visit.open(q=text, riwayat=text)
    assert page.locator(".asked h2").all_text_contents() == [text.strip(), text.strip()] or "\r" in text
    assert not ran(page)


@pytest.mark.parametrize("text", ASKABLE[::3])
def test_a_typed_question_is_shown_letter_for_letter(visit: Visit, text: str) -> None:
    page = visit.open()
    typed = " ".join(text.split())
    visit.ask(typed)
    assert page.locator(".asked h2").last.text_content() == typed
    assert not ran(page)


def test_an_article_runs_nothing_and_loses_nothing(browser: Any) -> None:
    body = "\n\n".join(f"{text} kata CSTO." for text in HOSTILE if "\r" not in text)
    article = Article("jahat", f"Harian {HOSTILE[0]}", body, title=f"Judul {HOSTILE[1]}", published=HOSTILE[3])
    with serving(None, Tanya(Corpus((article,)))) as base:
        page = browser.new_context().new_page()
        try:
            for path in ("/artikel/jahat", "/", "/?q=Apa+itu+CSTO%3F"):
                page.goto(base + path)
                assert not page.locator(
                    "iframe, object, img, base, [onerror], [onload], a[href^='javascript:']"
                ).count()
                assert page.title() != "PECAH"
            page.goto(f"{base}/artikel/jahat")
            assert page.locator("article#teks").text_content() == body
        finally:
            page.context.close()
