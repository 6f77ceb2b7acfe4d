"""Word lists: many words in two arrays, looked up without a dictionary of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class WordList(Mapping[str, int]):
    """The number of each word in the order of their UTF-8 bytes. `letters` holds the words, `ends` where each one ends.

    >>> words = WordList.of(["csto", "aliansi"])
    >>> dict(words)
    {'aliansi': 0, 'csto': 1}
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        """Return the list of these words, each once."""
        coded = sorted({word.encode("utf-8", "surrogatepass") for word in words})
        letters = np.frombuffer(b"".join(coded), np.uint8)
        return cls(letters, np.cumsum([len(word) for word in coded], dtype=np.int64))

    def __getitem__(self, word: str) -> int:
        wanted = word.encode("utf-8", "surrogatepass")
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            found = self._coded(middle)
            if found == wanted:
                return middle
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        raise KeyError(word)

    def __iter__(self) -> Iterator[str]:
        letters, start = self.letters.tobytes(), 0
        for end in self.ends.tolist():
            yield letters[start:end].decode("utf-8", "surrogatepass")
            start = end

    def __len__(self) -> int:
        return len(self.ends)

    def _coded(self, number: int) -> bytes:
        start = self.ends[number - 1] if number else 0
        return self.letters[start : self.ends[number]].tobytes()


@dataclass(frozen=True)
class Counts(Mapping[str, int]):
    """A count, above 0, for each word of a list."""

    words: WordList
    counts: NDArray[np.int64]

    def __getitem__(self, word: str) -> int:
        return int(self.counts[self.words[word]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)
