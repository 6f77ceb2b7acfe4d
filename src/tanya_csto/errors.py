"""Everything that can go wrong; the catalogue has the sentences that tell a person what to do."""

from __future__ import annotations

from tanya_csto.messages import say


class TanyaError(Exception):
    """Base of all errors of this package; `code` names its message, `str()` is the sentence to show."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(say(code, **values))


class CorpusError(TanyaError):
    """The corpus folder cannot be read or changed; the message names the file and the line or entry."""


class QuestionError(TanyaError):
    """The question or its history cannot be asked as it is."""


class SettingsError(TanyaError):
    """A setting cannot be used as it is."""


class RankingError(TanyaError):
    """The cluster that keeps the index is away, or does not hold this corpus; the message names its address."""


class EndpointError(TanyaError):
    """The server of a language model does not write questions; the message names its address."""


class EvaluationError(TanyaError):
    """A question set cannot be read as it is; the message names the file and, where there is one, the line."""
