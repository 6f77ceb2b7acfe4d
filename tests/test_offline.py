"""Answering needs no network: nothing leaves the machine."""

from __future__ import annotations

import socket

import pytest

from tanya_csto import Tanya
from tanya_csto.models.networks import Mode, networks_for


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.slow
@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize("mode", ["light", "full"])
def test_it_loads_and_answers_without_a_network(mode: Mode) -> None:
    tanya = Tanya(networks=networks_for(mode))
    assert tanya.mode == mode
    assert tanya.ask("Siapa Sekretaris Jenderal CSTO?").short_answer == "Imangali Tasmagambetov"
    assert tanya.ask("Siapa presiden Indonesia?").status == "not_found"
