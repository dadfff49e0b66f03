"""A label with a shelf, and a signed demo at its desk."""

from typing import Any

import pytest

from recordings.models import Shelf
from recordings.tests.builders import make_shelf
from submissions.models import Submission
from trackflow.testing.cast import Cast


@pytest.fixture
def shelf(cast: Cast, settings: Any, tmp_path: Any) -> Shelf:
    settings.SHELVES = [tmp_path]
    return make_shelf(label=cast.label)


@pytest.fixture
def signed(cast: Cast) -> Submission:
    return cast.demo("signed")
