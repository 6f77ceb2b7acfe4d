"""The comparer: a question and two sentences in, how surely both answer it out, whether they say the same or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from tanya_csto.models.onnx import LateNetwork
from tanya_csto.models.surface import normalise_question
from tanya_csto.models.tokenizer import BOS, EOS, Tokenizer, load_tokenizer

FILE = "comparer.int8.onnx"
MAX_QUESTION, MAX_SENTENCE = 40, 80  # tokens; what comes after is not looked at
MAX_REMEMBERED = 4096  # pairs of sentences that were compared


class SentenceComparer:
    """multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672), trained further by `training/`, with one head.

    >>> comparer = SentenceComparer(Path(__file__).parent)
    >>> said = "Longsor di tambang liar itu menewaskan 14 orang, kata kepala BPBD setempat, Kamis malam."
    >>> other = "Korban meninggal akibat longsor di tambang itu berjumlah 19 orang, menurut polisi."
    >>> comparer.same_matter("Berapa korban tewas?", said, other) > 0
    True
    """

    same_matter: Callable[[str, str, str], float]
    """Return the log-odds that two sentences both answer a question, alike or not."""

    def __init__(self, folder: Path) -> None:
        """Take the network in `folder`; it is loaded when it is first asked, as few questions need it."""
        self._tokenizer = load_tokenizer(folder)
        self._network = LateNetwork(folder / FILE)
        self.same_matter = lru_cache(maxsize=MAX_REMEMBERED)(self._same_matter)

    def _same_matter(self, question: str, one: str, other: str) -> float:
        ids = pair_of(self._tokenizer, normalise_question(question), one, other)
        (odds,) = self._network.run(ids=np.array([ids]))
        return float(odds[0])


def pair_of(tokenizer: Tokenizer, question: str, one: str, other: str = "") -> list[int]:
    """Return the token ids of a question and two sentences, or one, as the network reads them."""
    asked, *said = (tokenizer.encode(text) for text in (question, one, other))
    first, second = (tokens[:MAX_SENTENCE] for tokens in said)
    return [BOS, *asked[:MAX_QUESTION], EOS, EOS, *first, EOS, EOS, *second, EOS]
