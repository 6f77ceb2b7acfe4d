"""Settings: where the service listens and what it reads, taken from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tanya_csto.errors import SettingsError
from tanya_csto.service.feedback import default_path

_PORT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, the corpus folder to answer from (None: the built-in one), where to keep feedback (None: off).

    >>> Settings.read({"TANYA_PORT": "8080"}).port
    8080
    """

    host: str = "127.0.0.1"
    port: int = 8000
    corpus: Path | None = None
    feedback: Path | None = field(default_factory=default_path)

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read TANYA_HOST, TANYA_PORT, TANYA_CORPUS and TANYA_FEEDBACK from `environ` (None: the process's own).

        An empty TANYA_FEEDBACK switches feedback off.

        Raises:
            SettingsError: a variable is set to something that cannot be used; the message names it.
        """
        environ = os.environ if environ is None else environ
        found: dict[str, str] = {}
        for key in ("host", "port", "corpus"):
            name = f"TANYA_{key.upper()}"
            if name in environ:
                found[key] = environ[name].strip()
                if not found[key]:
                    raise SettingsError("setting-bad", name=name, reason="tidak boleh kosong")
        return cls(
            host=found.get("host", cls().host),
            port=_port(found["port"]) if "port" in found else cls().port,
            corpus=Path(found["corpus"]) if "corpus" in found else None,
            feedback=_feedback(environ),
        )


def _feedback(environ: Mapping[str, str]) -> Path | None:
    if "TANYA_FEEDBACK" not in environ:
        return default_path()
    path = environ["TANYA_FEEDBACK"].strip()
    return Path(path) if path else None


def _port(text: str) -> int:
    if not _PORT.fullmatch(text) or int(text) > 65535:
        reason = "harus bilangan bulat dari 0 sampai 65535 (0: porta bebas mana saja)"
        raise SettingsError("setting-bad", name="TANYA_PORT", reason=reason)
    return int(text)
