"""The catalogue: every string of the page is in it, every one is used, and no template says anything of its own."""

import re

import pytest

from tanya_csto.answer.answer import Answer
from tanya_csto.service.messages import MESSAGES, script_messages, tally
from tanya_csto.service.templates import web_folder

TEMPLATES = sorted((web_folder() / "templates").iterdir())
SCRIPT = (web_folder() / "static" / "app.js").read_text(encoding="utf-8")
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_words_of_its_own(template):
    markup = CODE.sub("", template.read_text(encoding="utf-8"))
    assert re.findall(r"\w+", re.sub(r"<[^>]*>", "", markup)) == []
    said = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', markup)
    assert "".join(said) == ""


def test_the_script_has_no_words_of_its_own():
    code = re.sub(r"^\s*//.*$|\s// .*$", "", SCRIPT, flags=re.MULTILINE)
    literals = re.findall(r'"([^"]*)"', code)
    assert [text for text in literals if re.search(r"[A-Z][a-z]+ |[a-z]\.$|[a-z]…", text)] == []
    assert set(re.findall(r"\bsay\.(\w+)", code)) == set(script_messages())


def test_the_script_is_small():
    assert SCRIPT.count("\n") < 250


def test_every_string_is_used():
    source = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
    source += "".join(file.read_text(encoding="utf-8") for file in TEMPLATES[0].parents[2].rglob("service/*.py"))
    for name in MESSAGES:
        stem = re.sub(r"-(tinggi|sedang|rendah|benar|salah|tidak-mendukung)$", "-", name)
        assert f'"{name}"' in source or f'"{stem}" ~' in source or name.startswith("script-"), name


@pytest.mark.parametrize("text", MESSAGES.values())
def test_every_string_is_clean(text):
    assert text == " ".join(text.split())
    assert not re.search(
        r"\b(error|server error|loading|link|feedback|submit|cancel|copy|chat|history)\b", text.lower()
    )


def test_a_refusal_is_announced_without_a_count():
    assert tally(Answer("not_found", "Tidak ditemukan.")) == "Tidak ditemukan. Tidak ada kutipan."
    assert tally(Answer("smalltalk", "Halo!")) == "Halo!"
