"""The sdist and the wheel: they hold what they should and nothing else, and the wheel works from any folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import metadata, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
NAME = f"tanya_csto-{tomllib.loads((ROOT / 'pyproject.toml').read_text(encoding='utf-8'))['project']['version']}"
WHEEL_TOP = {"tanya_csto", f"{NAME}.dist-info"}
WHEEL_PLACES = {"src/tanya_csto/": "tanya_csto/", "corpus/": "tanya_csto/_corpus/", "web/": "tanya_csto/_web/"}
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"}
STRAY = ["env/lib/stray.py", "notes.txt", ".env", "dist/old.whl", "src/tanya_csto/__pycache__/stray.cpython-311.pyc"]

pytestmark = [
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the git checkout"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def files() -> set[str]:
    """The files of the checkout that git knows or would add."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def dist(files: set[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an sdist, and of a wheel built from it, of a checkout where stray files lie about."""
    checkout, dist = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("dist")
    copy_checkout(files, checkout)
    for name in STRAY:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("stray", encoding="utf-8")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(checkout)], cwd=checkout)
    return dist


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment with the wheel, and the dependencies of the running one."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", f"--python={home / 'bin' / 'python'}"]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(dist / f"{NAME}-py3-none-any.whl")], cwd=home)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


def run(command: list[str], cwd: Path, more: Mapping[str, str] = {"SOURCE_DATE_EPOCH": "1580601600"}) -> str:
    """Run `command` outside the checkout's reach and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | dict(more)
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def copy_checkout(names: Iterable[str], target: Path) -> None:
    """Copy these files of the checkout, the networks cut short: packing all of them takes longer than all the rest."""
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
        if name.endswith(".onnx"):
            os.truncate(target / name, 1000)


def top(names: Iterable[str]) -> set[str]:
    return {name.partition("/")[0] for name in names}


def test_both_are_built(dist: Path) -> None:
    assert {file.name for file in dist.iterdir()} == {f"{NAME}.tar.gz", f"{NAME}-py3-none-any.whl"}


def test_the_sdist_holds_the_files_of_git_and_nothing_else(dist: Path, files: set[str]) -> None:
    with tarfile.open(dist / f"{NAME}.tar.gz") as archive:
        held = {member.name.removeprefix(f"{NAME}/") for member in archive if member.isfile()}
    assert held == files | {"PKG-INFO"}


def test_the_wheel_holds_the_package_its_corpus_and_its_pages(dist: Path, files: set[str]) -> None:
    expected = {
        target + name.removeprefix(source)
        for source, target in WHEEL_PLACES.items()
        for name in files
        if name.startswith(source)
    }
    with zipfile.ZipFile(dist / f"{NAME}-py3-none-any.whl") as wheel:
        assert top(wheel.namelist()) == WHEEL_TOP
        assert set(wheel.namelist()) == expected | {f"{NAME}.dist-info/{name}" for name in METADATA}
        assert "tanya_csto/_corpus/questions/bank.toml" in expected
        for name in (name for name in files if name.startswith("corpus/")):
            assert wheel.read(f"tanya_csto/_{name}") == (ROOT / name).read_bytes()


def test_the_same_sources_make_the_same_bytes(dist: Path, files: set[str], tmp_path: Path) -> None:
    """Built again elsewhere, with other times and readers of the files, in another time zone and order."""
    checkout, again = tmp_path / "elsewhere", tmp_path / "again"
    copy_checkout(sorted(files, reverse=True), checkout)
    for name in files:
        (checkout / name).chmod((ROOT / name).stat().st_mode & ~0o044 | 0o020)
        os.utime(checkout / name, (1_000_000_000, 1_000_000_000))
    environment = {"TZ": "Asia/Jakarta", "SOURCE_DATE_EPOCH": "1580601600"}
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(again), str(checkout)], checkout, environment)
    assert {file.name: file.read_bytes() for file in again.iterdir()} == {
        file.name: file.read_bytes() for file in dist.iterdir()
    }


def test_the_installed_package_reads_its_own_corpus(installed: Path, tmp_path: Path) -> None:
    code = "import tanya_csto.corpus.files as it; print(it.__file__); print(it.shipped('corpus'))"
    module, corpus = run([str(installed / "python"), "-c", code], cwd=tmp_path).splitlines()
    assert Path(module).is_relative_to(installed.parent)
    assert Path(corpus).is_relative_to(installed.parent)


def test_the_installed_command_lists_the_articles(installed: Path, tmp_path: Path) -> None:
    shown = run([str(installed / "tanya-csto"), "articles"], cwd=tmp_path)
    assert all(outlet in shown for outlet in ("CNBC Indonesia", "WahanaNews", "Suara.com", "Bangka Pos", "Perspektif"))


def test_the_installed_command_answers(installed: Path, tmp_path: Path) -> None:
    shown = run([str(installed / "tanya-csto"), "ask", "Siapa Sekretaris Jenderal CSTO?"], cwd=tmp_path)
    assert "Imangali Tasmagambetov" in shown


@pytest.mark.parametrize("requirement", tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])
def test_the_notice_names_every_dependency(requirement: str) -> None:
    name = re.match(r"[\w-]+", requirement)
    assert name is not None
    assert f"\n  {name[0]} " in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_the_notice_names_everything_that_an_installation_brings() -> None:
    notice = re.findall(r"^  ([\w-]+) +(\S+)", (ROOT / "NOTICE").read_text(encoding="utf-8"), re.MULTILINE)
    named = {canonicalize_name(name): licence for name, licence in notice}
    assert set(named) == installation("tanya-csto") - {"tanya-csto"}
    for name, licence in named.items():
        stated = metadata(name)
        said = f"{stated['License-Expression']} {stated['License']} {stated.get_all('Classifier')}"
        assert licence.partition("-")[0] in said, name


def installation(name: str) -> set[str]:
    """Return the names of the distributions that `name` needs, itself among them."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        if (each := canonicalize_name(waiting.pop())) not in found:
            found.add(each)
            needs = map(Requirement, requires(each) or [])
            waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found
