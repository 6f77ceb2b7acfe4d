"""The public names: whoever adds or drops one says so here, and in the changelog."""

from __future__ import annotations

import tanya_csto


def test_public_names() -> None:
    assert tanya_csto.__all__ == [
        "Answer",
        "Citation",
        "CorpusError",
        "QuestionError",
        "SettingsError",
        "Side",
        "Tanya",
        "TanyaError",
        "load_networks",
    ]


def test_every_public_name_exists_and_explains_itself() -> None:
    for name in tanya_csto.__all__:
        assert getattr(tanya_csto, name).__doc__
