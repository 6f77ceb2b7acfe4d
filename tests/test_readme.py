"""The READMEs and docs/: every example is run and its output compared; both languages say the same."""

from __future__ import annotations

import doctest
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tanya_csto.corpus.articles import load_corpus

ROOT = Path(__file__).parents[1]
TRANSLATED = sorted([*ROOT.glob("*.id.md"), *ROOT.glob("docs/*.id.md")])
ENGLISH = sorted({ROOT / "README.md", *ROOT.glob("docs/**/*.md")} - set(TRANSLATED))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "127.0.0.1:8000"
CLI = [sys.executable, "-c", "import sys; from tanya_csto.cli import main; sys.exit(main())"]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(language: str, page: Path) -> list[str]:
    """Return the contents of the code blocks of a page in `language`."""
    return [body for label, body in BLOCK.findall(page.read_text(encoding="utf-8")) if label == language]


def examples() -> list[tuple[Path, str, str]]:
    """Return each `$ command` of the console blocks, in its page, with the output that is shown below it."""
    return [
        (page, *prompt.partition("\n")[::2])
        for page in ENGLISH
        for prompt in "".join(blocks("console", page)).removeprefix("$ ").split("\n$ ")
        if prompt
    ]


def same(expected: str, got: str) -> bool:
    """Tell whether `got` is what is shown, where `...` stands for anything."""
    checker = doctest.OutputChecker()
    return checker.check_output(expected.rstrip() + "\n", got.rstrip() + "\n", doctest.ELLIPSIS)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which `tanya-csto` is the code under test."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "tanya-csto"
    command.write_text(f"#!/bin/sh\nexec '{CLI[0]}' -c '{CLI[2]}' \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """A folder for each page that its examples may write into, with the question sets that they read."""
    folders = {page: tmp_path_factory.mktemp(page.stem) for page in ENGLISH}
    for folder in folders.values():
        (folder / "tests").symlink_to(ROOT / "tests")
    return folders


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `tanya-csto serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("w") as out:
        process = subprocess.Popen([*CLI, "serve", "--port", str(port)], cwd=ROOT, stdout=out, stderr=out)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz", process, log)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the server does not answer: {log.read_text()}")


@pytest.mark.slow
@pytest.mark.parametrize(("page", "command", "expected"), examples(), ids=[command for _, command, _ in examples()])
def test_console_example(
    page: Path, command: str, expected: str, path: str, places: dict[Path, Path], request: pytest.FixtureRequest
) -> None:
    if command.startswith("curl"):
        if shutil.which("curl") is None:
            pytest.skip("needs curl")
        command = command.replace(ADDRESS, request.getfixturevalue("server"))
    environment = os.environ | {"PATH": path}
    result = subprocess.run(
        ["sh", "-c", command], cwd=places[page], env=environment, capture_output=True, text=True, check=False
    )
    assert same(expected, result.stdout), result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("text", [text for page in ENGLISH for text in blocks("python", page)])
def test_python_example(text: str) -> None:
    example = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    failures = io.StringIO()
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=failures.write)
    assert example.examples
    assert failures.getvalue() == ""


@pytest.mark.parametrize("text", blocks("toml", ROOT / "docs" / "articles.md"))
def test_corpus_example(text: str, tmp_path: Path) -> None:
    (tmp_path / "index.toml").write_text(text, encoding="utf-8")
    for entry in tomllib.loads(text)["article"]:
        (tmp_path / entry["file"]).write_text("CSTO adalah aliansi militer.\n", encoding="utf-8")
    assert list(load_corpus(tmp_path)) == ["kabar-pagi"]


def test_the_examples_are_there() -> None:
    commands = [command for _, command, _ in examples()]
    assert all(
        any(start in command for command in commands)
        for start in ("tanya-csto ask", "tanya-csto add", "tanya-csto eval", "curl")
    )
    assert len(blocks("python", ROOT / "README.md")) == 1
    assert len(blocks("toml", ROOT / "docs" / "articles.md")) == 1


def test_a_wrong_output_is_noticed() -> None:
    assert same('{"status":"answered",...}\n', '{"status":"answered","sides":[]}')
    assert not same('{"status":"answered",...}\n', '{"status":"not_found","sides":[]}')


def test_the_check_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -E '(.+)' README\.md", script)
    assert pattern is not None
    readme = ROOT / "README.md"
    commands = [line for line in readme.read_text(encoding="utf-8").splitlines() if re.search(pattern[1], line)]
    assert commands == [block.strip() for block in blocks("sh", readme) if "pytest" in block]
    assert len(commands) == 1


@pytest.mark.parametrize("page", TRANSLATED, ids=name)
def test_both_languages_say_the_same(page: Path) -> None:
    ours, theirs = (path.read_text(encoding="utf-8") for path in (page, page.with_name(page.name.replace(".id", ""))))
    assert BLOCK.findall(ours) == BLOCK.findall(theirs)
    for mark in (r"^#+ ", r"^\| `", r"^- ", r"^\d\. "):
        assert len(re.findall(mark, ours, re.MULTILINE)) == len(re.findall(mark, theirs, re.MULTILINE)), mark


@pytest.mark.parametrize("page", [page for page in PAGES if page.name.startswith("README")], ids=name)
def test_a_readme_is_read_in_a_few_minutes(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 160


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [page.parent / link for link in re.findall(r"\]\((?!http)([^)#]+)[^)]*\)", text)]
    paths = [ROOT / path for path in re.findall(r"`((?:src|corpus|web|tests|training|docs)/[\w./-]*)`", text)]
    assert [str(target) for target in [*links, *paths] if not target.exists()] == []


@pytest.mark.parametrize("page", [*PAGES, *sorted(ROOT.glob("scripts/*"))], ids=name)
def test_the_modules_of_commands_exist(page: Path) -> None:
    modules = re.findall(r"python3? -m ([\w.]+)", page.read_text(encoding="utf-8"))
    assert [module for module in modules if find_spec(module) is None] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    assert "TODO" not in page.read_text(encoding="utf-8")
