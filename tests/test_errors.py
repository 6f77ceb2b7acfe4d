"""Errors: every message is an Indonesian sentence that names what it is about and tells what to do."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import tanya_csto
from tanya_csto.errors import (
    MESSAGES,
    CorpusError,
    EndpointError,
    EvaluationError,
    QuestionError,
    RankingError,
    SettingsError,
    TanyaError,
)
from tanya_csto.language.stems import is_word
from tanya_csto.language.tokens import tokenize

SOURCE = Path(tanya_csto.__file__).parent
# words of the trade that no dictionary of Indonesian holds
TRADE = {"index.toml", "toml", "utf", "suggestions", "article", "port", "korpus", "porta", "setelan"}
TRADE |= {"about", "html", "json", "jsonl", "pdf", "txt", "title", "outlet", "published", "url", "articles"}
TRADE |= {"pip", "install", "add", "update", "corpus", "index", "qdrant", "2022", "rss", "docx", "xml", "atom"}
TRADE |= {"questions", "new", "check", "server", "http", "localhost", "11434", "timeout", "api", "color", "mcp"}


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_can_be_formatted_and_shows_its_values(code: str) -> None:
    values = {name: f"<{name}>" for name in fields(MESSAGES[code])}
    error = TanyaError(code, **values)
    assert error.code == code
    assert all(value in str(error) for value in values.values())
    assert "{" not in str(error)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_a_whole_sentence(code: str) -> None:
    assert MESSAGES[code].endswith(".")
    assert MESSAGES[code][0].isupper() or MESSAGES[code][0] == "{"


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_indonesian(code: str) -> None:
    words = {token.norm for token in tokenize(re.sub(r"\{\w+\}", "", MESSAGES[code]))}
    assert {word for word in words - TRADE if len(word) > 2 and not is_word(word)} == set()


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


def test_every_message_is_used_and_every_code_has_a_message() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py") if file.name != "errors.py")
    kinds = "Corpus|Question|Settings|Ranking|Endpoint|Evaluation"
    used = set(re.findall(rf"(?:{kinds})Error\(\s*\"([a-z0-9-]+)\"", source))
    assert used == set(MESSAGES)
