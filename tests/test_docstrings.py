"""The examples in the docstrings are run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import tanya_csto
from tests.pending import pending

MODULES = [module.name for module in pkgutil.walk_packages(tanya_csto.__path__, "tanya_csto.")]
WAITING = {"tanya_csto.engine"}


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pending] if name in WAITING else []) for name in MODULES])
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).failed == 0
