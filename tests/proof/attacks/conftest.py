"""The attacks: what they share."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.service.conftest import FakeTanya


@pytest.fixture
def tanya() -> FakeTanya:
    return FakeTanya()


@pytest.fixture(autouse=True)
def _only_what_it_makes_itself() -> Iterator[None]:
    """Let no test pay, where its processor time counts, for walks of the collector through what others left behind."""
    gc.freeze()
    yield
    gc.unfreeze()
