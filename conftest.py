"""How we test.

* A test's name is a sentence that says what is true: `test_a_withdrawn_consent_hides_the_author`.
* A room's tests lie in `src/grapevine/<room>/tests`, those of the whole house in `tests`. A test obeys its room's walls:
  it makes what it needs with other rooms' `testing` modules, never with their models.
* An action's test looks at three things: the change, the audit entry, the news.
* Fakes, not mocks. No sleeping; wait for what you wait for. No network but loopback.
* Every warning is an error.
* The suite runs on SQLite; and with `--database postgresql` on PostgreSQL (a private server is started and stopped), without what
  knows no database: the cellars, tests that take none, and those that drive a browser, which look at pages that other tests asked of
  both. `@pytest.mark.both` keeps a test that starts processes with a database of their own, or whose page hangs on what the database
  does; `@pytest.mark.postgres` and `@pytest.mark.sqlite` are for what only one of them has.
* What takes more than two seconds is `slow`; what needs a browser, WordPress, a mail server or the folder ../shared is marked
  `browser`, `wordpress`, `mail`, `shared`, and says so when it is skipped.
* `django_db` tests run in a transaction that is rolled back. Tests with threads or processes of their own take
  `@pytest.mark.django_db(transaction=True)`.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from grapevine.config import testing

SHARED = testing.ROOT.parent / "shared"
DATABASES = {"db", "transactional_db", "live_server"}
"""The fixtures that give a test a database."""
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MAIL = ("/usr/sbin/dovecot", "/usr/sbin/exim4")
WORDPRESS = ("php", "mariadbd", "mariadb-install-db")

hypothesis_settings.register_profile(
    "house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="the database to run the tests on",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip, with a plain reason, what this machine or this run cannot do; on PostgreSQL leave out what knows no database."""
    database = os.environ["GRAPEVINE_TEST_DATABASE"]
    if database == "postgresql":
        told_by_one = [item for item in items if not _hangs_on_the_database(item)]
        config.hook.pytest_deselected(items=told_by_one)
        items[:] = [item for item in items if item not in set(told_by_one)]
    no_wordpress = not all(map(shutil.which, WORDPRESS)) or not Path("/usr/share/wordpress").is_dir()
    lacking = {
        "postgres": "runs with --database postgresql" if database != "postgresql" else "",
        "sqlite": "runs with --database sqlite" if database != "sqlite" else "",
        "browser": "no Chromium (Debian: apt-get install chromium)" if CHROMIUM is None else "",
        "wordpress": "no WordPress, PHP and MariaDB (see scripts/system-packages.txt)"
        if no_wordpress
        else "",
        "mail": ""
        if all(map(shutil.which, MAIL))
        else "no Dovecot and Exim (see scripts/system-packages.txt)",
        "shared": "no ../shared" if not SHARED.is_dir() else "",
    }
    for item in items:
        for marker, reason in lacking.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))
    # What takes long comes first: at the end all workers have something small to take, and none waits for another.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _hangs_on_the_database(item: pytest.Item) -> bool:
    """Whether PostgreSQL could answer a test otherwise than SQLite did."""
    if item.get_closest_marker("both") or item.get_closest_marker("postgres"):
        return True
    if item.get_closest_marker("browser"):
        return False
    takes = DATABASES & set(getattr(item, "fixturenames", ()))
    return bool(takes or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session", autouse=True)
def _plain_house() -> None:
    """Static files under their own names (nothing is collected), and passwords hashed fast."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process remembers for seconds must not pass from test to test."""
    from grapevine.core import installation
    from grapevine.sources import testing as sources
    from grapevine.understand import memory

    installation.forget_cached()
    memory.forget_cached()
    sources.start_over()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Our own way to a database: the home's, copied from one template, instead of Django's test databases."""
    from django.db import connections
    from django.test import TransactionTestCase

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", testing.empty_tables)
    with django_db_blocker.unblock():
        testing.prepare_database()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        for connection in connections.all():
            if hasattr(connection, "close_pool"):
                connection.close_pool()
    patch.undo()


@pytest.fixture
def another_home(django_db_setup: None) -> Callable[[Path], dict[str, str]]:
    """Makes a home with a migrated database of its own, for processes that a test starts."""
    return testing.another_home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of research data beside the clone; for tests marked `shared`."""
    return SHARED


@pytest.fixture
def patient(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a browser is expected to show is waited for as long as the module's `WAIT` says (milliseconds), not five seconds."""
    from playwright.sync_api import expect

    expect.set_options(timeout=request.module.WAIT)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="session")
def base_url() -> str:
    """Tests name the server themselves. (The plugin's own fixture is written in a way that this pytest warns of.)"""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's own Chromium, quiet."""
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [*flags.split(), "--disable-component-update", "--disable-sync"],
    }
