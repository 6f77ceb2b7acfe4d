"""The catalogue: what the program says stands in it, and what stands in it is said, with the values that it names."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

import tanya_csto
from tanya_csto import errors
from tanya_csto.corpus.files import shipped
from tanya_csto.language.stems import is_word
from tanya_csto.language.tokens import tokenize
from tanya_csto.messages import MESSAGES, PROBLEMS

SOURCE = Path(tanya_csto.__file__).parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
HELP = {"description", "help", "metavar", "response_description", "summary", "title"}  # stands beside what it describes
ERROR_TEXTS = tomllib.loads((SOURCE / "messages" / "errors.toml").read_text(encoding="utf-8")).values()
PATTERN = re.compile(r"\\[bdswABDSWZ]|\(\?|\[\^")

# words of the trade that no dictionary of Indonesian holds
TRADE = set(
    """
    100 11434 2022 500 6333 9457 about accept add after allow alt answerable api application article articles atom
    cache chat check color completions content context corpus ctrl docx enter evidence example.org false get hands
    help history host html http https index index.toml install json jsonl kind korpus llama.cpp localhost mcp new null
    ollama openapi.json outlet outlets pdf pip port porta post protocol published qdrant question questions refused
    retry rfc rss server setelan shift sides since subjudul suggestions text timeout title token toml true txt type
    update url utf vllm web xml
    """.split()
)

Said = tuple[list[str], set[str] | None]  # the names that one place may say, its values where they can be seen


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@cache
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(SOURCE.rglob("*.py"))}


@cache
def said() -> tuple[Said, ...]:
    """Return what code and templates say; a name that is put together stands for all that begin like it."""
    places = (*said_in_code(), *said_in_templates())
    return tuple(([each for name in names for each in family(name)], values) for names, values in places if names)


def family(start: str) -> list[str]:
    return [name for name in MESSAGES if name.startswith(start)] if start.endswith("-") else [start]


def said_in_code() -> Iterator[Said]:
    for node in (node for tree in trees().values() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", *ERRORS}:
            values = {each.arg for each in node.keywords if each.arg is not None}
            yield names_of(node.args[0]), None if None in {each.arg for each in node.keywords} else values


def names_of(node: ast.expr | nodes.Expr | None) -> list[str]:
    match node:
        case ast.Constant(value=str(name)) | nodes.Const(value=name):
            return [name]
        case ast.IfExp(body=one, orelse=other) | nodes.CondExpr(expr1=one, expr2=other):
            return names_of(one) + names_of(other)
        case ast.JoinedStr(values=[start, _]) | nodes.Concat(nodes=[start, _]):
            return names_of(start)
    return []


def said_in_templates() -> Iterator[Said]:
    for template in (shipped("web") / "templates").iterdir():
        tree = Environment(autoescape=True).parse(template.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                yield names_of(call.args[0]), {each.key for each in call.kwargs}


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the literals with two Indonesian words that are no help, no pattern, no list of words and no docstring."""
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str(name), value=value) if name in HELP:
                passed.update(ast.walk(value))
            case ast.Assign(targets=[ast.Attribute(attr="description")], value=value):
                passed.update(ast.walk(value))
            case ast.Dict(keys=keys, values=values):
                passed.update(v for k, v in zip(keys, values, strict=True) if getattr(k, "value", None) in HELP)
            case ast.Attribute(attr="split", value=value):
                passed.add(value)
            case ast.Expr(value=ast.Constant() as value):
                passed.add(value)
            case ast.FunctionDef(args=ast.arguments(args=[*_, ast.arg(arg="help")], defaults=[value])):
                passed.add(value)
            case ast.JoinedStr(values=values):
                passed.update(each for each in values if isinstance(each, ast.Constant))
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if node not in passed:
                pass
            case ast.JoinedStr(values=values) if node not in passed:
                text = "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values)
            case _:
                continue
        words = {
            token.norm
            for token in tokenize(text.replace("tanya-csto", ""))
            if len(token.norm) > 3 and is_word(token.norm)
        }
        if " " in text.strip() and len(words) > 1 and not PATTERN.search(text):
            yield text


@pytest.mark.slow
def test_no_module_has_sentences_of_its_own() -> None:
    assert {file.name: found for file, tree in trees().items() if (found := list(sentences(tree)))} == {}


@pytest.mark.parametrize(
    "code",
    [
        'raise ValueError("berkas itu tidak dapat dibuat")',
        'print(f"{count} kalimat menunggu pertanyaan")',
        'TALK = {"thanks": "Sama-sama. Silakan bertanya lagi."}',
    ],
)
def test_a_planted_sentence_is_found(code: str) -> None:
    assert len(list(sentences(ast.parse(code)))) == 1


@pytest.mark.slow
def test_every_message_is_said_and_everything_said_has_a_message() -> None:
    names = {name for names, _ in said() for name in names}
    assert names == {name for name in MESSAGES if not name.startswith("script-")}


def test_what_is_said_gets_the_values_that_it_names() -> None:
    for names, values in said():
        assert values is None or values == {each for name in names for each in placeholders(MESSAGES[name])}, names


def test_an_error_is_a_whole_sentence() -> None:
    for text in ERROR_TEXTS:
        assert text.endswith(".")
        assert text[0].isupper() or text[0] == "{"


def test_every_message_is_indonesian() -> None:
    details = [each[part] for each in PROBLEMS.values() for part in ("title", "detail") if part in each]
    for text in (*(text for name, text in MESSAGES.items() if name != "talk-language"), *details):
        words = {token.norm for token in tokenize(re.sub(r"\{[^}]*\}|`[^`]*`", "", text))}
        assert {word for word in words - TRADE if len(word) > 2 and not is_word(word)} == set(), text
        assert words.isdisjoint({"error", "loading", "link", "feedback", "submit", "cancel", "copy"}), text


def test_no_message_has_stray_white_space() -> None:
    for text in MESSAGES.values():
        assert [line for line in text.splitlines() if line != " ".join(line.split())] == []


def test_no_message_stands_twice() -> None:
    files = [tomllib.loads(file.read_text(encoding="utf-8")) for file in (SOURCE / "messages").glob("*.toml")]
    assert sum(map(len, files)) == len(MESSAGES) + len(PROBLEMS)


def test_every_problem_is_raised() -> None:
    literals = {node.value for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert PROBLEMS.keys() - literals == set()
