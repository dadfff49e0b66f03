from collections.abc import Iterator

import pytest

from desk.search import controls, request, team_vocabulary, vocabulary
from desk.tests.cast import Cast
from notifications.tests.conftest import post_office as post_office  # a fixture, for tests here too


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture(autouse=True)
def fresh_vocabulary() -> Iterator[None]:
    """Each test reads the genres itself, so that it asks as many queries as when it runs alone."""
    request.controls_for.cache_clear()
    controls.intakes_of.cache_clear()
    team_vocabulary.forget()
    vocabulary.forget()
    yield
    team_vocabulary.forget()
    vocabulary.forget()
