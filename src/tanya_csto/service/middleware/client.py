"""The client: who sent a request, believing no header but those of the proxies that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import Scope

from tanya_csto.service.settings import Network

Address = IPv4Address | IPv6Address


def client_address(scope: Scope, proxies: Sequence[Network]) -> Address | None:
    """Return the address of the client, or None where the connection has none.

    Behind a proxy of ours it is the last address of X-Forwarded-For that is not itself such a proxy: whatever stands
    further left was written by the client, and may be a lie.
    """
    peer = scope.get("client")
    address = _address(peer[0]) if peer else None
    for hop in reversed(_hops(scope)):
        if address is None or not within(address, proxies):
            return address
        address = _address(hop) or address
    return address


def within(address: Address | None, networks: Sequence[Network]) -> bool:
    """Tell whether `address` lies in one of the networks."""
    return address is not None and any(address.version == net.version and address in net for net in networks)


def forwarded(scope: Scope) -> bool:
    """Tell whether a proxy, known or not, says that it passed this request on."""
    return any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"])


def _hops(scope: Scope) -> list[str]:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return [hop.strip() for hop in ",".join(values).split(",") if hop.strip()]


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
