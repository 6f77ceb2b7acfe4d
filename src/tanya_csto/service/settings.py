"""Settings: where the service listens and what it reads, taken from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tanya_csto.errors import SettingsError

_PORT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, and the corpus folder to answer from (None: the built-in one).

    >>> Settings.read({"TANYA_PORT": "8080"}).port
    8080
    """

    host: str = "127.0.0.1"
    port: int = 8000
    corpus: Path | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read TANYA_HOST, TANYA_PORT and TANYA_CORPUS from `environ`; the process's own where it is None.

        Raises:
            SettingsError: a variable is set to something that cannot be used; the message names it.
        """
        environ = os.environ if environ is None else environ
        found: dict[str, str] = {}
        for field in ("host", "port", "corpus"):
            name = f"TANYA_{field.upper()}"
            if name in environ:
                found[field] = environ[name].strip()
                if not found[field]:
                    raise SettingsError("setting-bad", name=name, reason="tidak boleh kosong")
        return cls(
            host=found.get("host", cls().host),
            port=_port(found["port"]) if "port" in found else cls().port,
            corpus=Path(found["corpus"]) if "corpus" in found else None,
        )


def _port(text: str) -> int:
    if not _PORT.fullmatch(text) or int(text) > 65535:
        reason = "harus bilangan bulat dari 0 sampai 65535 (0: porta bebas mana saja)"
        raise SettingsError("setting-bad", name="TANYA_PORT", reason=reason)
    return int(text)
