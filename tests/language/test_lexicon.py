"""The word lists: every file of the folder is known, holds what the code reads, and no entry that can never be met."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, get_args

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

import tanya_csto
from tanya_csto.language import lexicon as package
from tanya_csto.language.lexicon import expanded, lexicon, read_list, synonym_groups
from tanya_csto.language.names import name_index
from tanya_csto.language.tokens import fold, tokenize, words_of
from tanya_csto.question.answer_type import AnswerType


def _trimmed(text: str) -> str:
    assert text
    assert text == text.strip(), "has white space around it"
    return text


def _folded(text: str) -> str:
    assert text == fold(text), f"is read as {fold(text)}"
    return text


def _phrase(text: str) -> str:
    assert text == " ".join(words_of(text)), f"is read as {words_of(text)}"
    return text


def _word(text: str) -> str:
    assert len(tokenize(text)) == 1, "is no single word"
    return text


def _without_repeats(values: list[str]) -> list[str]:
    assert [value for value in values if values.count(value) > 1] == []
    return values


Text = Annotated[str, AfterValidator(_trimmed)]
Folded = Annotated[Text, AfterValidator(_folded)]  # hyphens may stand in it
Phrase = Annotated[Text, AfterValidator(_phrase)]
Word = Annotated[Phrase, AfterValidator(_word)]
Texts = Annotated[list[Text], Field(min_length=1), AfterValidator(_without_repeats)]
Foldeds = Annotated[list[Folded], Field(min_length=1), AfterValidator(_without_repeats)]
Phrases = Annotated[list[Phrase], Field(min_length=1), AfterValidator(_without_repeats)]
Words = Annotated[list[Word], Field(min_length=1), AfterValidator(_without_repeats)]


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Entities(Table):
    days: Texts
    same_days: dict[str, Word]
    months: Texts
    numerals: Words
    digits: dict[str, float]
    powers: dict[str, float]
    teen: str
    roles: Words
    honorifics: Words
    long_roles: Phrases
    seats: Words
    places: Words
    shortened: Words
    role_links: Words
    offices: Words
    titles: Words
    relations: Phrases
    organisations: Words
    media: Words
    common: Texts
    never: Words
    links: Words
    measures: list[Words]
    measured: list[list[Words]]
    date_parts: dict[Word, Literal["year", "month", "day", "weekday", "time"]]
    numbered: Words
    prepositions: list[Words]
    units: Texts


class Country(Table):
    names: Texts
    capitals: Texts | None = None
    metonyms: Texts | None = None


class Names(Table):
    protected: Words
    country: list[Country] = Field(min_length=1)
    organisations: list[Texts] = Field(min_length=1)
    regions: dict[Text, Texts] = Field(min_length=1)


class Overrides(Table):
    endings: Words
    stems: dict[Word, Words] = Field(min_length=1)


class Question(Table):
    date: Words
    number: Words
    person: Words
    place: Words
    org: Words
    press: Words
    sourcing: Words
    manner: Words
    attributes: Words
    predicates: Words
    country: Words
    generic: Words
    interrogative: Words
    joining: Words
    sequencing: Words
    personal: Words
    pointing: Words
    demonstrative: Words
    linking: Words
    contrasting: Words
    relative: Words
    pointless: Words


class Slang(Table):
    particles: Words
    right_phrases: Phrases
    words: dict[Word, Text] = Field(min_length=1)


class Talk(Table):
    phrases: Foldeds


class Smalltalk(Table):
    fillers: Words
    address: Words
    english: Words
    acknowledge: Talk
    capability: Talk
    farewell: Talk
    greeting: Talk
    identity: Talk
    insult: Talk
    praise: Talk
    sources: Talk
    thanks: Talk
    trust: Talk
    wellbeing: Talk


class Stop(Table):
    function: Words
    courtesy: Words
    question: Words


def _pattern(text: str) -> str:
    re.compile(expanded(text))
    return text


class Patterns(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, Annotated[str, AfterValidator(_pattern)]]
    answer_types: list[Annotated[list[str], Field(min_length=2, max_length=2)]]


TABLES: dict[str, type[BaseModel]] = {
    "entities": Entities,
    "names": Names,
    "overrides": Overrides,
    "patterns": Patterns,
    "question": Question,
    "slang": Slang,
    "smalltalk": Smalltalk,
    "stop": Stop,
}
GROUPS = ("synonyms", "synonyms-loose")  # of phrases, a line each
STEMS = "stems.txt"  # a stem and the words that have it, a line each
FOUND = {file.name for file in resources.files(package).iterdir() if file.name.endswith((".toml", ".txt"))}
FILES = sorted({*FOUND, *(f"{name}.toml" for name in TABLES), *(f"{name}.txt" for name in GROUPS), STEMS})


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_the_folder_is_sound(file: str) -> None:
    name, _, kind = file.partition(".")
    if kind == "toml":
        TABLES[name].model_validate(lexicon(name))
    elif file == STEMS:
        lines = [line.split(" ") for line in read_list(STEMS).splitlines()]
        assert [line for line in lines if len(line) < 2 or any(word != fold(word) or not word for word in line)] == []
    else:
        assert name in GROUPS
        groups = synonym_groups(name)
        assert [group for group in groups if len(group) < 2 or len(set(group)) < len(group)] == []
        assert [phrase for group in groups for phrase in group if " ".join(words_of(phrase)) != phrase] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"function": ["dan"], "courtesy": ["maaf"]},
        {"function": ["dan"], "courtesy": ["maaf"], "question": []},
        {"function": ["dan", "dan"], "courtesy": ["maaf"], "question": ["apa"]},
        {"function": ["Dan"], "courtesy": ["maaf"], "question": ["apa"]},
        {"function": ["dan lain"], "courtesy": ["maaf"], "question": ["apa"]},
        {"function": ["dan"], "courtesy": ["maaf"], "question": ["apa"], "lain": ["lain"]},
    ],
    ids=["missing", "empty", "twice", "capital", "two words", "unknown key"],
)
def test_an_unsound_list_is_noticed(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError):
        Stop.model_validate(wrong)


def test_every_pattern_is_used() -> None:
    used = "".join(file.read_text(encoding="utf-8") for file in Path(tanya_csto.__file__).parent.rglob("*.py"))
    used = used.replace("pattern('", 'pattern("').replace("')", '")') + read_list("patterns.toml")
    names = [name for name in lexicon("patterns") if name != "answer_types" and not name.endswith("_clause")]
    assert [name for name in names if f'pattern("{name}")' not in used and f"{{{name}}}" not in used] == []


def test_every_answer_type_of_a_pattern_is_one() -> None:
    named = {answer_type for answer_type, _ in lexicon("patterns")["answer_types"]}
    clauses = {name.removesuffix("_clause") for name in lexicon("patterns") if name.endswith("_clause")}
    assert named | clauses <= set(get_args(AnswerType))


def test_a_list_is_read_once() -> None:
    assert lexicon("stop") is lexicon("stop")


def test_an_unknown_list_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        lexicon("tidak-ada")


def test_shorthand_never_stands_for_itself() -> None:
    assert [short for short, long in lexicon("slang")["words"].items() if short == long] == []


@pytest.mark.parametrize("name", GROUPS)
def test_no_group_of_synonyms_only_repeats_a_name_of_the_gazetteer(name: str) -> None:
    names = [[set(name_index().get(tuple(phrase.split()), ())) for phrase in group] for group in synonym_groups(name)]
    assert [found for found in names if set.intersection(*found)] == []


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
