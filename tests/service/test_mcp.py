"""The MCP server as an assistant's own client sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError

from tanya_csto import Tanya
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.errors import RankingError
from tanya_csto.messages import PROBLEMS
from tanya_csto.service.mcp import mcp_server

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


def test_each_article_is_a_resource_byte_for_byte() -> None:
    async def read_all(client: Client) -> dict[str, str]:
        listed = (await client.list_resources()).resources
        return {each.name: (await client.read_resource(each.uri)).contents[0].text for each in listed}

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
