"""Watching a corpus: a change is told once, when the folder is at rest again or has changed for long."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from tanya_csto.service.server import watch as module
from tanya_csto.service.server.watch import State, state_of, watch


def test_a_change_of_an_article_the_manifest_or_the_bank_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_PAUSE", 0.01)
    (tmp_path / "questions").mkdir()
    told: SimpleQueue[None] = SimpleQueue()
    watch(tmp_path, lambda: told.put(None))
    for name in ("index.toml", "satu.txt", "index.toml", "questions/satu.jsonl"):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("Isi.")
        told.get(timeout=20)
    (tmp_path / "satu.txt").unlink()
    told.get(timeout=20)
    with pytest.raises(Empty):
        told.get(timeout=0.2)


def test_a_folder_that_never_rests_is_told_of_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: defaultdict[Path, int] = defaultdict(int)  # by folder: the threads of other tests look on

    def changes(folder: Path) -> State:
        looks[folder] += 1
        return frozenset({("satu.txt", looks[folder], 0)})

    monkeypatch.setattr(module, "LOOK_PAUSE", 0.01)
    monkeypatch.setattr(module, "state_of", changes)
    told: SimpleQueue[int] = SimpleQueue()
    watch(tmp_path, lambda: told.put(looks[tmp_path]))
    times = [told.get(timeout=20) for _ in range(3)]
    assert [later - earlier for earlier, later in pairwise(times)] == [module.MAX_LOOKS + 1] * 2


def test_what_is_hidden_or_gone_changes_nothing(tmp_path: Path) -> None:
    before = state_of(tmp_path)
    (tmp_path / ".index.toml.tmp").write_text("", encoding="utf-8")
    assert state_of(tmp_path) == before == state_of(tmp_path / "hilang")
