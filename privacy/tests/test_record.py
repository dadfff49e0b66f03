"""What the record says of exports and deletions."""

from django.urls import reverse

from accounts.models import User
from activity.models import Activity
from activity.sentences import lines_of
from labels.tests.builders import make_user
from privacy.deletion import service as deletion
from privacy.tests.builders import ready_export
from trackflow.testing.clients import client_of
from trackflow.testing.workers import run_due_jobs

AWAY = "203.0.113.9"


def written(person: User) -> list[str]:
    rows = Activity.objects.filter(person=person).with_people().order_by("id")
    return [line.what for line in lines_of(rows)]


def test_deletion_that_is_asked_and_stopped_is_written(committed_db: str) -> None:
    person = make_user("ines@example.com")
    deletion.ask(person)
    deletion.keep(person)
    run_due_jobs()
    assert written(person) == ["asked to delete the account", "kept the account after all"]


def test_copy_of_ones_own_data_is_written_when_it_is_fetched(committed_db: str) -> None:
    person = make_user("ines@example.com")
    export = ready_export(person)
    client_of(person).get(reverse("privacy:download", args=[export.code]), REMOTE_ADDR=AWAY)
    run_due_jobs()
    row = Activity.objects.get(kind=Activity.Kind.EXPORTED)
    assert (row.actor, row.person, row.label, row.address) == (person, person, None, AWAY)
    assert written(person) == ["downloaded a copy of their own data"]
