"""The manifest: what is written reads back the same, whatever letters it holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tanya_csto.corpus.files import shipped
from tanya_csto.corpus.manifest import Entry, Manifest, as_toml, read_manifest
from tanya_csto.corpus.records import one_line
from tanya_csto.errors import CorpusError
from tests.conftest import CorpusWriter
from tests.proof.hostile import HOSTILE

anything = (st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=500)).filter(lambda text: text.strip())
texts = anything.map(lambda text: one_line(text) or "").filter(bool)
entries = st.builds(
    Entry,
    id=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True),
    file=anything,
    outlet=texts,
    title=st.none() | texts,
    published=st.none() | st.dates().map(date.isoformat),
    url=st.none() | texts.map("https://".__add__),
)
manifests = st.builds(
    Manifest,
    entries=st.lists(entries, max_size=5, unique_by=lambda entry: entry.id).map(tuple),
    suggestions=st.lists(texts, max_size=3).map(tuple),
    about=st.none() | texts,
    name=st.none() | texts,
    greeting=st.none() | texts,
    color=st.none() | st.from_regex(r"#[0-9a-f]{6}", fullmatch=True),
)


@pytest.mark.slow
@given(manifests)
@example(Manifest((Entry("a", "\x7f\r\n\t\x00\x1f\u2028\ud7ff", '"""\\u0041]]', title="# '''"),), ('"', "'"), "\\"))
def test_what_is_written_reads_back_the_same(manifest: Manifest) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "index.toml").write_bytes(as_toml(manifest).encode())
        assert read_manifest(folder) == manifest


def test_the_built_in_manifest_survives_being_written(write_corpus: CorpusWriter) -> None:
    manifest = read_manifest(shipped("corpus"))
    assert (manifest.about, len(manifest.entries)) == ("CSTO", 5)
    assert read_manifest(write_corpus(as_toml(manifest), {})) == manifest


def test_a_manifest_may_wait_for_its_first_article(write_corpus: CorpusWriter) -> None:
    assert read_manifest(write_corpus('about = "Kopi"\n', {})) == Manifest(about="Kopi")


def test_what_is_shown_is_on_one_line_without_what_cannot_be_seen(write_corpus: CorpusWriter) -> None:
    shown = '"\\u001b[31mKopi\\n\\u009b# Gayo\\u202e"'
    entry = f'[[article]]\nid = "a"\nfile = "a.txt"\noutlet = {shown}\ntitle = {shown}\n'
    manifest = read_manifest(write_corpus(f"name = {shown}\nsuggestions = [{shown}]\n{entry}", {}))
    (article,) = manifest.entries
    assert {article.outlet, article.title, manifest.name, *manifest.suggestions} == {"[31mKopi # Gayo"}


@pytest.mark.parametrize(
    ("suggestion", "reason"),
    [("a" * 501, "lebih panjang dari 500 karakter"), ("\\u001b\\u200b", "suggestions harus berisi teks")],
)
def test_a_suggestion_that_nobody_can_ask_is_refused(write_corpus: CorpusWriter, suggestion: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=rf"index\.toml: suggestions .*{reason}|index\.toml: {reason}"):
        read_manifest(write_corpus(f'suggestions = ["{suggestion}"]\n', {}))


@pytest.mark.parametrize("name", ["about", "name", "greeting", "color"])
@pytest.mark.parametrize("value", ["1", '" "', "[]"])
def test_what_a_page_says_of_it_is_text(write_corpus: CorpusWriter, name: str, value: str) -> None:
    with pytest.raises(CorpusError, match=rf"index\.toml: {name} harus berisi teks"):
        read_manifest(write_corpus(f"{name} = {value}\n", {}))


@pytest.mark.parametrize("color", ["red", "#0f5c6", "#0f5c6e; }", "#0F5C6G"])
def test_a_colour_is_six_digits(write_corpus: CorpusWriter, color: str) -> None:
    with pytest.raises(CorpusError, match=r'index\.toml: color harus ditulis seperti "#0f5c6e"'):
        read_manifest(write_corpus(f'color = "{color}"\n', {}))


@pytest.mark.parametrize(
    ("index", "reason"),
    [
        ('abot = "Kopi"\n', r"index\.toml: abot tidak dikenal; maksudnya mungkin about\."),
        ("[[articles]]\n", r"index\.toml: articles tidak dikenal; maksudnya mungkin article\."),
        ('penulis = "Ani"\n', r"index\.toml: penulis tidak dikenal; yang ada: article, suggestions, about,"),
        ('[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "K"\ntitel = "T"\n', "titel .* mungkin title"),
        ('[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "K"\npublished = "kemarin"\n', "tanggal seperti 2022-05-17"),
        (
            '[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "K"\npublished = "2022-02-31"\n',
            "tanggal seperti 2022-05-17",
        ),
    ],
)
def test_what_is_misspelt_is_told(write_corpus: CorpusWriter, index: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        read_manifest(write_corpus(index, {}))
