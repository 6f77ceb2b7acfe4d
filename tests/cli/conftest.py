from pathlib import Path

import pytest

from tanya_csto import cli


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a corpus of one's own, and texts to add to it."""
    (tmp_path / "kopi.txt").write_text("Kopi toraja ditanam di Sulawesi Selatan.\n", encoding="utf-8")
    (tmp_path / "teh.txt").write_text("Teh tumbuh di Jawa Barat.\n", encoding="utf-8")
    monkeypatch.setenv("TANYA_CORPUS", str(tmp_path / "lain"))
    folder = tmp_path / "korpus"
    assert cli.main(["add", str(tmp_path / "kopi.txt"), "--outlet", "Kabar", "--corpus", str(folder)]) == 0
    assert capsys.readouterr() == ("Ditambahkan: kopi  Kabar\n", "")
    return folder
