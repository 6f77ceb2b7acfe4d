"""`tanya-csto ask`: answer one question."""

from __future__ import annotations

import argparse
import textwrap

from tanya_csto.answer.answer import Answer, Citation, Side
from tanya_csto.cli.explain import explained
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.settings import engine_of
from tanya_csto.cli.terminal import printable, printable_json
from tanya_csto.corpus.filter import articles_within
from tanya_csto.messages import say
from tanya_csto.service.export import part_line, source


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    parser.inputs.add_argument("question", metavar="PERTANYAAN", help="pertanyaan, dalam tanda petik")
    parser.add_corpus()
    parser.options.add_argument("--since", metavar="TANGGAL", help="hanya artikel yang terbit sejak tanggal itu")
    parser.options.add_argument("--until", metavar="TANGGAL", help="hanya artikel yang terbit sampai tanggal itu")
    parser.options.add_argument(
        "--outlet", metavar="MEDIA", action="append", default=[], help="hanya artikel dari media itu; boleh diulang"
    )
    shown = parser.options.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="tampilkan balasan API apa adanya")
    shown.add_argument("--explain", action="store_true", help="tampilkan juga mengapa jawabannya begitu")


def run(options: argparse.Namespace) -> None:
    """Show the answer."""
    tanya = engine_of(options)
    within = articles_within(tanya.corpus, options.since, options.until, options.outlet)
    answer = tanya.ask(options.question, within=within)
    if options.json:
        from tanya_csto.service.schema import AskReply  # pydantic takes as long to load as an answer takes

        print(printable_json(AskReply.of(answer).model_dump_json(indent=2)))
    else:
        print(printable(_readable(answer)))
    if options.explain:
        question = tanya.finder.parse(tanya.understand(options.question).text, within)
        print(printable("\n\n".join(("", *explained(tanya.finder, question)))))


def _readable(answer: Answer) -> str:
    parts = [answer.text]
    if answer.parts:
        parts.append("\n".join(map(part_line, answer.parts)))
    if answer.understood_as:
        parts.insert(0, say("understood-as", question=answer.understood_as))
    parts += [_readable_side(side, answer) for side in answer.sides]
    parts += map(_readable_citation, answer.citations)
    if answer.confidence:
        parts.append(say("confidence", confidence=answer.confidence))
    if answer.suggestions:
        label = say("suggestions-after" if answer.citations else "suggestions-instead")
        parts.append("\n".join((label, *(f"- {text}" for text in answer.suggestions))))
    return "\n\n".join(parts)


def _readable_side(side: Side, answer: Answer) -> str:
    """Return a claim with each outlet that makes it, its date where it has one, and the numbers of the quotes."""
    articles = [answer.citations[n - 1].article for n in side.citations]
    published = {article.outlet: article.published for article in articles if article.published}
    outlets = (f"{outlet}, {published[outlet]}" if outlet in published else outlet for outlet in side.outlets)
    numbers = ", ".join(map(str, side.citations))
    return say("side", claim=side.claim, outlets="; ".join(outlets), numbers=numbers)


def _readable_citation(citation: Citation) -> str:
    return f"[{citation.n}] {source(citation)}\n{textwrap.indent(citation.quote, '    ')}"
