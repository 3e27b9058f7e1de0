"""A way to a mail server that swallows the server's answer to a whole mail, as a line does that breaks at the worst moment."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any


class Proxy:
    """Stands between a client and the mail server; hands on everything, and swallows the server's answer to a whole mail once.

    `swallow` is how many such answers are still to be swallowed: the line is cut instead. `victim` is called before it is.
    """

    def __init__(self, port: int, *, swallow: int = 1) -> None:
        self.swallow = swallow
        self.swallowed = 0
        self.victim: Callable[[], None] = lambda: None
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open = True
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._open = False
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        while self._open:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._hand_on, args=(client,), daemon=True).start()

    def _hand_on(self, client: socket.socket) -> None:
        """One conversation, line by line (so it has to be without TLS)."""
        with client, socket.create_connection(("127.0.0.1", self._target), 20) as server:
            theirs, ours = server.makefile("rb"), client.makefile("rb")
            with theirs, ours, contextlib.suppress(OSError):
                client.sendall(_answer(theirs))
                while line := ours.readline():
                    server.sendall(line)
                    answer = _answer(theirs)
                    if answer.startswith(b"354"):
                        client.sendall(answer)
                        answer = self._mail(ours, theirs, server)
                        if not answer:
                            return
                    client.sendall(answer)

    def _mail(self, ours: Any, theirs: Any, server: socket.socket) -> bytes:
        for line in iter(ours.readline, b""):
            server.sendall(line)
            if line == b".\r\n":
                break
        answer = _answer(theirs)
        if self.swallow > 0:
            self.swallow -= 1
            self.swallowed += 1
            self.victim()
            return b""
        return answer


def _answer(heard: Any) -> bytes:
    lines = [heard.readline()]
    while lines[-1][3:4] == b"-":
        lines.append(heard.readline())
    return b"".join(lines)
