"""Bytes that look for a way through: from question to answer under atheris, guided by coverage.

    python -m tests.proof.fuzz -max_total_time=60

It stops with the input that broke a promise, else when the time is over.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["tanya_csto"]):
    from tanya_csto.engine import Tanya
    from tanya_csto.errors import QuestionError
    from tanya_csto.service.schema import AskReply

TANYA = Tanya()


def one(data: bytes) -> None:
    """Ask what `data` spells, with up to two earlier questions, and check the promises."""
    provider = atheris.FuzzedDataProvider(data)
    as_typed = provider.ConsumeBool()
    earlier = [provider.ConsumeUnicode(40) for _ in range(provider.ConsumeIntInRange(0, 2))]
    question = provider.ConsumeUnicode(520)
    try:
        answer = TANYA.ask(question, earlier, as_typed=as_typed)
    except QuestionError:
        return
    for citation in answer.citations:
        span = citation.span
        assert citation.article.text[span.start : span.end] == citation.quote
        assert all(span.contains(mark) for mark in citation.highlights)
    assert bool(answer.citations) == (answer.status in ("answered", "conflicting"))
    AskReply.model_validate_json(AskReply.of(answer).model_dump_json())


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
