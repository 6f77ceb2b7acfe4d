"""The MCP server: an assistant asks with a tool, and reads each article as a resource."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError, UnexpectedToolError
from mcp.server.mcpserver.resources import TextResource
from mcp.types import INVALID_PARAMS, CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import ValidationError
from starlette.applications import Starlette

from tanya_csto.corpus.filter import articles_within
from tanya_csto.engine import Tanya
from tanya_csto.errors import QuestionError, RankingError
from tanya_csto.messages import PROBLEMS, say
from tanya_csto.service.middleware.limits import Limits
from tanya_csto.service.middleware.rate import Rate
from tanya_csto.service.problems import install
from tanya_csto.service.schema import AskReply, Day, History, Outlets, Question
from tanya_csto.service.settings import Settings
from tanya_csto.service.templates import site_name, site_topic

PATH: Final = "/mcp"


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


def mcp_server(tanya: Tanya) -> MCPServer:
    """Return the server that answers from `tanya`: one tool, and one resource for each of its articles."""
    topic = site_topic(tanya.corpus)
    server = _Server(
        "tanya",
        title=site_name(tanya.corpus),
        version=version("tanya-csto"),
        instructions=say("assistant-instructions", topic=topic),
        log_level="WARNING",
        middleware=[_pass_on],
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


def http_app(server: MCPServer, settings: Settings) -> Starlette:
    """Return the application for HTTP, which on loopback takes no other host's pages.

    It replies in JSON: unlike a stream, that begins once all is worked out.
    """
    app = server.streamable_http_app(
        streamable_http_path=PATH, host=settings.host, json_response=True, stateless_http=True
    )
    app.state.settings = settings
    app.add_middleware(Limits, settings=settings, rate=Rate(settings.rate, settings.burst))
    install(app)
    return app


async def _pass_on(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Pass a request on, and tell in Indonesian what the SDK refuses."""
    try:
        return await call_next(ctx)
    except ValueError as error:  # pydantic's, too
        raise MCPError(INVALID_PARAMS, say("assistant-request")) from error
    except MCPError as error:
        unknown = isinstance(error.__context__, ResourceNotFoundError)
        said = PROBLEMS["article-unknown"]["detail"] if unknown else say("assistant-request")
        raise MCPError(error.code, said, error.data) from error


def _uri(article_id: str) -> str:
    return f"artikel://{article_id}"
