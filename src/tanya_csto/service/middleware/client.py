"""The client: who sent a request, believing no header but those of the proxies that the settings name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from starlette.types import Scope

from tanya_csto.service.settings import Network

Address = IPv4Address | IPv6Address
_MAX_HOPS: Final = 32  # proxies of ours in a row
_SITE: Final = re.compile(rb"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_HOST: Final = re.compile(r"(?:\[(?P<v6>[^\]]+)\]|(?P<v4>[0-9.]+))(?::[0-9]{1,5})?")


def client_address(scope: Scope, proxies: Sequence[Network]) -> Address | None:
    """Return the address of the client, or None where the connection has none or a proxy names one that is none.

    Behind a proxy of ours it is the last address of X-Forwarded-For that is not itself such a proxy: whatever stands
    further left was written by the client, and may be a lie. A proxy that names its client by Forwarded is not heard.
    """
    address, hops = peer_address(scope), _hops(scope)
    if not hops and b"forwarded" in dict(scope["headers"]) and within(address, proxies):
        return None
    for hop in reversed(hops[-_MAX_HOPS:]):
        if not within(address, proxies):
            return address
        address = _address(hop)
    return address


def client_key(scope: Scope, proxies: Sequence[Network]) -> bytes:
    """Return what tells one client from another: its address, of IPv6 the network of its household (/64)."""
    address = client_address(scope, proxies)
    return b"" if address is None else address.packed[:8]


def peer_address(scope: Scope) -> Address | None:
    """Return the address at the other end of the connection: the client's, or that of a proxy."""
    peer = scope.get("client")
    return _address(peer[0]) if peer else None


def site_address(scope: Scope, proxies: Sequence[Network]) -> str:
    """Return the address of the site as the client wrote it, nothing where that is no address.

    Its scheme is that of the connection, or what a proxy of ours says of its own.
    """
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"")
    secure = headers.get(b"x-forwarded-proto") == b"https" and within(peer_address(scope), proxies)
    return f"{'https' if secure else scope['scheme']}://{host.decode()}" if _SITE.fullmatch(host) else ""


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
    """Return the address in `text`, which may name a port behind it: `192.0.2.1:80`, `[2001:db8::1]:80`."""
    found = _HOST.fullmatch(text)
    try:
        address = ip_address(found["v6"] or found["v4"]) if found else ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
