"""Repeats forged by a superuser who takes the guards down first: `verify_history` says what is wrong with each."""

import pytest

from labels.tests.builders import make_label
from submissions.models import Submission
from submissions.tests.attacker import TABLES
from submissions.tests.builders import act, make_draft, make_submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases

FORGERIES = {
    "UPDATE submissions_submission SET track_id = (SELECT max(id) FROM catalog_track) WHERE id = {second}": (
        "its previous try is of another track or at another label"
    ),
    "UPDATE submissions_event SET to_state = 'rejected' WHERE submission_id = {first} AND sequence = 2": (
        "it was sent although {reference} was rejected"
    ),
    "DELETE FROM submissions_event WHERE submission_id = {first} AND sequence = 2": (
        "it was sent although {reference} was submitted"
    ),
    "UPDATE submissions_event SET id = id + 1000000 WHERE submission_id = {first}": (
        "it follows {reference}, where None came before it"
    ),
    "UPDATE submissions_event SET payload = payload || '{{\"previous\": null}}' WHERE submission_id = {second}": (
        "it follows None, where {reference} came before it"
    ),
}


@pytest.mark.parametrize(("forgery", "sentence"), FORGERIES.items())
def test_forged_repeat_is_found(
    forgery: str, sentence: str, committed_db: str, test_databases: TestDatabases
) -> None:
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    first = make_submission("withdrawn")
    second = act(make_draft(label=first.label, track=first.track), "submit").submission
    make_submission(label=make_label("Elsewhere"))
    assert list(faults()) == []
    with test_databases.raw(test_databases.superuser) as raw:
        raw.execute("SET session_replication_role = replica")
        raw.execute("ALTER TABLE submissions_event DROP CONSTRAINT event_legal")
        for table in TABLES:
            raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        raw.execute(forgery.format(first=first.pk, second=second.pk))
    reference = Submission.objects.values_list("reference", flat=True).get(pk=first.pk)
    found = [fault.sentence for fault in faults([second.reference])]
    assert sentence.format(reference=reference) in found
