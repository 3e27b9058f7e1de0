"""Starting the parts: pages (granian), live updates (uvicorn), the worker. Each blocks until it is asked to stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from pathlib import Path
from types import FrameType

from grapevine.config.environment import Environment

PARENT = "GRAPEVINE_SUPERVISOR"
STOP_WITHIN = 5  # seconds that open requests and streams get when a part stops


def follow_parent(parent: int) -> None:
    """End this process when its parent is gone, in whatever way: a part alone would hold its port.

    Done by looking, since the kernel's own way (a signal at the parent's death) is there on Linux only.
    """

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_WITHIN + 3)
        os._exit(1)

    threading.Thread(target=look, name="follow-parent", daemon=True).start()


def port_is_free(host: str, port: int) -> bool:
    """Whether one could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve_pages(environment: Environment) -> None:
    """Serve pages until SIGTERM or SIGINT."""
    import django
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if environment.web_workers > 1:
        folder = environment.home / "run" / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.db"):
            old.unlink()
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    # Workers are forked where the system can: what is imported here is there already when they start.
    django.setup()
    Granian(
        "grapevine.config.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.web_workers,
        blocking_threads=environment.web_threads,
        backpressure=256,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
    ).serve()


def serve_live(environment: Environment) -> None:
    """Serve live updates until SIGTERM or SIGINT."""
    import django

    django.setup()
    import uvicorn

    from grapevine.config import live

    app = live.make_app()

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # Open streams would be waited for otherwise: they end by themselves only when told.
            app.state.hub.close()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        app,
        host=environment.host,
        port=environment.effective_live_port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=STOP_WITHIN,
        lifespan="on",
        server_header=False,
    )
    logging.getLogger("uvicorn.error").setLevel("WARNING")
    Server(config).run()


def work(environment: Environment) -> None:
    """Do jobs until SIGTERM or SIGINT."""
    import django

    django.setup()
    from grapevine.core.workers import Worker

    worker = Worker()

    def ask_to_stop(sig: int, frame: FrameType | None) -> None:
        worker.stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    worker.run()
    # A job that did not come to its end in time is cut off here; its lease was given back.
    logging.shutdown()
    os._exit(0)


def home_lock(home: Path) -> int | None:
    """Take the home for one `grapevine up`; None when another has it. Held until it and its parts end."""
    import fcntl

    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    patience = time.monotonic() + 1.5  # the parts of one that was killed live on for a moment
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except OSError:
            if time.monotonic() > patience:
                os.close(handle)
                return None
            time.sleep(0.1)
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return handle
