"""The READMEs: every example is run and its output compared; both say the same in their language."""

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
from pathlib import Path

import pytest

from tanya_csto.corpus.articles import load_corpus

ROOT = Path(__file__).parents[1]
ENGLISH, INDONESIAN = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.id.md"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "127.0.0.1:8000"
CLI = [sys.executable, "-c", "import sys; from tanya_csto.cli import main; sys.exit(main())"]


def blocks(language: str, text: str = ENGLISH) -> list[str]:
    """Return the contents of the code blocks in `language`."""
    return [body for name, body in BLOCK.findall(text) if name == language]


def examples() -> list[tuple[str, str]]:
    """Return each `$ command` of the console blocks with the output that the README shows below it."""
    prompts = "".join(blocks("console")).removeprefix("$ ").split("\n$ ")
    return [(command, output) for command, _, output in (prompt.partition("\n") for prompt in prompts)]


def same(expected: str, got: str) -> bool:
    """Tell whether `got` is what the README shows, where `...` stands for anything."""
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
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the examples may write into, with the question sets that they read."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "tests").symlink_to(ROOT / "tests")
    return folder


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


@pytest.mark.parametrize(("command", "expected"), examples(), ids=[command for command, _ in examples()])
def test_console_example(command: str, expected: str, path: str, place: Path, request: pytest.FixtureRequest) -> None:
    if command.startswith("curl"):
        if shutil.which("curl") is None:
            pytest.skip("needs curl")
        command = command.replace(ADDRESS, request.getfixturevalue("server"))
    result = subprocess.run(
        ["sh", "-c", command], cwd=place, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert same(expected, result.stdout), result.stdout + result.stderr


@pytest.mark.parametrize("text", blocks("python"), ids=["python"])
def test_python_example(text: str) -> None:
    example = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    failures = io.StringIO()
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=failures.write)
    assert example.examples
    assert failures.getvalue() == ""


@pytest.mark.parametrize("text", blocks("toml"), ids=["toml"])
def test_corpus_example(text: str, tmp_path: Path) -> None:
    (tmp_path / "index.toml").write_text(text, encoding="utf-8")
    for entry in tomllib.loads(text)["article"]:
        (tmp_path / entry["file"]).write_text("CSTO adalah aliansi militer.\n", encoding="utf-8")
    assert list(load_corpus(tmp_path)) == ["kabar-pagi"]


def test_the_examples_are_there() -> None:
    commands = [command for command, _ in examples()]
    assert all(
        any(start in command for command in commands)
        for start in ("tanya-csto ask", "tanya-csto add", "tanya-csto eval", "curl")
    )
    assert len(blocks("python")) == 1
    assert len(blocks("toml")) == 1


def test_a_wrong_output_is_noticed() -> None:
    assert same('{"status":"answered",...}\n', '{"status":"answered","sides":[]}')
    assert not same('{"status":"answered",...}\n', '{"status":"not_found","sides":[]}')


def test_the_check_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -E '(.+)' README\.md", script)
    assert pattern is not None
    commands = [line for line in ENGLISH.splitlines() if re.search(pattern[1], line)]
    assert commands == [block.strip() for block in blocks("sh") if "pytest" in block]
    assert len(commands) == 1


def test_both_have_the_same_code_blocks() -> None:
    assert BLOCK.findall(ENGLISH) == BLOCK.findall(INDONESIAN)


def test_both_have_the_same_shape() -> None:
    for mark in (r"^#+ ", r"^\| `\w+` ", r"^- `", r"^\d\. "):
        assert len(re.findall(mark, ENGLISH, re.MULTILINE)) == len(re.findall(mark, INDONESIAN, re.MULTILINE)), mark


@pytest.mark.parametrize("text", [ENGLISH, INDONESIAN], ids=["README.md", "README.id.md"])
def test_links_and_paths_lead_somewhere(text: str) -> None:
    links = re.findall(r"\]\((?!http)([^)]+)\)", text)
    folders = re.findall(r"`((?:src|corpus|web|tests)/[\w./]*)`", text)
    assert links
    assert folders
    assert [target for target in [*links, *folders] if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("text", [ENGLISH, INDONESIAN], ids=["README.md", "README.id.md"])
def test_nothing_is_left_to_fill_in(text: str) -> None:
    assert "TODO" not in text
