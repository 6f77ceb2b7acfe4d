"""What is written for a spreadsheet, a terminal and a Markdown reader is text there, too."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tanya_csto import cli
from tanya_csto.answer.answer import Answer, Citation
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.service.conversation import Conversation, Turn
from tanya_csto.service.export import Origin, conversation_as_markdown
from tanya_csto.service.feedback_store import Feedback, FeedbackStore
from tanya_csto.text.spans import Span

SIGNS = tuple("=+-@＝＋－＠")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "＋1", "－1", "＠SUM(1)", "\t=1", " =1", '"=1"')


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", "a;", "a; ", "a\n"])
def test_no_cell_of_a_spreadsheet_is_a_formula_however_it_parts_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], before: str, formula: str
) -> None:
    store = FeedbackStore(tmp_path / "umpan-balik.sqlite3")
    store.add(Feedback(before + formula, "Tidak ditemukan.", "not_found", "0.2.0", "salah", before + formula))
    monkeypatch.setenv("TANYA_FEEDBACK", str(store.path))
    cli.main(["feedback", "--csv"])
    written = capsys.readouterr().out
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(written), delimiter=delimiter):
            assert not [cell for cell in row if cell.lstrip(' \t\r\n"').startswith(SIGNS)]


@pytest.mark.parametrize("arguments", [["ask", "Apa itu CSTO?"], ["ask", "--json", "Apa itu CSTO?"], ["articles"]])
def test_no_control_character_of_an_article_reaches_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    text = "CSTO adalah aliansi militer\x1b[31m\x9b2J\x07 enam negara.\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    entry = '[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "Harian\\u001b[2J"\ntitle = "\\u009b5m"\n'
    (tmp_path / "index.toml").write_text(entry, encoding="utf-8")
    assert cli.main([*arguments, "--corpus", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Harian" in shown
    assert not re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown.replace("\r\n", "\n"))
    if "--json" in arguments:
        assert json.loads(shown)["citations"][0]["quote"] in text


def test_no_control_character_of_a_bank_reaches_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("CSTO adalah aliansi.", encoding="utf-8")
    (tmp_path / "index.toml").write_text('[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "Harian"\n', encoding="utf-8")
    bank = tmp_path / "questions"
    bank.mkdir()
    (bank / "bank.toml").write_text('[hands]\n1 = "\\u001b[31m"\n', encoding="utf-8")
    evidence = [{"article": "a", "quotes": [quote]} for quote in ("\x1b[31mCSTO\x9b2J", "CSTO adalah aliansi.")]
    facts = [{"kind": "answered", "questions": [str(n)], "evidence": [e], "hands": [1]} for n, e in enumerate(evidence)]
    (bank / "a.jsonl").write_text("\n".join(map(json.dumps, facts)), encoding="utf-8")
    assert cli.main(["questions", "check", "--corpus", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "[31mCSTO" in shown
    assert "Penulis" in shown
    assert not re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


LINES = "- a|+ a|1. a|12) a|===|---|    a|\ta|# a|> a|a|a  |`a`|a &amp; b|~~a~~|[a](b)|![a](b)|<b>|*a*|a\\".split("|")
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))


@given(quote=st.lists(st.sampled_from(LINES) | st.text(LETTERS, min_size=1), min_size=1).map("\n".join))
@example(quote="a\n===\nb")
@example(quote="Unsur:\n- satu\n- dua\n    tiga")
def test_a_quote_in_markdown_reads_letter_for_letter(quote: str) -> None:
    article = Article("a", "Harian", quote)
    answer = Answer("answered", "Menurut Harian.", citations=(Citation(1, article, Span(0, len(quote)), ()),))
    asked = Conversation.of("Apa?")
    page = MarkdownIt("gfm-like", {"linkify": False}).parse(
        conversation_as_markdown(
            [Turn(1, asked, answer, "/")], Origin("Tanya", "http://tanya", date(2026, 1, 2), Corpus((article,)))
        )
    )
    inside = [place for place, token in enumerate(page) if token.type.startswith("blockquote")]
    tokens = page[inside[0] + 1 : inside[1]]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    children = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "hardbreak"}
    shown = "".join("\n" if child.type == "hardbreak" else child.content for child in children).replace("\xa0", " ")
    assert shown.split() == quote.split()
    assert len(inside) == 2
