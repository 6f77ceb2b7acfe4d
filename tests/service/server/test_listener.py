"""The socket at which a service is found."""

from __future__ import annotations

import socket

from tanya_csto.service.server.listener import listen
from tanya_csto.service.settings import Settings


def test_no_piece_of_a_reply_waits_for_the_one_before_to_be_acknowledged() -> None:
    with (
        listen(Settings(host="127.0.0.1", port=0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as connection,
    ):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
