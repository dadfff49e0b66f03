"""Who asks and what there is: the visitors of the access matrix, and submissions in more states."""

from uuid import uuid4

from catalog.tests.builders import make_track
from desk.outbox.service import propose
from submissions.models import Submission
from submissions.tests.builders import TERMS, make_submission
from trackflow.tests.test_access import Visitors, make_visitors

STATES = ("submitted", "shortlisted", "changes_requested", "accepted", "signed", "rejected", "expired")


def make_stage() -> Visitors:
    """Return the visitors; their places also name submissions in `STATES` and one with a prepared decision."""
    visitors = make_visitors()
    sent = visitors.places["sent"]
    producer, manager, reviewer = (visitors.people[role] for role in ("producer", "manager", "reviewer"))
    assert producer
    assert reviewer
    label = Submission.objects.get(reference=sent["reference"]).label
    for state in (*STATES, "in_review"):
        track = make_track(producer, title=f"In {state}")
        submission = make_submission(state, track=track, label=label, manager=manager)
        visitors.places[state] = sent | {"reference": submission.reference, "code": track.code}
    propose(
        submission,
        "accept",
        user=reviewer,
        turn=submission.turn,
        key=uuid4(),
        note="Sign it.",
        details={"terms": TERMS},
    )
    return visitors
