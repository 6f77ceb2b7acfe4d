"""What the service says with the catalogue; the script is handed what starts with `script-` through the form."""

from __future__ import annotations

from tanya_csto.answer.answer import Part
from tanya_csto.corpus.articles import Corpus
from tanya_csto.messages import MESSAGES, say


def site_name(corpus: Corpus | None) -> str:
    """Return what the site is called: by its corpus, or after what its articles are about."""
    if corpus and corpus.name:
        return corpus.name
    return say("name", about=corpus.about) if corpus and corpus.about else say("name-alone")


def part_answer(part: Part) -> str:
    """Return what one part of an answer says, in the article's words where they answer and nothing disputes them."""
    if part.status == "conflicting":
        return say("part-conflicting")
    if part.status == "not_found":
        return say("part-not-found")
    return part.short_answer or ""


def script_messages() -> dict[str, str]:
    """Return what the script says, by the names of the form's data attributes."""
    return {name.removeprefix("script-"): text for name, text in MESSAGES.items() if name.startswith("script-")}
