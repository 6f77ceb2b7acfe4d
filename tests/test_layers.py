"""The layers: a package imports only from those below it; the core knows no HTTP, no HTML and no command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.update_architecture import CORE, ORDER, SOURCE, imported, package_of, target_package

BEFOREHAND = ("bank.making", "corpus.loaders")  # what is done before anybody asks: the command line alone imports it
NOT_IN_THE_CORE = frozenset({"argparse", "fastapi", "jinja2", "pydantic", "starlette", "uvicorn"})


def violations(source: Path) -> list[str]:
    """Return a line for every import under `source` that the order forbids."""
    found = []
    for module in sorted(source.rglob("*.py")):
        package = package_of(module, source)
        place = ".".join(module.relative_to(source).parts)
        above = [f"tanya_csto.{each}" for each in BEFOREHAND if package != "cli" and not place.startswith(each)]
        for name in imported(module, source):
            target = target_package(name)
            upward = target is not None and target != package and ORDER[target] > ORDER[package]
            foreign = package in (*CORE, "__init__") and name.partition(".")[0] in NOT_IN_THE_CORE
            early = name.startswith(tuple(above))
            if upward or foreign or early or (package == "service" and target == "evaluate"):
                found.append(f"{module.relative_to(source)} imports {name}")
    return found


def test_every_package_has_its_place_in_the_order() -> None:
    packages = {package_of(module, SOURCE) for module in SOURCE.rglob("*.py")}
    assert packages - set(ORDER) == set()
    assert packages >= {"errors", "text", "corpus", "answer", "engine"}


@pytest.mark.slow
def test_no_package_imports_from_one_above_it() -> None:
    assert violations(SOURCE) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("text/spans.py", "from tanya_csto.corpus.articles import Article"),
        ("text/spans.py", "from ..corpus import articles"),
        ("text/spans.py", "from .. import corpus"),
        ("text/spans.py", "import tanya_csto.engine"),
        ("text/spans.py", "from tanya_csto import Tanya"),
        ("retrieval/index.py", "def late():\n    from tanya_csto.ranking.features import Candidate"),
        ("question/parser.py", "from tanya_csto.models.networks import Mode"),
        ("ranking/model.py", "from tanya_csto.answer.answer import Confidence"),
        ("engine.py", "from tanya_csto.evaluate import evaluate"),
        ("engine.py", "from tanya_csto import service"),
        ("__init__.py", "from tanya_csto.cli import main"),
        ("service/app.py", "from tanya_csto.evaluate import evaluate"),
        ("service/app.py", "from tanya_csto.cli import main"),
        ("ranking/features.py", "import fastapi"),
        ("corpus/articles.py", "from pydantic.fields import Field"),
        ("bank/opinion.py", "from tanya_csto.bank.making.training import labelled"),
        ("service/answers.py", "from tanya_csto.bank import making"),
        ("corpus/editor.py", "from tanya_csto.corpus.loaders import read_documents"),
    ],
)
def test_a_planted_arrow_is_found(tmp_path: Path, module: str, line: str) -> None:
    plant(tmp_path, module, line)
    assert [found.partition(" imports ")[0] for found in violations(tmp_path)] == [module]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("text/sentences.py", "from tanya_csto.text.spans import Span"),
        ("text/sentences.py", "from .spans import Span"),
        ("ranking/features.py", "from tanya_csto.question.answer_type import AnswerType"),
        ("retrieval/index.py", "from ..question import concepts"),
        (
            "cli/ask.py",
            "import argparse\nfrom tanya_csto.evaluate import evaluate\nfrom tanya_csto.service.app import create_app",
        ),
        ("service/api.py", "import fastapi\nfrom tanya_csto import Tanya"),
        ("bank/making/author.py", "from tanya_csto.bank.making.chat import ChatServer"),
        ("cli/index.py", "from tanya_csto.bank.making.training import train_bank"),
    ],
)
def test_arrows_along_the_order_are_free(tmp_path: Path, module: str, line: str) -> None:
    plant(tmp_path, module, line)
    assert violations(tmp_path) == []


def plant(source: Path, module: str, line: str) -> None:
    file = source / module
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{line}\n", encoding="utf-8")
