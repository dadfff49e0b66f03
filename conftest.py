"""Fixtures for all tests; `trackflow.testing` holds the machinery."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import caches
from django.db import connection
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings

from accounts import limits
from catalog.music import known_genres
from desk.search import controls, request, team_vocabulary
from recordings.owners import forget_owners
from trackflow.devdb.instance import FOR_TESTS
from trackflow.testing import live_server
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.chromium import Browse, BrowserLoan, shared_chromium, visitors
from trackflow.testing.databases import TestDatabases
from trackflow.testing.drawn_pages import told_contexts
from trackflow.testing.live_server import serve
from trackflow.testing.post_office import PostOffice, open_post_office
from trackflow.testing.prepared_statements import kept_over_rollbacks
from trackflow.testing.replays import journal

hypothesis_settings.register_profile("usual", deadline=None)  # a busy machine is no fault
hypothesis_settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and never look at what was loaded before the tests: it took a fifth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash passwords at the lowest cost."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_collected_files() -> Iterator[None]:
    """Serve static files from where they are written: each client would look through what a demo collected."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_ROOT", settings.BASE_DIR / "var" / "none")
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages() -> Iterator[None]:
    """Let `response.context` say what a page was drawn with."""
    with told_contexts():
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_statements() -> Iterator[None]:
    """Keep what a connection has prepared from one test to the next, and over savepoints."""
    with kept_over_rollbacks():
        yield


@pytest.fixture(scope="session")
def test_databases(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> TestDatabases:
    """The session's test databases; starts or joins the embedded server."""
    with django_db_blocker.unblock():
        databases = TestDatabases.connect(FOR_TESTS)
        databases.sweep()
    return databases


@pytest.fixture(scope="session")
def django_db_setup(test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One migrated database for all tests, as the runtime role; each test is rolled back."""
    watched = connection.execute_wrapper(journal.watch)
    with django_db_blocker.unblock(), test_databases.clone(), watched, django_db_blocker.block():
        yield


@pytest.fixture(autouse=True)
def no_link_checks(settings: Settings) -> None:
    """Tests ask no hosts about links; tests of link checks switch them on and fake the answers."""
    settings.LINK_CHECKS = False


@pytest.fixture(autouse=True)
def admins_without_factors(settings: Settings) -> None:
    """Tests' admins need no second factor, as in the demo; tests of that need switch it on."""
    settings.ADMINS_NEED_TWO_FACTORS = False


@pytest.fixture(autouse=True)
def fresh_vocabulary() -> Iterator[None]:
    """Clear the caches of genres, tags and teams: ids repeat, and query counts must not depend on order."""
    caches["pages"].clear()
    request.rendered_controls.cache_clear()
    controls.intakes_of.cache_clear()
    team_vocabulary.clear_cache()
    known_genres.clear_cache()
    forget_owners()
    yield
    team_vocabulary.clear_cache()
    known_genres.clear_cache()


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Forget what earlier tests did often; what the database counts is rolled back."""
    limits.forget_counted_in_memory()


@pytest.fixture
def cast(db: None) -> Cast:
    """A label with its team, a producer, a rival label's owner, a stranger and an admin."""
    return make_cast()


@pytest.fixture
def committed_db(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A fresh database for a test that commits, in any number of threads; yields its name."""
    if connection.in_atomic_block:
        pytest.fail(
            "This test is in a transaction already: ask for `committed_db` or for `db`, not for both."
        )
    with django_db_blocker.unblock(), test_databases.clone() as name:
        yield name


@pytest.fixture(scope="module")
def module_db(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A fresh database for the tests of one module: what its fixtures of that scope write, all of them find.

    A test with `db` is rolled back to that.
    """
    with django_db_blocker.unblock(), test_databases.clone() as name:
        yield name


@pytest.fixture
def runtime_connection(committed_db: str, test_databases: TestDatabases) -> Iterator[psycopg.Connection[Any]]:
    """A bare connection as the runtime role, in autocommit, to `committed_db`."""
    with test_databases.raw(test_databases.runtime) as raw:
        yield raw


@pytest.fixture
def owner_connection(committed_db: str, test_databases: TestDatabases) -> Iterator[psycopg.Connection[Any]]:
    """A bare connection as the owner, in autocommit, to `committed_db`."""
    with test_databases.raw(test_databases.owner) as raw:
        yield raw


@pytest.fixture
def superuser_connection(
    committed_db: str, test_databases: TestDatabases
) -> Iterator[psycopg.Connection[Any]]:
    """A bare connection as a superuser, in autocommit, to `committed_db`; embedded server only."""
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    with test_databases.raw(test_databases.superuser) as raw:
        yield raw


@pytest.fixture
def server(committed_db: str, settings: Settings) -> Iterator[str]:
    """The address of the site, served in threads on `committed_db`; a view that raises fails the test."""
    with serve() as address:
        settings.BASE_URL = address
        yield address


@pytest.fixture
def run_jobs(committed_db: str) -> Callable[[], None]:
    """Runs a real worker on `committed_db` until no job is due; raises JobsFailedError for what failed."""
    return live_server.run_jobs


@pytest.fixture(scope="session")
def borrow_chromium() -> Iterator[BrowserLoan]:
    """The session's Chromium, lent to each test; if none is installed, tests are skipped, in CI they fail."""
    with shared_chromium() as borrow:
        yield borrow


@pytest.fixture
def chromium(borrow_chromium: BrowserLoan) -> Iterator[Browser]:
    """A running Chromium without open pages."""
    with borrow_chromium() as browser:
        yield browser


@pytest.fixture
def browse(chromium: Browser, server: str) -> Iterator[Browse]:
    """Opens `server` for a new visitor: `browse()`, `browse(java_script_enabled=False)`."""
    with visitors(chromium, server) as opener:
        yield opener


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """A real mail server on a free port, used by Django's SMTP backend."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with open_post_office() as (office, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield office


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Allow replays in tests that are rolled back."""
    fixtures = getattr(item, "fixturenames", ())
    uses_db = "db" in fixtures or item.get_closest_marker("django_db") is not None
    journal.begin(is_open=uses_db and "committed_db" not in fixtures)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that flush: the runtime role may not truncate tables."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushes = marker is not None and marker.kwargs.get("transaction")
        if flushes or "transactional_db" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid}: nothing is flushed here, ask for `committed_db`.")
