"""Tanya CSTO: questions in Bahasa Indonesia, answered by exact quotes from news articles."""

from tanya_csto.answer.answer import Answer, Citation, Side
from tanya_csto.engine import Tanya
from tanya_csto.errors import CorpusError, QuestionError, SettingsError, TanyaError
from tanya_csto.models.networks import load_networks

__all__ = [
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
