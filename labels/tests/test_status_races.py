"""Two people in the office at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import connection

from labels import status
from labels.models import Label
from labels.tests.builders import make_label


def test_two_admins_suspending_at_once_make_one_suspension(committed_db: str) -> None:
    label = make_label()
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(_suspends, [label] * 4))
    assert sorted(outcomes) == [False, False, False, True]
    assert label.suspensions.count() == 1


def _suspends(label: Label) -> bool:
    try:
        status.suspend(label, reason="Asked for money.")
    except ValidationError:
        return False
    finally:
        connection.close()
    return True
