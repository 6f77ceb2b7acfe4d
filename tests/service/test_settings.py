from __future__ import annotations

import re
from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path

import pytest

from tanya_csto.errors import SettingsError
from tanya_csto.retrieval.address import Address
from tanya_csto.service.settings import Settings, variable

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `(TANYA_\w+)` \| (?:`([^`]*)`)? *\| (.+) \|$", re.MULTILINE)


def test_an_empty_environment_listens_on_this_computer_only() -> None:
    settings = Settings.read({})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.corpus, settings.workers) == ("127.0.0.1", 8000, None, 1)


def test_the_defaults_trust_nobody_and_keep_questions_to_themselves() -> None:
    settings = Settings()
    assert settings.trusted_proxies == settings.cors_origins == settings.frame_ancestors == ()
    assert not settings.log_questions
    assert settings.metrics_clients == (ip_network("127.0.0.0/8"), ip_network("::1"))


def test_the_defaults_let_a_burst_and_an_evaluation_through() -> None:
    settings = Settings()
    assert (settings.rate, settings.burst) == (20, 60)


def test_the_environment_sets_every_field() -> None:
    environ = {
        "TANYA_HOST": "::1",
        "TANYA_PORT": " 80 ",
        "TANYA_CORPUS": "lain",
        "TANYA_FEEDBACK": "catatan.sqlite3",
        "TANYA_REFUSED": "1",
        "TANYA_WATCH": "1",
        "TANYA_WORKERS": "4",
        "TANYA_MAX_BODY": "2048",
        "TANYA_READ_TIMEOUT": "0.5",
        "TANYA_REQUEST_TIMEOUT": "2.5",
        "TANYA_KEEP_ALIVE": "7",
        "TANYA_SHUTDOWN_TIMEOUT": "3",
        "TANYA_MAX_CONNECTIONS": "9",
        "TANYA_MAX_QUESTIONS": "5",
        "TANYA_RATE": "0.25",
        "TANYA_BURST": "2",
        "TANYA_TRUSTED_PROXIES": "10.0.0.1, fd00::/8",
        "TANYA_CORS_ORIGINS": "https://a.example, http://[::1]:8080",
        "TANYA_FRAME_ANCESTORS": "https://b.example",
        "TANYA_CACHE": "0",
        "TANYA_METRICS_CLIENTS": "",
        "TANYA_LOG_LEVEL": "warning",
        "TANYA_LOG_QUESTIONS": "1",
        "TANYA_MODE": "full",
        "TANYA_INDEX": "qdrant+https://[::1]:6333/berita",
        "TANYAKAN": "bukan setelan",
    }
    settings = Settings.read(environ)
    assert {variable(each.name) for each in fields(Settings)} <= set(environ)
    assert settings == Settings(
        host="::1",
        port=80,
        corpus=Path("lain"),
        index=Address("https://[::1]:6333", "berita"),
        mode="full",
        feedback=Path("catatan.sqlite3"),
        refused=True,
        watch=True,
        workers=4,
        max_body=2048,
        read_timeout=0.5,
        request_timeout=2.5,
        keep_alive=7,
        shutdown_timeout=3,
        max_connections=9,
        max_questions=5,
        rate=0.25,
        burst=2,
        trusted_proxies=(ip_network("10.0.0.1"), ip_network("fd00::/8")),
        cors_origins=("https://a.example", "http://[::1]:8080"),
        frame_ancestors=("https://b.example",),
        cache=0,
        metrics_clients=(),
        log_level="warning",
        log_questions=True,
    )


@pytest.mark.parametrize("port", ["", "  ", "delapan", "-1", "65536", "8.000", "8_000", "٨٠٠٠", "0x50"])
def test_a_bad_port_is_refused_by_name(port: str) -> None:
    with pytest.raises(SettingsError, match=r"^Setelan TANYA_PORT tidak sah: harus bilangan bulat"):
        Settings.read({"TANYA_PORT": port})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TANYA_HOST", ""),
        ("TANYA_CORPUS", ""),
        ("TANYA_INDEX", ""),
        ("TANYA_INDEX", "http://localhost:7000/berita"),
        ("TANYA_WORKERS", "0"),
        ("TANYA_RATE", "-1"),
        ("TANYA_RATE", "nan"),
        ("TANYA_RATE", "inf"),
        ("TANYA_RATE", "1e9"),
        ("TANYA_REQUEST_TIMEOUT", "0"),
        ("TANYA_TRUSTED_PROXIES", "proksi.example"),
        ("TANYA_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("TANYA_CORS_ORIGINS", "*"),
        ("TANYA_CORS_ORIGINS", "https://a.example/"),
        ("TANYA_CORS_ORIGINS", "https://a.example\r\nX: y"),
        ("TANYA_LOG_LEVEL", "INFO"),
        ("TANYA_LOG_QUESTIONS", "ya"),
        ("TANYA_LOG_QUESTIONS", ""),
    ],
)
def test_a_bad_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^Setelan {name} tidak sah: (harus|tidak boleh) .+\.$") as refused:
        Settings.read({name: value})
    assert len(value) < 2 or value not in str(refused.value)


@pytest.mark.parametrize("page", ["settings.md", "settings.id.md"])
def test_the_published_tables_have_every_setting_and_its_default(page: str) -> None:
    expected = [(variable(each.name), each.metadata["default"]) for each in fields(Settings)]
    rows = ROW.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert [(name, default) for name, default, _ in rows] == expected


def test_each_table_speaks_its_own_language() -> None:
    english, indonesian = (
        {about for _, _, about in ROW.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))}
        for page in ("settings.md", "settings.id.md")
    )
    assert not english & indonesian
