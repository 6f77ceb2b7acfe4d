"""The trained networks together, where the packages that run them are installed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tanya_csto.models.sums import SUMS, changed_file

if TYPE_CHECKING:
    from tanya_csto.models.comparer import SentenceComparer
    from tanya_csto.models.encoder import SentenceEncoder
    from tanya_csto.models.reader import Reader

_PACKAGES: Final = ("onnxruntime", "sentencepiece")

Mode = Literal["light", "full"]
Wish = Literal["auto", "light", "full"]  # auto: full where its packages are installed

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Networks:
    """The reader of passages, the encoder and the comparer of sentences; `version` changes with any byte of them."""

    reader: Reader
    encoder: SentenceEncoder
    comparer: SentenceComparer
    version: str


def load_networks(folder: Path | None = None) -> Networks:
    """Load the networks from `folder`; by default those that come with the package.

    Raises:
        ImportError: the packages of `tanya-csto[full]` are not installed.
        ValueError: a file is not the one that the sums were taken of.
        Exception: whatever onnxruntime and sentencepiece raise for a missing or corrupt file.
    """
    from tanya_csto.models.comparer import SentenceComparer
    from tanya_csto.models.encoder import SentenceEncoder
    from tanya_csto.models.reader import Reader

    folder = folder or Path(__file__).parent
    if changed := changed_file(folder):
        raise ValueError(f"{changed.name} is not the file that {SUMS} names")
    version = blake2b((folder / SUMS).read_bytes(), digest_size=6).hexdigest()
    return Networks(Reader.load(folder), SentenceEncoder(folder), SentenceComparer(folder), version)


def networks_for(wish: Wish, folder: Path | None = None) -> Networks | None:
    """Return the networks for the mode wished for; None for the light one, and where they do not load, with a warning.

    Nothing warns where "auto" finds their packages not installed.
    """
    if wish == "light" or (wish == "auto" and not all(map(find_spec, _PACKAGES))):
        return None
    try:
        return load_networks(folder)
    except Exception as error:  # noqa: BLE001  onnxruntime and sentencepiece raise errors of many kinds
        _log.warning("networks unavailable", extra={"facts": {"reason": str(error), "mode": "light"}})
        return None
