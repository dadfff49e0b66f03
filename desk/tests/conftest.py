from collections.abc import Iterator

import pytest

from desk.query import asked, controls, team_words, vocabulary
from notifications.tests.conftest import post_office as post_office  # a fixture, for tests here too


@pytest.fixture(autouse=True)
def fresh_vocabulary() -> Iterator[None]:
    """Each test reads the genres itself, so that it asks as many queries as when it runs alone."""
    asked.controls_for.cache_clear()
    controls.intakes_of.cache_clear()
    team_words.forget()
    vocabulary.forget()
    yield
    team_words.forget()
    vocabulary.forget()
