"""The listener: the socket at which a service is found."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Callable
from typing import Any, Final

import uvicorn

from tanya_csto.errors import SettingsError
from tanya_csto.messages import say
from tanya_csto.service.server.protocol import Protocol
from tanya_csto.service.settings import Settings

_REASONS: Final = {
    errno.EADDRINUSE: say("port-used"),
    errno.EACCES: say("port-forbidden"),
    errno.EADDRNOTAVAIL: say("host-foreign"),
}


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens at the host and port: who connects now is answered once the engine is ready.

    Raises:
        SettingsError: the host is unknown, or the port is taken or forbidden.
    """
    where = {"host": settings.host, "port": settings.port}
    try:
        known = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise SettingsError("port-taken", **where, reason=say("host-unknown")) from error
    family, *_, address = known[0]
    both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
    try:
        listener = socket.create_server(address, family=family, dualstack_ipv6=both)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, os.strerror(error.errno or 0))
        raise SettingsError("port-taken", **where, reason=reason) from error
    # For every connection: a reply is written in two pieces, and the second would wait until the first is acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def configured(app: Callable[..., Any], settings: Settings, **more: Any) -> uvicorn.Config:  # noqa: ANN401
    """Return how uvicorn serves `app`."""
    return uvicorn.Config(
        app,
        http=Protocol,
        loop="asyncio",
        ws="none",
        log_config=None,
        access_log=False,  # it would keep the questions
        server_header=False,
        proxy_headers=False,  # client.py decides whom to believe
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=settings.shutdown_timeout,
        **more,
    )


def run(app: Callable[..., Any], settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve `app` at the host and port, whose address `announce` is told, until a signal ends it."""
    with listen(settings) as listener:
        announce(address_of(listener))
        signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again when it has stopped in order
        uvicorn.Server(configured(app, settings)).run(sockets=[listener])


def address_of(listener: socket.socket) -> str:
    """Return the address at which a browser finds the listener."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
