"""A real mail server on free ports of loopback, for tests: Debian's Dovecot (IMAP) and Exim (SMTP), as an ordinary user.

    with Post.running(folder) as post:
        post.deliver(b"From: ...")
        settings = post.settings()

Mail to `hello@elsinore.test` lies in a mailbox that IMAP opens, mail to `ofelia@elsinore.test` in hers; to `nobody@elsinore.test` comes back as a
bounce, to `slow@elsinore.test` later. Everything lives in `folder` and dies with the block. It also runs by itself, to try things by hand:

    python -m tests.peers.post FOLDER
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.peers import processes
from tests.peers.post_settings import DOVECOT, EXIM, USERS

PROGRAMS = {"dovecot": "/usr/sbin/dovecot", "exim4": "/usr/sbin/exim4"}
PACKAGES = "dovecot-imapd exim4-daemon-light"
OURS, OFELIA = "hello@elsinore.test", "ofelia@elsinore.test"
PASSWORD = "words, wørds"
USER = "mail"


def missing() -> str:
    """What keeps the server from being started here, in words; empty when nothing does."""
    lacking = [name for name, path in PROGRAMS.items() if shutil.which(path) is None]
    return (
        f"no {', '.join(lacking)} (Debian: apt-get install --no-install-recommends {PACKAGES})"
        if lacking
        else ""
    )


class Post:
    """A running mail server for `elsinore.test`."""

    def __init__(self, folder: Path) -> None:
        if lacking := missing():
            raise RuntimeError(lacking)
        self.folder = folder.resolve()
        self.imap, self.imaps, self.smtp = _free_ports(3)
        # a socket's path may be no longer than 107 bytes, so it does not lie below the folder
        self.run = Path("/tmp") / f"gv-post-{os.getpid()}-{self.imap}"
        self.certificate = self.run / "cert.pem"
        self._processes: list[subprocess.Popen[bytes]] = []

    @classmethod
    @contextlib.contextmanager
    def running(cls, folder: Path) -> Iterator[Post]:
        """Start, hand out, stop."""
        post = cls(folder)
        try:
            post.start()
            yield post
        finally:
            post.stop()

    def start(self) -> None:
        """Write the configuration and start both programs; takes a second."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.run.mkdir(mode=0o755)
        for name in ("mails/hello", "mails/ofelia", "spool", "log", "dovecot"):
            (self.run / name).mkdir(parents=True)
        _certificate(self.certificate)
        shutil.copy(PROGRAMS["exim4"], self.run / "exim")  # without the bit that makes it root
        (self.run / "exim").chmod(0o755)
        user = USER if os.geteuid() == 0 else _own_name()
        fill = {
            "RUN": str(self.run),
            "USER": user,
            "GROUP": _group(user),
            "IMAPS": str(self.imaps),
            "IMAP": str(self.imap),
            "SMTP": str(self.smtp),
        }
        fill |= {"PASSWORD": PASSWORD}
        for name, text in (("dovecot.conf", DOVECOT), ("exim.conf", EXIM), ("users", USERS)):
            for key, value in fill.items():
                text = text.replace(f"@{key}@", value)
            (self.run / name).write_text(text)
        if os.geteuid() == 0:
            for path in [self.run, *self.run.rglob("*")]:
                shutil.chown(path, USER, _group(USER))
        self._serve([PROGRAMS["dovecot"], "-F", "-c", str(self.run / "dovecot.conf")])
        self._serve([str(self.run / "exim"), "-C", str(self.run / "exim.conf"), "-bdf", "-q2s"])
        for port in (self.imap, self.imaps, self.smtp):
            self._until(port)

    def stop(self) -> None:
        """Stop what was started."""
        processes.end(self._processes)
        shutil.rmtree(self.run, ignore_errors=True)

    # What people do

    def settings(self, **more: str) -> dict[str, str]:
        """The settings of a source that reads this mailbox; `smtp_port` may lead through a `swallowing.Proxy`."""
        return {
            "address": OURS,
            "imap_host": "localhost",
            "imap_security": "tls",
            "imap_port": str(self.imaps),
            "smtp_host": "localhost",
            "smtp_security": "starttls",
            "smtp_port": str(self.smtp),
            "password": PASSWORD,
        } | more

    def trust(self) -> ssl.SSLContext:
        """A context that knows the server's certificate."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def deliver(self, mail: bytes, *, to: str = OURS, sender: str = "stranger@court.example") -> None:
        """Send a mail from outside, as another server does."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as office:
            office.sendmail(sender, [to], mail)

    def put(self, mail: bytes, *, who: str = "hello", seen: bool = False) -> None:
        """Lay a mail into the mailbox as it is, without anybody's marks."""
        name = f"{time.time():.6f}.put{len(list((self.run / 'mails' / who).rglob('*')))}"
        for place in ("tmp", "new", "cur"):
            made = self.run / "mails" / who / place
            if not made.is_dir():
                made.mkdir(mode=0o700)
                self._give(made)
        path = self.run / "mails" / who / "tmp" / name
        path.write_bytes(mail)
        self._give(path)
        path.rename(self.run / "mails" / who / "cur" / f"{name}:2,{'S' if seen else ''}")

    def mails(self, who: str = "hello") -> list[bytes]:
        """The mails in a mailbox, in no order."""
        box = self.run / "mails" / who
        return [path.read_bytes() for place in ("new", "cur") for path in sorted((box / place).glob("*"))]

    def flags(self, who: str = "hello") -> set[str]:
        """The marks that the mails of a mailbox bear."""
        return {path.name.partition(":2,")[2] for path in (self.run / "mails" / who / "cur").glob("*")}

    def wait_for(self, holds: Any, what: str) -> None:
        """Wait until the server has done it."""
        ends = time.monotonic() + 30
        while not holds():
            if time.monotonic() > ends:
                raise RuntimeError(f"{what} did not come\n{self.logs()}")
            time.sleep(0.05)

    def logs(self) -> str:
        """What both programs have to say."""
        paths = [*self.run.glob("log/*"), *self.run.glob("*.log"), *self.folder.glob("*.log")]
        return "\n".join(f"{path.name}: {path.read_text(errors='replace')[-1000:]}" for path in paths)

    # How it is started

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, USER, _group(USER))

    def _serve(self, command: list[str]) -> None:
        who: dict[str, Any] = (
            {"user": USER, "group": _group(USER), "extra_groups": []} if os.geteuid() == 0 else {}
        )
        with (self.folder / f"{Path(command[0]).name}.log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, cwd="/", **who)
            )

    def _until(self, port: int) -> None:
        ends = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
                line.settimeout(1)
                if port == self.imaps or line.recv(10):
                    return
            gone = [process.args for process in self._processes if process.poll() is not None]
            if gone or time.monotonic() > ends:
                raise RuntimeError(f"the mail server did not start ({gone or 'too slow'}):\n{self.logs()}")
            time.sleep(0.05)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [int(one.getsockname()[1]) for one in listeners]


def _own_name() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def _group(user: str) -> str:
    import grp
    import pwd

    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def _certificate(path: Path) -> None:
    """A certificate for localhost that signs itself, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Post.running(Path(sys.argv[1])) as running:
        print(f"{running.settings()}; certificate {running.certificate}; Ctrl-C ends it", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
