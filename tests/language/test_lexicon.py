"""The word lists: each can be read, and none holds an entry that can never be met."""

from __future__ import annotations

import pytest

from tanya_csto.language.lexicon import lexicon, synonym_groups
from tanya_csto.language.names import words_of
from tanya_csto.language.tokens import fold, tokenize

LISTS = ("entities", "names", "overrides", "question", "slang", "smalltalk", "stop")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_once(name: str) -> None:
    assert lexicon(name)
    assert lexicon(name) is lexicon(name)


def test_an_unknown_list_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        lexicon("tidak-ada")


@pytest.mark.parametrize("name", ["stop", "question"])
def test_words_are_single_and_folded(name: str) -> None:
    words = [word for words in lexicon(name).values() for word in words]
    assert [word for word in words if fold(word) != word or len(tokenize(word)) != 1] == []


def test_overrides_are_folded_words() -> None:
    pairs = lexicon("overrides")["stems"].items()
    assert [pair for pair in pairs if any(fold(word) != word or not word.isalpha() for word in pair)] == []


def test_shorthand_is_folded_and_never_stands_for_itself() -> None:
    words = lexicon("slang")["words"]
    assert [short for short, long in words.items() if fold(short) != short or short == long] == []


@pytest.mark.parametrize("name", ["synonyms", "synonyms-loose"])
def test_a_group_of_synonyms_has_two_members_at_least_and_none_twice(name: str) -> None:
    groups = synonym_groups(name)
    assert [group for group in groups if len(group) < 2 or len(set(group)) < len(group)] == []


@pytest.mark.parametrize("name", ["synonyms", "synonyms-loose"])
def test_synonyms_are_written_as_a_text_is_read(name: str) -> None:
    phrases = {phrase for group in synonym_groups(name) for phrase in group}
    assert {phrase for phrase in phrases if " ".join(words_of(phrase)) != phrase} == set()


def test_no_phrase_of_small_talk_has_two_meanings() -> None:
    talks = {name: talk["phrases"] for name, talk in lexicon("smalltalk").items() if isinstance(talk, dict)}
    kinds: dict[tuple[str, ...], set[str]] = {}
    for name, phrases in talks.items():
        for phrase in phrases:
            kinds.setdefault(tuple(token.norm for token in tokenize(phrase)), set()).add(name)
    assert {phrase: names for phrase, names in kinds.items() if len(names) > 1} == {}


def test_no_question_word_carries_content() -> None:
    assert {"apa", "siapa", "kapan", "berapa", "mengapa", "bagaimana", "mana"} <= set(lexicon("stop")["question"])


def test_negations_and_names_are_never_dropped_as_stop_words() -> None:
    stop = {word for words in lexicon("stop").values() for word in words}
    assert stop & {"rusia", "csto", "nato", "pasal", "anggota", "perang"} == set()
