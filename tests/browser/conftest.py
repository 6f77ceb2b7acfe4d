"""A real browser on a real server: Debian's Chromium, driven by Playwright, on the service as it is shipped."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
import uvicorn
from playwright.sync_api import expect, sync_playwright

from tanya_csto.engine import Tanya
from tanya_csto.service.app import create_app
from tanya_csto.service.feedback_store import FeedbackStore
from tanya_csto.service.settings import Settings
from tests.conftest import EXAMPLES

INSTALL: Final = "apt-get update && apt-get install -y chromium"
FLAGS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

ANSWERED: Final = "Siapa Sekretaris Jenderal CSTO?"
CONFLICTING: Final = "Kapan CSTO didirikan?"
REFUSED: Final = "Siapa presiden Indonesia?"
MISSPELT: Final = "kpn csto ddirikan?"

PATIENCE: Final = 15_000  # milliseconds for what comes about in a moment, on a machine that has more to do
expect.set_options(timeout=PATIENCE)


@contextmanager
def serving(store: FeedbackStore | None, tanya: Tanya | None = None) -> Iterator[str]:
    """Serve the built-in articles, or what `tanya` answers from, on a free port of this machine; the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(tanya or Tanya(), store, settings=Settings(rate=0.0, request_timeout=60.0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser for as long as it is needed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if shutil.which("chromium") is None:
        pytest.skip(f"needs a browser: {INSTALL}")
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> FeedbackStore:
    return FeedbackStore(tmp_path_factory.mktemp("feedback") / "umpan-balik.sqlite3")


@pytest.fixture(scope="session")
def base(store: FeedbackStore) -> Iterator[str]:
    with serving(store) as address:
        yield address


@pytest.fixture(scope="session")
def many(base: str) -> str:
    """An answered question with several quotes."""
    replies = {question: get_json(f"{base}/ask?{urlencode({'q': question})}") for question in EXAMPLES}
    answered = {question: len(reply["citations"]) for question, reply in replies.items() if not reply["sides"]}
    question = max(answered, key=lambda each: answered[each])
    assert answered[question] > 1
    return question


@dataclass
class Visit:
    """One reader's window on the service, and what happened in it behind the reader's back."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str = "/", **query: str) -> Any:
        """Open the page at `path`."""
        self.page.goto(self.base + path + (f"?{urlencode(query)}" if query else ""))
        return self.page

    def ask(self, question: str) -> Any:
        """Type a question, send it, wait for its answer; the answer."""
        before = self.page.locator(".turn .answer").count()
        send(self.page, question)
        answer = self.page.locator(".turn .answer").nth(before)
        answer.wait_for()
        return answer


@pytest.fixture(scope="session")
def context_of(browser: Any) -> Callable[..., Any]:
    """Return the context of a reader whose browser has these options: one for all, as making one outlasts most tests.

    A `fresh` one is for a test that stops the clock: a clock stays stopped in all that is opened in a context later.
    """
    made: dict[str, Any] = {}

    def new(options: dict[str, Any]) -> Any:
        context = browser.new_context(locale="id-ID", **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return context

    def context_of(*, fresh: bool = False, **options: Any) -> Any:
        key = json.dumps(options, sort_keys=True)
        if fresh:
            return new(options)
        if key not in made:
            made[key] = new(options)
        return made[key]

    return context_of


@pytest.fixture
def visit(context_of: Callable[..., Any], base: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit with a browser that has the options of the test's marker."""
    marker = request.node.get_closest_marker("options")
    with visiting(context_of(**(marker.kwargs if marker else {})), base) as visit:
        yield visit


@contextmanager
def visiting(context: Any, base: str) -> Iterator[Visit]:
    """Open a page of a reader who was never here; its every request stays with the server, and it logs no error."""
    visit = Visit(context.new_page(), base)
    visit.page.set_default_timeout(PATIENCE)
    visit.page.on("console", lambda message: visit.errors.append(message.text) if message.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    keep = lambda sent: visit.requests.append(sent.url)  # noqa: E731 - it is taken off again
    context.on("request", keep)
    yield visit
    context.remove_listener("request", keep)
    forget(context, base)
    assert visit.errors == []
    assert [url for url in visit.requests if not url.startswith(f"{base}/")] == []


def forget(context: Any, base: str) -> None:
    """Close all pages of a context, and leave nothing of what they kept."""
    context.set_offline(False)
    context.clear_cookies()
    stored = {"origin": base, "storageTypes": "local_storage"}
    context.new_cdp_session(context.pages[0]).send("Storage.clearDataForOrigin", stored)
    for page in context.pages:
        page.close()


def send(page: Any, question: str) -> None:
    """Type a question and send it."""
    page.fill("#q", question)
    page.press("#q", "Enter")


def until(page: Any, condition: Callable[[], object]) -> None:
    """Wait until `condition` holds; the page goes on meanwhile."""
    for _ in range(200):
        if condition():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it never came about")


def article_text(base: str, article_id: str) -> str:
    """Return the text of an article as the API gives it."""
    return str(get_json(f"{base}/articles/{article_id}")["text"])


def get_json(url: str) -> Any:
    """Return what a program gets at `url`."""
    with urllib.request.urlopen(url) as reply:
        return json.load(reply)


SCREENS: Final = Path(__file__).parents[2] / "docs"
