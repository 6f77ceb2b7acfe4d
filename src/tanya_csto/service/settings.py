"""Settings: everything that can be set from outside, taken from the environment, with defaults for a small server.

What each is for stands in `docs/settings.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final

from tanya_csto.errors import SettingsError
from tanya_csto.messages import say
from tanya_csto.models.networks import Wish
from tanya_csto.retrieval.address import Address

Network = IPv4Network | IPv6Network

_DECIMAL: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?|https?://\[[0-9A-Fa-f:]+\](?::[0-9]{1,5})?")


def _text(text: str) -> str:
    if not text:
        raise ValueError(say("setting-empty"))
    return text


def _folder(text: str) -> Path:
    return Path(_text(text))


def _file(text: str) -> Path | None:
    return Path(text) if text else None


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) or not low <= int(text) <= high:
            raise ValueError(say("setting-whole", low=low, high=high))
        return int(text)

    return read


def _decimal(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        if not _DECIMAL.fullmatch(text) or not low <= float(text) <= high:
            raise ValueError(say("setting-decimal", low=low, high=high))
        return float(text)

    return read


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(say("setting-switch"))
    return text == "1"


def _one_of(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError(say("setting-choice", names=", ".join(names)))
        return text

    return read


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError(say("setting-networks")) from None


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError(say("setting-origins"))
    return origins


def default_feedback() -> Path | None:
    """Return the file in the user's own data folder, or None where there is no such folder."""
    data = os.environ.get("XDG_DATA_HOME", "") or os.path.expanduser("~/.local/share")
    return Path(data) / "tanya-csto" / "umpan-balik.sqlite3" if os.path.isabs(data) else None


def _setting(default: str, read: Callable[[str], Any], /, **unset: Any) -> Any:  # noqa: ANN401 - as of `field`
    """Return a field that `read` reads, with that of `default` where it is not set, or what `unset` tells `field`."""
    return field(metadata={"default": default, "read": read}, **unset or {"default": read(default)})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; each field `name` is the variable `TANYA_NAME`.

    >>> Settings.read({"TANYA_PORT": "8080"}).port
    8080
    """

    host: str = _setting("127.0.0.1", _text)
    port: int = _setting("8000", _whole(0, 65535))
    corpus: Path | None = _setting("", _folder, default=None)
    index: Address | None = _setting("", Address.parse, default=None)
    mode: Wish = _setting("auto", _one_of("auto", "light", "full"))
    feedback: Path | None = _setting(
        "~/.local/share/tanya-csto/umpan-balik.sqlite3", _file, default_factory=default_feedback
    )
    refused: bool = _setting("0", _switch)
    watch: bool = _setting("0", _switch)
    workers: int = _setting("1", _whole(1, 64))
    max_body: int = _setting("131072", _whole(1024, 16_777_216))
    read_timeout: float = _setting("10", _decimal(0.1, 600))
    request_timeout: float = _setting("10", _decimal(0.1, 600))
    keep_alive: int = _setting("5", _whole(1, 600))
    shutdown_timeout: int = _setting("10", _whole(1, 600))
    max_connections: int = _setting("500", _whole(1, 100_000))
    max_questions: int = _setting("32", _whole(1, 10_000))
    rate: float = _setting("20", _decimal(0, 100_000))
    burst: int = _setting("60", _whole(1, 1_000_000))
    trusted_proxies: tuple[Network, ...] = _setting("", _networks)
    cors_origins: tuple[str, ...] = _setting("", _origins)
    frame_ancestors: tuple[str, ...] = _setting("", _origins)
    cache: int = _setting("1024", _whole(0, 1_000_000))
    metrics_clients: tuple[Network, ...] = _setting("127.0.0.0/8, ::1", _networks)
    log_level: str = _setting("info", _one_of("debug", "info", "warning", "error"))
    log_questions: bool = _setting("0", _switch)

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read every `TANYA_*` variable of `environ`; of the process's own environment where it is None.

        Raises:
            SettingsError: a variable is set to something that cannot be used; the message names it.
        """
        environ = os.environ if environ is None else environ
        found: dict[str, Any] = {}
        for each in fields(cls):
            name = variable(each.name)
            if name in environ:
                try:
                    found[each.name] = each.metadata["read"](environ[name].strip())
                except ValueError as error:
                    raise SettingsError("setting-bad", name=name, reason=error) from error
        return cls(**found)


def variable(field_name: str) -> str:
    """Return the name of the environment variable of a field of `Settings`."""
    return f"TANYA_{field_name.upper()}"
