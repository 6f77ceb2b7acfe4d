"""What every test shares: none keeps feedback in the data folder of the person who runs it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_feedback_at_home() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANYA_FEEDBACK", "")
        yield
