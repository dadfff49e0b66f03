"""Submissions in any state, made through the door."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.models import Deliverable, Draft, Event, Share, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.workflow import perform
from trackflow.testing.replays import replayed

PATHS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "in_review": ("submit", "start_review"),
    "shortlisted": ("submit", "start_review", "shortlist"),
    "changes_requested": ("submit", "start_review", "request_changes"),
    "accepted": ("submit", "start_review", "accept"),
    "countered": ("submit", "start_review", "accept", "counter"),
    "signed": ("submit", "start_review", "accept", "sign"),
    "scheduled": ("submit", "start_review", "accept", "sign", "schedule"),
    "released": ("submit", "start_review", "accept", "sign", "schedule", "release"),
    "rejected": ("submit", "reject"),
    "declined": ("submit", "start_review", "accept", "decline"),
    "withdrawn": ("submit", "withdraw"),
    "expired": ("submit", "expire"),
}
RELEASE = "RL-0000-0000"
"""Its submissions follow it; here it is made up, since only a higher app makes releases."""

PRODUCER_TRANSITIONS = frozenset(
    {"submit", "resubmit", "sign", "counter", "decline", "withdraw", "replace_link", "nudge", "set_splits"}
    | {"agree_hold", "refuse_hold", "hand_in"}
)
TERMS = {"deal": "licence", "percentage": "50.00", "years": 10}
"""What a label offers in tests."""
SUMMARY = "Exclusive licence, 50 % to the producers, world, 10 years"
MASTER = {
    "codec": "pcm_s24le",
    "sample_rate": 44_100,
    "bit_depth": 24,
    "length_ms": 384_512,
    "file_digest": "f1" * 32,
    "audio_digest": "a1" * 32,
}
"""The label’s copy of a master."""
OFFER = {"deal": "licence", "percentage": "50", "years": "10", "days": "14"}
"""The same, as its form is posted."""


def details_of(transition: str) -> dict[str, Any]:
    """Return valid details and note of a transition."""
    details: dict[str, dict[str, Any]] = {
        "accept": {"terms": TERMS},
        "revise_offer": {"terms": TERMS | {"percentage": "55.00"}},
        "counter": {"terms": TERMS | {"percentage": "60.00"}},
        "sign": {"name": "Maya Lind"},
        "hold": {"days": 14},
        "request_changes": {"note": "A longer intro, please."},
        "resubmit": {"note": "Here it is, with a longer intro."},
        "reject": {"reason": "genre", "welcome": "another"},
        "reopen": {"note": "We listened again."},
        "rescind": {"reason": "plans", "note": "Our distributor closed."},
        "schedule": {"release_on": date(2999, 1, 1), "catalogue_number": "TF001", "release": RELEASE},
        "unschedule": {"release": RELEASE},
        "release": {"release": RELEASE},
        "redact": {"months": 12},
        "master_received": MASTER,
        "master_removed": {name: MASTER[name] for name in ("file_digest", "audio_digest")},
        "listened": {"seconds": 61, "total": 384},
        "replace_link": {"slot": "audio", "url": f"https://soundcloud.com/maya/{uuid.uuid4().hex[:8]}"},
        "link_failed": {"slot": "audio", "problem": "gone"},
        "link_recovered": {"slot": "audio"},
        "set_splits": {"shares": shares_of("60.00", "25.50", "14.50")},
        "object_split": {"note": "I wrote the melody too."},
        "ask_for": {"items": items_of("WAV master")},
        "hand_in": {"value": {"url": "https://www.dropbox.com/scl/fi/a1/master.wav?rlkey=b2"}},
        "ask_again": {"note": "24 bit, please."},
        "override_splits": {"note": "We have her word in writing."},
        "extend": {"until": now() + timedelta(days=29)},
    }
    return details.get(transition, {})


@replayed
def make_draft(
    *, producer: User | None = None, label: Label | None = None, track: Track | None = None
) -> Submission:
    """Return an unsent submission of a complete track."""
    track = track or make_track(producer or make_producer())
    label = label or make_label()
    intake = label.intakes.get(call_name="")
    submission = Submission(producer=track.owner, label=label, track=track, intake=intake)
    submission.save()
    Draft.objects.create(submission=submission)
    return submission


@replayed
def make_submission(state: str = "submitted", *, manager: User | None = None, **given: Any) -> Submission:
    """Return a submission in this state, with the history that leads to it; the fresh row."""
    submission = make_draft(**given)
    manager = manager or make_member(submission.label, Role.MANAGER)
    for transition in PATHS[state]:
        late = now() + timedelta(days=400) if transition == "expire" else now()
        with at(late):
            submission = act(submission, transition, manager=manager).submission
    return submission


def do(
    submission: Submission,
    transition: str,
    actor: Actor,
    *,
    turn: int | None = None,
    key: uuid.UUID | None = None,
    **details: Any,
) -> Event:
    """Perform a transition as this actor, with default details; signing takes the last offer."""
    given = {**details_of(transition), **row_details(submission, transition), **details}
    if transition == "sign" and "offer_digest" not in given:
        last = submission.offers.order_by("number").last()
        given["offer_digest"] = last.digest_hex if last else ""
    return perform(submission, transition, actor=actor, turn=turn, key=key or uuid.uuid4(), **given)


def shares_of(*percentages: str) -> list[dict[str, Any]]:
    """Return the shares of a sheet: Maya Verde, who has no address, and others."""
    people = [("Maya Verde", ""), ("Jo Vox", "jo@example.com"), ("Sam Keys", "sam@example.com"), ("Ana", "")]
    return [
        {"name": name, "email": email, "role": "producer", "percentage": percentage}
        for (name, email), percentage in zip(people, percentages, strict=False)
    ]


def waiting_share(submission: Submission) -> Share | None:
    """Return the first share of the last sheet that nobody answered for."""
    shares = Share.objects.current().select_related("sheet__submission")
    return shares.filter(sheet__submission=submission, answer="").first()


ITEM_STATES = {
    "hand_in": ["asked"],
    "approve": ["handed_in"],
    "ask_again": ["handed_in"],
    "waive": ["asked", "handed_in"],
}


def items_of(*names: str, kind: str = "link", days: int = 14) -> list[dict[str, Any]]:
    """Return what a label asks for, all of one kind and for one time."""
    return [{"name": name, "kind": kind, "due": now() + timedelta(days=days)} for name in names]


def row_details(submission: Submission, transition: str) -> dict[str, Any]:
    """Return which share answers, for an answer to a sheet, or which deliverable it is about."""
    if states := ITEM_STATES.get(transition):
        row = Deliverable.objects.of(submission).filter(state__in=states).first()
        return {"item": row.number if row else 1}
    if transition not in ("confirm_split", "object_split"):
        return {}
    share = waiting_share(submission)
    return {
        "nonce": share.nonce if share else uuid.uuid4(),
        "sheet_digest": share.sheet.digest_hex if share else "",
    }


BY_MANAGERS = {"ask_for", "approve", "ask_again", "waive"}
BY_SYSTEM = {"link_failed", "link_recovered", "expire", "redact", "master_received", "master_removed"}


def someone_at(label: Label, role: Role) -> User:
    """Return a member in this role, a new one if there is none."""
    found = label.memberships.filter(role=role).select_related("user").first()
    return found.user if found else make_member(label, role)


def act(submission: Submission, transition: str, *, manager: User | None = None, **details: Any) -> Event:
    """Perform a transition as somebody who may."""
    if transition in PRODUCER_TRANSITIONS:
        actor = Actor.producer(submission.producer)
    elif transition in ("confirm_split", "object_split"):
        actor = Actor.collaborator()
    elif transition == "override_splits":
        actor = Actor.member(someone_at(submission.label, Role.OWNER))
    elif transition in BY_MANAGERS:
        actor = Actor.member(manager or someone_at(submission.label, Role.MANAGER))
    elif manager and transition not in BY_SYSTEM:
        actor = Actor.member(manager)
    else:
        actor = SYSTEM
    return do(submission, transition, actor, **details)


def history(submission: Submission) -> list[str]:
    """Return the transitions of a submission, in order."""
    return list(Event.objects.of(submission).values_list("transition", flat=True))


def announced() -> list[int]:
    """Return the events that jobs are queued for, in order."""
    rows = ProcrastinateJob.objects.filter(task_name="notifications.announce").order_by("id")
    return [args["event_id"] for args in rows.values_list("args", flat=True)]


def sent_at(submission: Submission) -> datetime:
    """Return when a submission was sent."""
    assert submission.submitted_at
    return submission.submitted_at
