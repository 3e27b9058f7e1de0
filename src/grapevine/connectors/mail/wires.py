"""Connections to mail servers: to checked addresses only, certificates verified, never longer than allowed."""

from __future__ import annotations

import contextlib
import imaplib
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from grapevine.connectors.base import CredentialError, Unreachable
from grapevine.connectors.http import Exchange
from grapevine.connectors.mail.account import Door

LONGEST = 600.0
"""Seconds that one session with a server may take, however many answers it gives."""
BUDGET = 512 << 20
"""Bytes that a server may send in one session."""


class Imap(imaplib.IMAP4):
    """The standard library's client on a connection of ours."""

    def __init__(self, door: Door, http: Exchange) -> None:
        self._door, self._http, self._left = door, http, BUDGET
        super().__init__(door.host, door.port)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return _opened(self._door, self._http)

    def read(self, size: int) -> bytes:
        """Read so many bytes, unless the server has sent too much by now."""
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line, unless the server has sent too much by now."""
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Unreachable("too_large", host=self._door.host, limit=BUDGET)


class Smtp(smtplib.SMTP):
    """The standard library's client on a connection of ours. `sock` is there before the first word."""

    def __init__(self, door: Door, http: Exchange, *, name: str) -> None:
        self._door, self._http = door, http
        super().__init__(local_hostname=name)
        self.sock: Any = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _opened(self._door, self._http)

    def meet(self) -> None:
        """Connect and say hello. Raises what the library raises, and `smtplib.SMTPResponseException` when we are not welcome."""
        self._host = self._door.host  # the name that STARTTLS verifies
        code, said = self.connect(self._door.host, self._door.port)
        if code != 220:
            raise smtplib.SMTPResponseException(code, said)
        self.ehlo_or_helo_if_needed()
        if self._door.security == "starttls":
            self.starttls(context=self._http.trust())
            self.ehlo_or_helo_if_needed()


@contextlib.contextmanager
def limited(client: Any, seconds: float = LONGEST) -> Iterator[None]:
    """Cut the client's connection when the block takes longer: no server that sends a byte now and then holds us."""
    timer = threading.Timer(seconds, _cut, [client])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(client: Any) -> None:
    with contextlib.suppress(OSError, AttributeError, ValueError):
        client.sock.shutdown(socket.SHUT_RDWR)


def _opened(door: Door, http: Exchange) -> socket.socket:
    plain = http.connect(door.host, door.port)
    if door.security != "tls":
        return plain
    try:
        return http.trust().wrap_socket(plain, server_hostname=door.host)
    except BaseException:
        plain.close()
        raise


@contextlib.contextmanager
def mailbox(door: Door, http: Exchange) -> Iterator[Imap]:
    """A signed-in session by IMAP. Raises `Unreachable` and `CredentialError`; nothing else."""
    with _said_in_our_words(door):
        client = Imap(door, http)
        try:
            with limited(client):
                if door.security == "starttls":
                    client.starttls(http.trust())
                _sign_in(client, door)
                yield client
                with contextlib.suppress(imaplib.IMAP4.error, OSError):
                    client.logout()
        finally:
            with contextlib.suppress(OSError):
                client.shutdown()


def _sign_in(client: Imap, door: Door) -> None:
    try:
        if "AUTH=PLAIN" in client.capabilities:  # the only way for a password beyond ASCII
            client.authenticate("PLAIN", lambda _asked: f"\0{door.user}\0{door.password}".encode())
        else:
            client.login(door.user, door.password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        if "[UNAVAILABLE]" in str(error).upper():
            raise Unreachable("no_answer", host=door.host, detail="UNAVAILABLE") from None
        raise CredentialError("credentials_refused", host=door.host) from None


@contextlib.contextmanager
def post_office(door: Door, http: Exchange, *, name: str) -> Iterator[Smtp]:
    """A signed-in session by SMTP. Raises `Unreachable`, `CredentialError`; and in the block what the library raises of refusals."""
    client = Smtp(door, http, name=name)
    try:
        with limited(client):
            with _said_in_our_words(door):
                client.meet()
                _show_pass(client, door)
            yield client
            with contextlib.suppress(smtplib.SMTPException, OSError):
                client.quit()
    finally:
        client.close()


def _show_pass(client: Smtp, door: Door) -> None:
    """Sign in where the server offers it; one on our own machine may ask for nothing."""
    if not client.has_extn("auth"):
        return
    try:
        if "PLAIN" in client.esmtp_features["auth"].upper().split():  # the library's own knows ASCII only
            pair = b64encode(f"\0{door.user}\0{door.password}".encode()).decode()
            code, said = client.docmd("AUTH", f"PLAIN {pair}")
            if code not in (235, 503):
                raise smtplib.SMTPAuthenticationError(code, said)
        else:
            client.login(door.user, door.password)
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < 500:
            raise
        raise CredentialError("credentials_refused", host=door.host) from None
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        raise CredentialError("credentials_refused", host=door.host) from None


@contextlib.contextmanager
def _said_in_our_words(door: Door) -> Iterator[None]:
    """What the libraries raise, as what the caller can act on."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Unreachable("bad_certificate", host=door.host, detail=error.verify_message) from None
    except TimeoutError:
        raise Unreachable("timed_out", host=door.host, seconds=30) from None
    except (imaplib.IMAP4.error, smtplib.SMTPException, OSError, EOFError) as error:
        raise Unreachable("no_answer", host=door.host, detail=words(error)) from None


def words(error: BaseException) -> str:
    """What a server said when it refused, on one line."""
    said: Any = getattr(error, "smtp_error", None)
    code = getattr(error, "smtp_code", "")
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said or error)
    return " ".join(f"{code} {text}".split())[:300] or type(error).__name__
