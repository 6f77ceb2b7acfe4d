"""The main path: a question goes in, an answer proved by exact quotes comes out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tanya_csto.answer.answer import Answer
from tanya_csto.corpus.articles import Corpus, load_corpus


class Tanya:
    """Answers questions from one corpus; built once, then safe to share between threads.

    >>> Tanya().ask("Siapa Sekretaris Jenderal CSTO?").short_answer
    'Imangali Tasmagambetov'
    """

    def __init__(self, corpus: Corpus | Path | None = None) -> None:
        self.corpus = corpus if isinstance(corpus, Corpus) else load_corpus(corpus)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer `question`; `history` holds the earlier questions of the same chat, oldest first.

        Raises:
            QuestionError: the question is empty, too long or unreadable, or the history is too long.
        """
        raise NotImplementedError
