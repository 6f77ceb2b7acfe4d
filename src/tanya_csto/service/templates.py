"""Templates: the Jinja2 pages of the web folder, every value escaped."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.files import shipped
from tanya_csto.corpus.passages import is_heading
from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.messages import MESSAGES, capitalised, say
from tanya_csto.service.cards import cards
from tanya_csto.service.conversation import beside
from tanya_csto.service.export import Origin, as_markdown, as_text, as_words, doubt, source
from tanya_csto.service.feedback_store import MAX_COMMENT
from tanya_csto.service.middleware.client import site_address
from tanya_csto.service.quotes import Marks, around, line, linked, pieces, quote_url, sections


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shipped("web") / "templates"),
        autoescape=True,
        auto_reload=False,  # a template that changes under a running service waits for the next start
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(breakable=_breakable, capitalised=capitalised, spaced=_spaced)
    environment.globals.update(around=around, line=line, linked=linked, pieces=pieces, quote_url=quote_url)
    environment.globals.update(beside=beside, cards=cards, doubt=doubt, is_heading=is_heading)
    environment.globals.update(as_text=as_text, as_words=as_words, as_markdown=as_markdown, source=source)
    environment.globals.update(say=say, script_messages=script_messages())
    environment.globals.update(longest_question=MAX_QUESTION, longest_comment=MAX_COMMENT)
    return environment


def site_name(corpus: Corpus) -> str:
    """Return what the site is called: by its corpus, or after what its articles are about."""
    return corpus.name or (say("name", about=corpus.about) if corpus.about else say("name-alone"))


def site_topic(corpus: Corpus) -> str:
    """Return what goes into a sentence about the site: what its articles are about, if the corpus says."""
    return f" {say('topic', about=corpus.about)}" if corpus.about else ""


def script_messages() -> dict[str, str]:
    """Return what the script says, by the names of the form's data attributes."""
    return {name.removeprefix("script-"): text for name, text in MESSAGES.items() if name.startswith("script-")}


def origin_of(request: Request) -> Origin:
    """Return where and when a request is answered, for what is taken away from here."""
    state = request.app.state
    corpus: Corpus = state.answers.tanya.corpus
    address = site_address(request.scope, state.settings.trusted_proxies)
    return Origin(site_name(corpus), address, date.today(), corpus)


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return the page that `template` makes of `values`, presented as its corpus says."""
    origin = origin_of(request)
    keeps_refused = request.app.state.settings.refused and request.app.state.feedback is not None
    shown: dict[str, object] = {
        "conversation": None,
        "kept": say("kept-refused" if keeps_refused else "kept"),
        "name": origin.name,
        "origin": origin,
        "topic": site_topic(origin.corpus),
        "sources": origin.corpus.articles,
        "compact": request.query_params.get("tampilan") == "ringkas",
    }
    return HTMLResponse(_environment().get_template(template).render(shown | values), status_code=status)


def render_article(corpus: Corpus, article_id: str, marks: Marks, level: int) -> Markup:
    """Return the text of an article as a page shows it, under its title, a heading of `level`."""
    article = corpus[article_id]
    cut = sections(article, marks.spans)
    titled = any(paragraph.kind == "title" for section in cut for paragraph in section.paragraphs)
    values = {"article": article, "marks": marks, "level": level, "sections": cut, "titled": titled}
    return Markup(_environment().get_template("_text.html").render(values))  # noqa: S704 - escaped


def _breakable(text: str) -> Markup:
    """Let a line break behind each no-break space: articles set whole names in them."""
    return Markup(str(escape(text)).replace("\xa0", "\xa0<wbr>"))  # noqa: S704 - escaped


def _spaced(text: str) -> Markup:
    return Markup(re.sub(r"\n+", r'\g<0><span class="gap"></span>', str(_breakable(text))))  # noqa: S704 - escaped
