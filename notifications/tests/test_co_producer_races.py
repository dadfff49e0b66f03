"""Co-producers on real connections: two at once, and raw SQL as the runtime role."""

from functools import partial
from typing import Any

import psycopg
import pytest

from notifications.tests.test_co_producers import JO, sent_demo
from submissions.models import CoProducer
from submissions.splits import co_producers
from submissions.tests.attacker import REFUSED
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")

STATEMENTS = [
    "UPDATE submissions_coproducer SET email = 'mallory@example.com'",
    "UPDATE submissions_coproducer SET nonce = gen_random_uuid()",
    "UPDATE submissions_coproducer SET ended_at = NULL WHERE ended_at IS NOT NULL",
    "UPDATE submissions_coproducer SET followed_at = now() WHERE followed_at IS NOT NULL",
    "UPDATE submissions_coproducer SET submission_id = submission_id + 1",
]


@pytest.fixture
def cast(committed_db: str) -> Cast:
    return make_cast()


def test_two_announcements_at_once_invite_once(cast: Cast) -> None:
    demo = sent_demo(cast.producer, cast.label, JO, "sam@example.com")
    CoProducer.objects.all().delete()
    found = at_once([partial(co_producers.invite, demo)] * 4)
    assert sum(found) == 2
    assert CoProducer.objects.count() == 2


def test_following_and_ending_at_once_leave_it_ended(cast: Cast) -> None:
    person = CoProducer.objects.get(submission=sent_demo(cast.producer, cast.label, JO))
    at_once([partial(co_producers.follow, person, None), partial(co_producers.end, person)])
    person.refresh_from_db()
    assert person.ended_at is not None
    assert not person.is_following


@pytest.mark.parametrize("statement", STATEMENTS)
def test_link_stays_its_person_s(
    statement: str, cast: Cast, runtime_connection: psycopg.Connection[Any]
) -> None:
    person = CoProducer.objects.get(submission=sent_demo(cast.producer, cast.label, JO))
    co_producers.follow(person, None)
    co_producers.end(person)
    with pytest.raises(REFUSED):
        runtime_connection.execute(statement)
