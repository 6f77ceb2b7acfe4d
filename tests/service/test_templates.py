"""The pages: neither template nor script says anything of its own."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tanya_csto.corpus.files import shipped
from tanya_csto.service.templates import script_messages

TEMPLATES = sorted((shipped("web") / "templates").iterdir())
STATIC = sorted((shipped("web") / "static").iterdir())
SCRIPT = "".join(file.read_text(encoding="utf-8") for file in STATIC if file.suffix == ".js")
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_words_of_its_own(template: Path) -> None:
    markup = CODE.sub("", template.read_text(encoding="utf-8"))
    assert re.findall(r"\w+", re.sub(r"<[^>]*>", "", markup)) == []
    said = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', markup)
    assert "".join(said) == ""


def test_the_script_has_no_words_of_its_own() -> None:
    code = re.sub(r"^\s*//.*$|\s// .*$", "", SCRIPT, flags=re.MULTILINE)
    literals = re.findall(r'"([^"]*)"', code)
    assert [text for text in literals if re.search(r"[A-Z][a-z]+ |[a-z]\.$|[a-z]…", text)] == []
    assert set(re.findall(r"\bsay\.(\w+)", code)) == set(script_messages())


def test_what_the_page_loads_is_small() -> None:
    code = [line for line in SCRIPT.splitlines() if line.strip() and not line.lstrip().startswith("//")]
    assert len(code) <= 400
    assert sum(len(gzip.compress(file.read_bytes())) for file in STATIC) < 30_000
