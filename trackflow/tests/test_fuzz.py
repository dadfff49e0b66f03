"""Five hundred of the requests that `make fuzz` sends fifty thousand of."""

import pytest
from pytest_django import Settings

from kit.rates import changed
from trackflow.testing.fuzz.run import Fuzz

SEED = 20261129


@pytest.mark.django_db
def test_no_request_is_answered_by_an_error(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.LIMITS = changed(settings.LIMITS, "off")
    report = Fuzz(SEED).run(500)
    assert [str(failure) for failure in report.failures] == []
    assert {200, 302, 303, 400, 403, 404, 405, 422} <= set(report.statuses)
