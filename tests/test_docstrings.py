"""The examples in the docstrings are run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import tanya_csto


@pytest.mark.slow
def test_examples_in_docstrings() -> None:
    names = [module.name for module in pkgutil.walk_packages(tanya_csto.__path__, "tanya_csto.")]
    modules = {name: importlib.import_module(name) for name in names}
    results = {name: doctest.testmod(module, optionflags=doctest.ELLIPSIS) for name, module in modules.items()}
    assert sum(result.attempted for result in results.values()) > 50
    assert [name for name, result in results.items() if result.failed] == []
