"""`tanya-csto questions`: a question bank for a corpus of one's own."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path
from typing import Final, get_args

from tanya_csto.bank.making.author import Author, Tally
from tanya_csto.bank.making.chat import KEY, ChatServer
from tanya_csto.bank.store import is_trained
from tanya_csto.cli.parser import Parser
from tanya_csto.cli.terminal import printable, watched
from tanya_csto.corpus.articles import Article, load_articles
from tanya_csto.corpus.bank import FOLDER, Kind, QuestionBank, read_bank
from tanya_csto.corpus.bank_editor import editing, is_quoted, quoted, sentences_of
from tanya_csto.errors import CorpusError
from tanya_csto.messages import say
from tanya_csto.retrieval.index import Index

MAX_SECONDS: Final = 86_400


def define(parser: Parser) -> None:
    """Tell what the command takes."""
    commands = parser.add_commands(("new", "check", "write"))
    options = commands["write"].options
    options.add_argument("--endpoint", metavar="URL", required=True, help="server, seperti http://localhost:11434")
    options.add_argument("--model", metavar="NAMA", required=True, help="nama model di server itu")
    options.add_argument(
        "--timeout", metavar="DETIK", type=_seconds, default=600, help="waktu tunggu setiap balasan (bawaan: 600)"
    )
    for name, do in (("new", _new), ("check", _check), ("write", _write)):
        commands[name].set_defaults(run=do)
        commands[name].add_own_corpus()


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < MAX_SECONDS:
        raise ValueError(text)
    return seconds


def _new(options: argparse.Namespace) -> None:
    folder: Path = options.corpus
    articles = load_articles(folder).articles
    with editing(folder, articles) as editor:
        made = editor.make_room()
    print(say("rooms-made", count=_number(made), folder=folder / FOLDER))
    print(say("rooms-next", folder=folder))


def _check(options: argparse.Namespace) -> int:
    folder: Path = options.corpus
    articles = load_articles(folder).articles
    if not (folder / FOLDER).is_dir():
        raise CorpusError("bank-missing", folder=folder)
    faults: list[CorpusError] = []
    bank = read_bank(folder / FOLDER, articles, faults.append)
    for fault in faults:
        print(printable(str(fault)))
    print(printable(_summary(bank, articles)))
    if faults:
        print(say("bank-faults", count=_number(len(faults))))
    elif bank.facts and not is_trained(folder / FOLDER):
        print(say("bank-check-untrained", folder=folder))
    return 1 if faults else 0


def _summary(bank: QuestionBank, articles: tuple[Article, ...]) -> str:
    kinds: Counter[str] = Counter()
    hands: Counter[int] = Counter()
    for fact in bank.facts:
        kinds[fact.kind] += len(fact.questions)
        hands.update(fact.hands)
    known = quoted(fact for fact in bank.facts if fact.kind != "unanswerable")
    sentences = [sentence for article in articles for sentence in sentences_of(article)]
    asked = sum(is_quoted(sentence, known) for sentence in sentences)
    counts = ", ".join(say(f"kind-{kind}", count=_number(kinds[kind])) for kind in get_args(Kind))
    lines = [
        say("bank-questions", count=_number(kinds.total()), kinds=counts),
        say("bank-sentences", asked=_number(asked), count=_number(len(sentences))),
    ]
    if hands:
        names = {hand: bank.authors.get(hand, say("bank-hand", hand=hand)) for hand in sorted(hands)}
        counts = ", ".join(f"{name} {_number(hands[hand])}" for hand, name in names.items())
        lines.append(say("bank-authors", names=counts))
    return "\n".join(lines)


def _write(options: argparse.Namespace) -> None:
    folder: Path = options.corpus
    corpus = load_articles(folder)
    server = ChatServer(options.endpoint, options.model, os.environ.get(KEY, ""), options.timeout)
    with editing(folder, corpus.articles) as editor:
        author = Author(Index(corpus), editor, server)
        if not author.drafts:
            print(say("passages-none"))
            return
        read, written = map(_number, author.estimate())
        print(say("passages-open", count=_number(len(author.drafts))))
        print(say("tokens-expected", read=read, written=written), flush=True)
        try:
            author.write(watched)
        finally:
            print(_account(author.tally, len(author.drafts)))
    print(say("bank-train", folder=folder))


def _account(tally: Tally, passages: int) -> str:
    lines = [say("questions-kept", count=_number(tally.questions), passages=_number(tally.done))]
    if tally.dropped:
        reasons = (say(f"dropped-{each}", count=_number(count)) for each, count in tally.dropped.most_common())
        lines.append(say("questions-dropped", reasons=", ".join(reasons)))
    if tally.read:
        lines.append(say("tokens-used", read=_number(tally.read), written=_number(tally.written)))
    if left := passages - tally.done:
        lines.append(say("passages-left", count=_number(left)))
    return "\n".join(lines)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
