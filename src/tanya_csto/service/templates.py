"""Templates: the Jinja2 pages of the web folder, every value escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tanya_csto.question.validation import MAX_QUESTION_LENGTH
from tanya_csto.service.export import as_text
from tanya_csto.service.feedback_store import MAX_COMMENT, VERDICTS
from tanya_csto.service.messages import part_answer, say, script_messages, site_name, suggestions_label, tally
from tanya_csto.service.quotes import around, paragraphs, pieces, quote_url


def web_folder() -> Path:
    """Return the folder of templates and static files: inside the package, or the checkout's own."""
    packaged = Path(str(resources.files("tanya_csto"))) / "_web"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "web"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(web_folder() / "templates"),
        autoescape=True,
        auto_reload=False,  # a template that changes under a running service waits for the next start
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(around=around, paragraphs=paragraphs, pieces=pieces, quote_url=quote_url)
    environment.globals.update(say=say, script_messages=script_messages(), tally=tally, as_text=as_text)
    environment.globals.update(part_answer=part_answer, suggestions_label=suggestions_label)
    environment.globals.update(longest_question=MAX_QUESTION_LENGTH, longest_comment=MAX_COMMENT, verdicts=VERDICTS)
    return environment


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return the page that `template` makes of `values`, named after what the articles are about."""
    answers = request.app.state.answers  # None while the service starts
    about = answers.tanya.corpus.about if answers else None
    named = {"name": site_name(about), "topic": f" {say('topic', about=about)}" if about else ""}
    return HTMLResponse(_environment().get_template(template).render(**named, **values), status_code=status)
