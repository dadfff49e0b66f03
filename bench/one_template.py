"""A pytest plugin: one migrated template for all states of the code, where no migration differs."""

from trackflow.testing import databases


def pytest_configure() -> None:
    databases.schema_key = lambda: "mutants"
