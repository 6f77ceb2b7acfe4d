"""Marks the tests that wait for the engine and the command line; delete it, and its uses, when both have landed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tanya_csto import Tanya


def _engine_is_missing() -> bool:
    try:
        Tanya().ask("Apa itu CSTO?")
    except NotImplementedError:
        return True
    return False


_MISSING = _engine_is_missing() or find_spec("tanya_csto.cli") is None
pending = pytest.mark.xfail(_MISSING, reason="the engine and the command line have not both landed", strict=False)
