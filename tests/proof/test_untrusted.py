"""Whatever a visitor writes, and whatever stands in an article: it is text, it stays whole, and the promises hold.

More than the default run: `PROOF_EXAMPLES=5000 python -m pytest tests/proof/test_untrusted.py`.
"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings

from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.engine import Tanya
from tanya_csto.errors import CorpusError
from tanya_csto.service.app import create_app
from tanya_csto.service.feedback_store import FeedbackStore
from tanya_csto.service.middleware.security import HEADERS
from tanya_csto.service.schema import AskReply, Problem
from tanya_csto.service.settings import Settings
from tests.proof.hostile import HOSTILE, texts
from tests.service.html import Element, parse

many = settings(
    max_examples=int(os.environ.get("PROOF_EXAMPLES", "60")), deadline=None, suppress_health_check=list(HealthCheck)
)
TANYA = Tanya()
REAL = TestClient(create_app(TANYA, settings=Settings(rate=0.0)), raise_server_exceptions=False)
BROWSER = {"Accept": "text/html, */*;q=0.1"}


def checked(reply: httpx2.Response) -> httpx2.Response:
    """Check what holds for every reply, and return it."""
    assert reply.status_code in (200, 201, 303, 404, 422), reply.text
    assert {name: reply.headers[name] for name in HEADERS} == HEADERS
    assert not {"set-cookie", "x-pecah"} & set(reply.headers)
    return reply


@many
@given(question=texts, earlier=texts)
@example(question=HOSTILE[0], earlier=HOSTILE[1])
def test_from_question_to_answer_every_promise_holds(question: str, earlier: str) -> None:
    reply = checked(REAL.post("/ask", json={"question": question, "history": [earlier]}))
    if reply.status_code != 200:
        Problem.model_validate_json(reply.content)
        return
    answer = AskReply.model_validate_json(reply.content)
    for citation in answer.citations:
        text = TANYA.corpus[citation.article_id].text
        assert text[citation.start : citation.end] == citation.quote
        for mark in citation.highlights:
            assert citation.start <= mark.start < mark.end <= citation.end
    assert bool(answer.citations) == (answer.status in ("answered", "conflicting"))
    contested = "conflicting" in {answer.status, *(part.status for part in answer.parts)}
    assert (len(answer.sides) >= 2) == contested
    again = REAL.post("/ask", json={"question": question, "history": [earlier]})
    assert again.content == reply.content


@many
@given(question=texts, earlier=texts)
@example(question=HOSTILE[3], earlier=HOSTILE[7])
def test_the_page_shows_the_question_letter_for_letter_and_nothing_of_it_is_markup(question: str, earlier: str) -> None:
    reply = checked(REAL.get("/", params={"q": question, "riwayat": earlier}, headers=BROWSER))
    calm = REAL.get("/", params={"q": "zzz", "riwayat": "zzz"}, headers=BROWSER)
    root = parse(reply.text)
    allowed = set(kinds(parse(calm.text))) | QUOTING
    assert set(kinds(root)) <= allowed
    if reply.status_code == 200:
        assert question.strip() in [element.text.strip() for element in root.all("h2") + root.all("p")]
        assert [part for part in root.all("script") if not (part.attributes["src"] or "").startswith("/static/")] == []


QUOTING = set(
    "section figure blockquote mark wbr figcaption cite details summary ul ol li a sup h2 h3 h4 span dl dt dd"
    " table caption thead tbody tr th td br".split()
)


def kinds(root: Element) -> list[str]:
    return [element.tag for element in walk(root)]


def walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if not isinstance(child, str):
            yield from walk(child)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_article_is_shown_letter_for_letter_whatever_it_holds(text: str) -> None:
    body = f"Pembuka tentang CSTO.\n\n{text} dan CSTO.\n\nPenutup."
    article = Article("jahat", f"Harian {text}", body, title=f"Judul {text}", published=text)
    client = TestClient(create_app(Tanya(Corpus((article,))), settings=Settings(rate=0.0)))
    root = parse(checked(client.get("/artikel/jahat", headers=BROWSER)).text)
    assert root.one("article", id="teks").text == body
    assert client.get("/articles/jahat").json()["text"] == body
    assert not [part for part in root.all("script") if not (part.attributes["src"] or "").startswith("/static/")]
    for path in ("/", "/?q=CSTO", "/ask?q=CSTO", "/articles", "/docs"):
        checked(client.get(path, headers={"Accept": "*/*"}))


@pytest.mark.parametrize("text", HOSTILE)
def test_feedback_is_kept_as_a_value(tmp_path: Path, text: str) -> None:
    store = FeedbackStore(tmp_path / "umpan-balik.sqlite3")
    client = TestClient(create_app(TANYA, store, settings=Settings(rate=0.0)), follow_redirects=False)
    body = {"question": f"Apa itu CSTO? {text}", "verdict": "benar", "comment": text}
    checked(client.post("/umpan-balik", json=body))
    form = {"q": f"Apa itu CSTO? {text}", "verdict": "salah", "comment": text}
    checked(client.post("/umpan-balik", data=form, headers=BROWSER))
    kept = store.entries()
    assert [entry.verdict for entry in kept] == ["benar", "salah"]
    assert {entry.comment.replace(" ", "") for entry in kept} == {"".join(text.split())}
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("PRAGMA wal_checkpoint")


PATHS = (
    "/{}",
    "/articles/{}",
    "/artikel/{}",
    "/static/{}",
    "/artikel/suara?kutip={}",
    "/?bagian={}&q=a",
    "/ask?q=a&{}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_path_is_never_repeated_and_never_opened(text: str) -> None:
    for path in PATHS:
        reply = checked(REAL.get(path.format(quote(text, safe="")), headers=BROWSER))
        assert "root:" not in reply.text
        assert "PECAH" not in reply.text


@pytest.mark.parametrize(
    "url", ["javascript:document.title=1", "data:text/html,x", " javascript:alert(1)", "//a.example"]
)
def test_an_article_links_to_the_web_only(tmp_path: Path, url: str) -> None:
    entry = f'[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "A"\nurl = "{url}"\n'
    (tmp_path / "index.toml").write_text(entry, encoding="utf-8")
    (tmp_path / "a.txt").write_text("CSTO adalah aliansi militer.", encoding="utf-8")
    with pytest.raises(CorpusError, match="url harus berawal"):
        load_corpus(tmp_path)


@pytest.mark.parametrize("file", ["../rahasia.txt", "/etc/passwd", "sub/a.txt", "a.txt\\u0000", ".."])
def test_an_article_lies_in_its_folder(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "korpus"
    (folder / "sub").mkdir(parents=True)
    for place in (tmp_path / "rahasia.txt", folder / "sub" / "a.txt"):
        place.write_text("CSTO adalah aliansi militer.", encoding="utf-8")
    entry = f'[[article]]\nid = "a"\nfile = "{file}"\noutlet = "A"\n'
    (folder / "index.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(CorpusError):
        load_corpus(folder)
