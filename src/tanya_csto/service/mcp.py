"""The MCP server: an assistant asks with a tool, and reads each article as a resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any, Final

import uvicorn
from mcp.server import MCPServer
from mcp.server.lowlevel.helper_types import ReadResourceContents
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError, UnexpectedToolError
from mcp.server.mcpserver.resources import TextResource
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import AnyUrl, ValidationError

from tanya_csto.corpus.filter import articles_within
from tanya_csto.engine import Tanya
from tanya_csto.errors import QuestionError, RankingError
from tanya_csto.messages import PROBLEMS, say
from tanya_csto.service.schema import AskReply, Day, History, Outlets, Question
from tanya_csto.service.server.listener import run
from tanya_csto.service.settings import Settings
from tanya_csto.service.templates import site_name, site_topic

_PATH: Final = "/mcp"


class _Server(MCPServer[Any]):
    """Tells in Indonesian what the SDK tells in English."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        (tool,) = await self.list_tools()
        if name != tool.name:
            raise ToolError(say("assistant-unknown-tool", known=tool.name))
        if not arguments.keys() <= tool.input_schema["properties"].keys():
            raise ToolError(say("assistant-arguments"))
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            match error.__cause__:
                case ValidationError():
                    raise ToolError(say("assistant-arguments")) from error
                case QuestionError() as cause:
                    raise ToolError(str(cause)) from error
                case RankingError():
                    raise UnexpectedToolError(PROBLEMS["search-away"]["detail"]) from error
            raise UnexpectedToolError(PROBLEMS["internal"]["detail"]) from error

    async def read_resource(
        self, uri: AnyUrl | str, context: Context[Any, Any] | None = None
    ) -> Iterable[ReadResourceContents] | InputRequiredResult:
        try:
            return await super().read_resource(uri, context)
        except ResourceNotFoundError as error:
            raise ResourceNotFoundError(PROBLEMS["article-unknown"]["detail"]) from error


def mcp_server(tanya: Tanya) -> MCPServer:
    """Return the server that answers from `tanya`: one tool, and one resource for each of its articles."""
    topic = site_topic(tanya.corpus)
    server = _Server(
        "tanya",
        title=site_name(tanya.corpus),
        version=version("tanya-csto"),
        instructions=say("assistant-instructions", topic=topic),
        log_level="WARNING",
        resources=[
            TextResource(
                uri=_uri(article.id),
                name=article.id,
                title=article.title or say("untitled", outlet=article.outlet),
                description=", ".join(filter(None, (article.outlet, article.published, article.url))),
                text=article.text,
            )
            for article in tanya.corpus.articles
        ],
    )

    def ask(
        question: Question,
        history: History = [],  # noqa: B006 - pydantic copies it
        since: Day | None = None,
        until: Day | None = None,
        outlets: Outlets = [],  # noqa: B006
    ) -> AskReply:
        within = articles_within(tanya.corpus, since, until, outlets)
        reply = AskReply.of(tanya.ask(question, history, within=within))
        cited = [each.model_copy(update={"url": _uri(each.article_id)}) for each in reply.citations]
        return reply.model_copy(update={"citations": cited})

    server.add_tool(
        ask,
        title=site_name(tanya.corpus),
        description=say("assistant-ask", topic=topic),
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )
    return server


def serve_http(server: MCPServer, settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve over HTTP at the host and port until a signal ends it; a listener on loopback takes no other host's pages.

    Raises:
        SettingsError: the host is unknown, or the port is taken or forbidden.
    """
    app = server.streamable_http_app(
        streamable_http_path=_PATH, host=settings.host, stateless_http=True, max_request_body_size=settings.max_body
    )
    stop = settings.shutdown_timeout
    config = uvicorn.Config(app, ws="none", log_config=None, server_header=False, timeout_graceful_shutdown=stop)
    run(config, settings, lambda address: announce(address + _PATH))


def _uri(article_id: str) -> str:
    return f"artikel://{article_id}"
