import pytest

from tanya_csto.models.surface import normalise_question


@pytest.mark.parametrize(
    "question",
    [
        "Kapan CSTO didirikan?",
        "kapan csto didirikan",
        "  KAPAN  CSTO\ndidirikan ??",
        "Kapan CSTO didirikan...",
        "kapan\u00a0csto didirikan !?",
    ],
)
def test_one_surface(question: str) -> None:
    assert normalise_question(question) == "kapan csto didirikan?"


def test_composes_letters_and_plains_quotes() -> None:
    assert normalise_question("apa arti “cafe\u0301”") == 'apa arti "café"?'


@pytest.mark.parametrize("question", ["", "?", "Siapa Pashinyan?", "apa itu CSTO (ODKB)", "İstanbul di mana?"])
def test_is_idempotent(question: str) -> None:
    once = normalise_question(question)
    assert normalise_question(once) == once
