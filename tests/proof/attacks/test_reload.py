"""A corpus that is broken in a way that nobody thought of: the old one serves on, and the command says it in a line."""

import shutil
from pathlib import Path

import pytest

from tanya_csto import cli
from tanya_csto.corpus.files import shipped
from tests.service.live import serving

BROKEN = {
    "brackets": "x = " + "[" * 5_000,
    "digits": "x = " + "9" * 5_000,
    "bytes": "x = \udc00\x00",
    "suggestion": f'suggestions = ["{"a" * 501}"]',
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "korpus"
    shutil.copytree(shipped("corpus"), folder, ignore=shutil.ignore_patterns("questions"))
    return folder


def write(folder: Path, text: str) -> None:
    (folder / "index.toml").write_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_the_command_says_what_is_broken_in_one_line(
    corpus: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    write(corpus, text)
    assert cli.main(["articles", "--corpus", str(corpus)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(corpus / "index.toml") in told


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_broken_corpus_never_ends_the_service_nor_the_reload(tmp_path: Path, corpus: Path, workers: str) -> None:
    sound = (corpus / "index.toml").read_text(encoding="utf-8")
    with serving(tmp_path, corpus=str(corpus), workers=workers) as service:
        for number, text in enumerate(BROKEN.values(), start=1):
            write(corpus, text)
            service.hang_up()
            service.wait_for("reload refused", number, seconds=60)
            assert service.get("/articles")[0] == 200
        write(corpus, sound.replace("Suara.com", "Suara Baru"))
        service.hang_up()
        service.wait_for("reloaded", int(workers), seconds=60)
        assert b"Suara Baru" in service.get("/articles")[1]
        assert not [line for line in service.lines() if "Traceback" in str(line)]
