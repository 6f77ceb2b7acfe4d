"""Addresses: where an index stands that a cluster keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tanya_csto.errors import RankingError
from tanya_csto.messages import say

if TYPE_CHECKING:
    from tanya_csto.retrieval.qdrant import Cluster

_MAX_PORT: Final = 65535
_FORM: Final = re.compile(
    r"qdrant\+(https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::(?P<port>[0-9]{1,5}))?)/(?P<name>[A-Za-z0-9_][A-Za-z0-9_-]{0,63})"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A Qdrant deployment by the URL of its REST API, and the name under which it keeps the index.

    >>> Address.parse("qdrant+http://localhost:6333/tanya")
    Address(url='http://localhost:6333', name='tanya')
    """

    url: str
    name: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address.

        Raises:
            ValueError: the text has another form; the message is Indonesian.
        """
        found = _FORM.fullmatch(text)
        if found is None or int(found["port"] or 0) > _MAX_PORT:
            raise ValueError(say("setting-address"))
        return cls(found[1], found["name"])

    def cluster(self) -> Cluster:
        """Return the cluster itself; nothing is sent yet.

        Raises:
            RankingError: the packages of `tanya-csto[qdrant]` are not installed.
        """
        try:
            from tanya_csto.retrieval.qdrant import Cluster
        except ImportError as error:
            raise RankingError("ranking-not-installed", address=self) from error
        return Cluster.at(self)

    def __str__(self) -> str:
        return f"qdrant+{self.url}/{self.name}"
