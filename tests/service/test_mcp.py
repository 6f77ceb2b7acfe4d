"""The MCP server as an assistant's own client sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.types import TextResourceContents

from tanya_csto import Tanya
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.errors import RankingError
from tanya_csto.messages import PROBLEMS
from tanya_csto.service.mcp import http_app, mcp_server
from tanya_csto.service.middleware.limits import MAX_OF_CLIENT
from tanya_csto.service.settings import Settings
from tests.service.middleware.test_limits import Slow

pytestmark = pytest.mark.slow

GAYO_TEXT = "Kopi gayo\u00a0ditanam di “Aceh” \U0001f600.\r\nPanen kopi dua kali setahun."
GAYO = Article("gayo", "Kabar", GAYO_TEXT, title="Kopi Gayo")
TORAJA = Article("toraja", "Warta", "Kopi toraja ditanam di Sulawesi Selatan.", published="2022-05-17")
COFFEE = Tanya(Corpus((GAYO, TORAJA), about="kopi"))


def through_client(use: Callable[[Client], Awaitable[Any]]) -> Any:
    """Return what `use` returns for a client of the server around two articles about coffee."""

    async def run() -> Any:
        async with Client(mcp_server(COFFEE)) as client:
            return await use(client)

    return anyio.run(run)


def ask(**arguments: object) -> Any:
    return through_client(lambda client: client.call_tool("ask", arguments))


def test_an_answer_is_the_reply_of_the_api_and_names_the_resource_that_holds_its_quote() -> None:
    reply = ask(question="Di mana kopi toraja ditanam?").structured_content
    assert reply["status"] == "answered"
    assert reply["short_answer"] == "Sulawesi Selatan"
    (cited,) = reply["citations"]
    read = through_client(lambda client: client.read_resource(cited["url"]))
    assert read.contents[0].text[cited["start"] : cited["end"]] == cited["quote"] == TORAJA.text


def test_what_the_articles_do_not_say_is_not_quoted() -> None:
    reply = ask(question="Siapa presiden Indonesia?").structured_content
    assert (reply["status"], reply["citations"]) == ("not_found", [])


def test_a_follow_up_is_understood_by_its_history() -> None:
    reply = ask(question="Di mana?", history=["Kopi toraja ditanam di mana?"]).structured_content
    assert "toraja" in reply["understood_as"]
    assert reply["short_answer"] == "Sulawesi Selatan"


def test_articles_are_chosen_by_date_and_outlet() -> None:
    for chosen in ({"since": "2022-01-01"}, {"until": "17 Mei 2022"}, {"outlets": ["Warta"]}):
        reply = ask(question="Kopi ditanam di mana?", **chosen).structured_content
        assert {cited["article_id"] for cited in reply["citations"]} == {"toraja"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"question": " "}, "Pertanyaan masih kosong. Tulis pertanyaan Anda"),
        ({"question": "a" * 501}, "Ringkas menjadi paling banyak 500 karakter"),
        ({"question": "a", "history": ["b"] * 11}, "paling banyak 10 pertanyaan"),
        ({"question": "a", "outlets": ["Lain"]}, "Pilih dari media yang ada: Kabar, Warta"),
        ({"question": "a", "since": "kemarin"}, "Tulis seperti 2022-05-17"),
    ],
)
def test_what_cannot_be_asked_is_told_in_indonesian(arguments: dict[str, object], said: str) -> None:
    result = ask(**arguments)
    assert result.is_error
    assert said in result.content[0].text
    assert "Error" not in result.content[0].text


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"question": 7},
        {"question": None},
        {"question": "Kopi?", "history": "tadi"},
        {"question": "Kopi?", "history": [7]},
        {"question": "Kopi?", "since": 2022},
        {"question": "Kopi?", "outlets": {"nama": "Kabar"}},
        {"question": "Kopi?", "outlet": ["Kabar"]},
    ],
)
def test_arguments_of_another_form_are_told_in_indonesian(arguments: dict[str, object]) -> None:
    result = ask(**arguments)
    assert result.is_error
    assert [each.text for each in result.content] == [
        "Argumen tidak sesuai. Isi `question` dengan teks (wajib), `history` dan `outlets` dengan daftar teks, "
        "`since` dan `until` dengan tanggal seperti 2022-05-17; jangan sertakan argumen lain."
    ]


def test_an_unknown_tool_is_refused_in_indonesian() -> None:
    result = through_client(lambda client: client.call_tool("cari", {"question": "Kopi?"}))
    assert result.is_error
    assert [each.text for each in result.content] == ["Alat itu tidak ada. Pakai alat ask."]


@pytest.mark.parametrize(
    ("error", "code"),
    [(RuntimeError("10.0.0.5"), "internal"), (RankingError("ranking-away", address="10.0.0.5"), "search-away")],
)
def test_a_failure_of_the_server_is_told_without_its_reason(
    error: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Tanya, "ask", fail)
    result = ask(question="Di mana kopi gayo ditanam?")
    assert result.is_error
    assert [each.text for each in result.content] == [PROBLEMS[code]["detail"]]


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("ngawur", {}, -32601),
        (
            "completion/complete",
            {"ref": {"type": "ref/prompt", "name": "a"}, "argument": {"name": "a", "value": ""}},
            -32601,
        ),
        ("tools/call", {"name": 7}, -32602),
        ("resources/read", {}, -32602),
        ("prompts/get", {"name": "x"}, -32602),
        ("tools/list", {"cursor": 7}, -32602),
    ],
)
def test_a_request_that_is_not_served_is_told_in_indonesian(
    method: str, parameters: dict[str, object], code: int
) -> None:
    async def send(client: httpx2.AsyncClient) -> Any:
        return await client.post("/mcp", json=request(method, parameters))

    error = over_http(Settings(rate=0.0), send).json()["error"]
    assert error["code"] == code
    assert error["message"].startswith("Permintaan tidak dilayani: ")


def over_http(settings: Settings, *work: Callable[[httpx2.AsyncClient], Awaitable[Any]]) -> Any:
    """Return what the last of `work` returns; each has a client of an address of its own, and all run at once."""
    app = http_app(mcp_server(COFFEE), settings)

    async def through(number: int, use: Callable[[httpx2.AsyncClient], Awaitable[Any]]) -> Any:
        transport = httpx2.ASGITransport(app, client=(f"192.0.2.{number}", 1))
        headers = {"Accept": "application/json, text/event-stream"}
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", headers=headers) as client:
            return await use(client)

    async def run() -> Any:
        async with app.router.lifespan_context(app):
            return (await asyncio.gather(*(through(number, use) for number, use in enumerate(work))))[-1]

    return asyncio.run(run())


def request(method: str, parameters: dict[str, object]) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}


ASKED = request("tools/call", {"name": "ask", "arguments": {"question": "Di mana kopi gayo ditanam?"}})


def test_over_http_a_client_has_its_rate_and_is_told_when_to_come_back() -> None:
    async def ask_often(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [await client.post("/mcp", json=ASKED) for _ in range(3)]

    *served, refused = over_http(Settings(rate=0.001, burst=2, request_timeout=60), ask_often)
    assert [reply.json()["result"]["structuredContent"]["short_answer"] for reply in served] == ["Aceh"] * 2
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
    assert 900 < int(refused.headers["retry-after"]) <= 1000


def test_over_http_a_client_is_worked_for_four_times_at_once_and_others_do_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = Slow(COFFEE, monkeypatch)

    async def greedy(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return await asyncio.gather(*(client.post("/mcp", json=ASKED) for _ in range(12)))

    async def other(client: httpx2.AsyncClient) -> tuple[httpx2.Response, bool]:
        for _ in range(MAX_OF_CLIENT):
            assert await asyncio.to_thread(slow.entered.acquire, timeout=10)
        reply = asyncio.create_task(client.post("/mcp", json=ASKED))
        assert await asyncio.to_thread(slow.entered.acquire, timeout=10)
        more = await asyncio.to_thread(slow.entered.acquire, timeout=0.2)
        slow.go.set()
        return await reply, more

    reply, more = over_http(Settings(rate=0.0, request_timeout=60), greedy, other)
    assert (reply.status_code, more) == (200, False)


@pytest.mark.parametrize("path", ["/", "/mcp"])
def test_over_http_a_browser_is_told_of_its_rate_without_a_page(path: str) -> None:
    async def visit(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [await client.get(path, headers={"Accept": "text/html"}) for _ in range(2)]

    first, second = over_http(Settings(rate=0.001, burst=1), visit)
    assert first.status_code in {404, 406}
    assert (second.status_code, second.headers["content-type"]) == (429, "application/problem+json")


def test_each_article_is_a_resource_byte_for_byte() -> None:
    async def read_all(client: Client) -> dict[str, str]:
        listed = (await client.list_resources()).resources
        read = {each.name: (await client.read_resource(each.uri)).contents[0] for each in listed}
        return {name: content.text for name, content in read.items() if isinstance(content, TextResourceContents)}

    assert through_client(read_all) == {"gayo": GAYO_TEXT, "toraja": TORAJA.text}


def test_a_resource_says_what_its_article_states() -> None:
    gayo, toraja = through_client(lambda client: client.list_resources()).resources
    assert (gayo.uri, gayo.title, gayo.description) == ("artikel://gayo", "Kopi Gayo", "Kabar")
    assert (toraja.title, toraja.description) == ("Artikel Warta", "Warta, 2022-05-17")


def test_an_unknown_resource_is_refused_in_indonesian() -> None:
    async def read_unknown(client: Client) -> None:
        with pytest.raises(MCPError, match=r"Artikel itu tidak ada dalam kumpulan ini\. Pilih salah satu"):
            await client.read_resource("artikel://tidak-ada")

    through_client(read_unknown)


def test_the_tool_and_the_instructions_speak_of_the_corpus_at_hand() -> None:
    async def read(client: Client) -> tuple[Any, str | None]:
        return (await client.list_tools()).tools, client.instructions

    (tool,), instructions = through_client(read)
    assert tool.title == "Tanya kopi"
    assert "artikel berita tentang kopi" in tool.description
    assert "tentang kopi" in instructions
    assert tool.annotations.read_only_hint
    assert "jawab" in tool.output_schema["description"].lower()
