"""Errors: each has a message of the catalogue, and one base catches them all."""

from __future__ import annotations

import pytest

from tanya_csto.errors import (
    CorpusError,
    EndpointError,
    EvaluationError,
    QuestionError,
    RankingError,
    SettingsError,
    TanyaError,
)


def test_a_missing_value_is_noticed_where_the_error_is_made() -> None:
    with pytest.raises(KeyError):
        QuestionError("question-too-long")


def test_an_unknown_code_is_noticed_where_the_error_is_made() -> None:
    with pytest.raises(KeyError):
        QuestionError("tidak-ada")


@pytest.mark.parametrize(
    "error", [CorpusError, QuestionError, SettingsError, RankingError, EndpointError, EvaluationError]
)
def test_one_base_catches_them_all(error: type[TanyaError]) -> None:
    assert issubclass(error, TanyaError)
