"""The model card tells the figures that training wrote, and of the files that lie beside it."""

import re
import tomllib
from pathlib import Path

import pytest

import tanya_csto.models

FOLDER = Path(tanya_csto.models.__file__).parent
CARD = (FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
RECORD = tomllib.loads((FOLDER / "reader.toml").read_text(encoding="utf-8"))
ROWS = re.findall(r"^\| `(\w+)` \|(.*)\|$", CARD, re.MULTILINE)
COLUMNS = ("n", "em", "f1", "answerable_em", "answerable_f1", "refused", "auc")


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 10


@pytest.mark.parametrize(("name", "cells"), ROWS)
def test_a_row_says_what_training_measured(name: str, cells: str) -> None:
    figures = RECORD["figures"][name]
    for column, cell in zip(COLUMNS, cells.split("|"), strict=True):
        assert cell.strip() == str(figures.get(column, ""))


@pytest.mark.parametrize("network", ["model.int8.onnx", "encoder.int8.onnx", "comparer.int8.onnx"])
def test_a_network_is_small_enough_and_of_the_size_told(network: str) -> None:
    size = (FOLDER / network).stat().st_size / 1e6
    assert size <= 40
    assert f"`{network}` ({size:.1f} MB" in CARD
