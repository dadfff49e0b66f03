"""A database with the demo's data: built once for all tests, then cloned."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from demo.tests.database import demo_template
from trackflow.testing.databases import TestDatabases


@pytest.fixture(scope="module")
def cloned_demo(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The name of a database with the demo's data, which a module's tests share."""
    with django_db_blocker.unblock():
        template = demo_template(test_databases)
        with test_databases.clone(template) as name, django_db_blocker.block():
            yield name


@pytest.fixture
def demo_db(cloned_demo: str, db: None) -> str:
    """The same, for a test that rolls back what it does."""
    return cloned_demo
