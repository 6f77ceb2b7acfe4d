"""The context of a request: what is learnt of it on its way, for the log and the metrics; it travels in the scope."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.types import Scope

_KEY: Final = "tanya_csto.context"


@dataclass(slots=True)
class RequestContext:
    """One request: its number, and what became of it so far."""

    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    question: str | None = None
    answer_status: str | None = None
    cached: bool = False
    computed: int = 0  # answers that had to be worked out
    problem: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)  # by stage

    def note(self, answer_status: str, cached: bool, question: str, stages: Mapping[str, float]) -> None:
        """Note an answer: the first is the one that was asked for; the time of all counts, in seconds by stage."""
        self.computed += not cached
        if self.answer_status is None:
            self.answer_status, self.cached, self.question = answer_status, cached, question
        for stage, seconds in stages.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds


def context_of(scope: Scope) -> RequestContext:
    """Return the context of the request of `scope`, a new one where nobody has asked yet."""
    if _KEY not in scope:
        scope[_KEY] = RequestContext()
    context: RequestContext = scope[_KEY]
    return context
