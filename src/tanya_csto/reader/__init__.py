"""The reader: a small neural network that finds the words of a passage that answer a question, or none."""

from tanya_csto.reader.reader import Reader, Reading
from tanya_csto.reader.surface import normalise_question

__all__ = ["Reader", "Reading", "normalise_question"]
