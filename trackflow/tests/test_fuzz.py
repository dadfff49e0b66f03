"""Some hundreds of the requests that `make fuzz` sends fifty thousand of, and of the forms that it fills in."""

import pytest
from pytest_django import Settings

from kit.rates import changed
from trackflow.testing.fuzz.run import Fuzz
from trackflow.testing.fuzz.stage import make_stage
from trackflow.testing.fuzz.typing_run import TypingRun

SEED = 20261129


@pytest.mark.django_db
def test_no_request_is_answered_by_an_error(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.LIMITS = changed(settings.LIMITS, "off")
    report = Fuzz(SEED).run(500)
    assert [str(failure) for failure in report.failures] == []
    assert {200, 302, 303, 400, 403, 404, 405, 422} <= set(report.statuses)


@pytest.mark.django_db
def test_no_form_loses_what_was_typed(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    tally = TypingRun(make_stage()).run(600, SEED)
    assert tally.refused > 50
    assert len(tally.forms) > 40
