"""Queries of a person's notifications, with many of them: few, and each by an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.tests.builders import make_label
from notifications.choices import Channel, DeliveryStatus
from notifications.models import Delivery, Notice
from submissions.tests.builders import make_submission
from trackflow.testing.clients import client_of
from trackflow.testing.query_plans import explain

pytestmark = pytest.mark.django_db
SUBMISSIONS, OF_EACH = 20, 100


@pytest.fixture
def maya(db: None) -> User:
    """Somebody with 2,000 notifications, of which 20 are unread, beside somebody else with as many."""
    people = [make_producer("maya@example.com"), make_producer("jonas@example.com")]
    for person in people:
        for number in range(SUBMISSIONS):
            label = make_label(f"{person.email} {number}")
            track = make_track(person, title=f"Side {number}")
            submission = make_submission("in_review", track=track, label=label)
            fields = {"submission": submission, "label": label}
            notices = Notice.objects.bulk_create(
                Notice(**fields, what="reminds you", path="/", key=str(key)) for key in range(OF_EACH)
            )
            sent = {"channel": Channel.IN_APP, "outcome": DeliveryStatus.SENT, "person": person}
            Delivery.objects.bulk_create(
                Delivery(
                    **{**fields, **sent, "notice": each, "sent_at": each.created_at},
                    read_at=None if each.key == "0" else each.created_at,
                )
                for each in notices
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_delivery, notifications_notice")
    return people[0]


@pytest.mark.parametrize(
    ("page", "index"), [("/notifications/", "delivery_newest"), ("/submissions/", "delivery_unread")]
)
def test_page_reads_notifications_by_an_index(maya: User, page: str, index: str) -> None:
    client = client_of(maya)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    plans = explain([query["sql"] for query in queries.captured_queries])
    read = [each for each in plans if "notifications_delivery" in each.sql]
    assert [fault for each in read for fault in each.faults()] == []
    assert index in {node.get("Index Name") for each in read for node in each.nodes}
