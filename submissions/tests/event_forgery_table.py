"""Events that no rule allows, each forged with all digests right, and what `verify_history` says of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.change_author import name_author
from accounts.models import User
from catalog.tests.builders import make_producer
from kit import canonical
from kit.clock import at, now
from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_label, make_member, make_user
from submissions import history
from submissions.choices import OfferSide
from submissions.models import Event, Offer, Submission
from submissions.offers import records
from submissions.offers.records import last_offer
from submissions.offers.terms import Terms
from submissions.tests.builders import MASTER, RELEASE, TERMS, act, details_of, make_submission
from submissions.transition_table import OFFERING

AGO = timedelta(hours=3)
LATE = datetime(8999, 1, 1, tzinfo=UTC)
STATES = ("submitted", "in_review", "accepted", "scheduled")


@dataclass(frozen=True)
class Scene:
    """One submission in each of some states, begun three hours ago, and who might do something to it.

    “stopped” is one whose link died a year ago, so that its clock stands still; “late” and “reminded” were due
    some days ago; for “held” a hold was asked three hours ago; for “mastered” the master came an hour ago.
    """

    people: dict[str, User]
    submissions: dict[str, Submission]

    def forged(self, forgery: "Forgery") -> Event:
        """Return the unsaved event, sealed; its `made` is the unsaved offer that comes with it, or None."""
        submission = self.submissions[forgery.state]
        payload, offer = self._payload(submission, forgery)
        entry = history.Entry(
            forgery.transition,
            forgery.role,
            uuid4(),
            actor=self.people.get(forgery.actor),
            payload=payload,
        )
        event = history.build(submission, self.events(submission)[-1], entry, moment=now())
        for name, value in forgery.wrong.items():
            setattr(event, name, self.people[value] if name == "acted_by" else value)
        event.content_digest = history.content_digest(event)
        event.digest = history.digest(event, submission.reference)
        event.made = offer  # type: ignore[attr-defined]  # for whoever writes both
        return event

    def _payload(self, submission: Submission, forgery: "Forgery") -> tuple[dict[str, Any], Offer | None]:
        payload, offer, last = PAYLOADS.get(forgery.transition, dict)(), None, last_offer(submission)
        if forgery.transition in OFFERING:
            side = OfferSide.PRODUCER if forgery.transition == "counter" else OfferSide.LABEL
            offer = records.build(submission, last, side, Terms.read(TERMS), "")
            payload |= {"offer": offer.number, "offer_digest": offer.digest_hex}
        elif forgery.transition == "sign" and last:
            payload |= {"offer": last.number, "offer_digest": last.digest_hex, "is_exclusive": True}
        return payload | forgery.said, offer

    def events(self, submission: Submission) -> list[Event]:
        return list(Event.objects.of(submission).with_people())


def make_scene() -> Scene:
    """Make the scene; the database must be marked for tests until it stands."""
    with at(now() - AGO):
        label = make_label()
        people: dict[str, User] = {role.label: make_member(label, role) for role in Role}
        people |= {"former": make_member(label, Role.MANAGER, "former@example.com")}
        people |= {"producer": make_producer(), "stranger": make_user(), "admin": make_user(is_staff=True)}
        Membership.objects.create(label=label, user=people["producer"], role=Role.OWNER)
        made = {
            state: make_submission(state, producer=people["producer"], label=label, manager=people["manager"])
            for state in STATES
        }
        asked = make_submission(
            "in_review", producer=people["producer"], label=label, manager=people["manager"]
        )
        made["held"] = act(asked, "hold", manager=people["manager"]).submission
        made["mastered"] = make_submission(
            "signed", producer=people["producer"], label=label, manager=people["manager"]
        )
    with at(now() - timedelta(hours=1)):
        made["mastered"] = act(made["mastered"], "master_received").submission
    with at(now() - timedelta(days=400)):
        old = make_submission(producer=people["producer"], label=label, manager=people["manager"])
        made["stopped"] = act(old, "link_failed").submission
    with at(now() - timedelta(days=15)):
        for state in ("late", "reminded"):
            made[state] = make_submission(producer=people["producer"], label=label, manager=people["manager"])
    with at(now() - timedelta(hours=2)):
        made["reminded"] = act(made["reminded"], "nudge").submission
    with at(now() - timedelta(hours=1)), transaction.atomic():
        name_author(people["owner"])
        Membership.objects.filter(user=people["former"]).delete()
    return Scene(people, made)


def _in_days(days: int) -> str:
    return canonical.moment(now() + timedelta(days=days))


PAYLOADS: dict[str, Callable[[], dict[str, Any]]] = {
    "accept": lambda: {"answer_by": _in_days(14)},
    "revise_offer": lambda: {"answer_by": _in_days(14)},
    "counter": lambda: {"answer_by": _in_days(14)},
    "hold": lambda: {"days": 14},
    "agree_hold": lambda: {"held_until": _in_days(13)},
    "expire": lambda: {"ball": "label", "due": _in_days(-1)},
    "listened": lambda: {"seconds": 61, "total": 384},
    "schedule": lambda: {"release": RELEASE, "release_on": "2999-02-02", "catalogue_number": "TF002"},
    "unschedule": lambda: {"release": RELEASE},
    "release": lambda: {"release": RELEASE},
    "reject": lambda: {"reason": "genre", "welcome": "nothing"},
    "sign": lambda: dict.fromkeys(("sheet", "sheet_digest", "shares", "own")),
    "withdraw": lambda: {"reason": ""},
    "link_failed": lambda: {"slot": "audio", "problem": "gone"},
    "request_changes": lambda: {"answer_by": _in_days(14)},
    "master_received": lambda: MASTER | {"audio_digest": "a2" * 32},
    "master_removed": lambda: dict(details_of("master_removed")),
}


@dataclass(frozen=True)
class Forgery:
    """An event from a state, by somebody in a role, with these columns changed; `said` is changed in its payload."""

    state: str
    transition: str
    role: str
    actor: str
    sentence: str = ""
    wrong: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)


RIGHT = [
    Forgery("submitted", "start_review", "reviewer", "reviewer"),
    Forgery("submitted", "withdraw", "producer", "producer"),
    Forgery("submitted", "link_failed", "system", ""),
    Forgery("in_review", "shortlist", "manager", "manager"),
    Forgery("in_review", "accept", "owner", "owner"),
    Forgery("in_review", "accept", "admin", "admin"),
    Forgery("accepted", "sign", "producer", "producer"),
    Forgery("accepted", "counter", "producer", "producer"),
    Forgery("accepted", "revise_offer", "manager", "manager"),
    Forgery("in_review", "hold", "manager", "manager"),
    Forgery("held", "agree_hold", "producer", "producer"),
    Forgery("held", "end_hold", "owner", "owner"),
    Forgery("scheduled", "release", "manager", "manager"),
    Forgery("scheduled", "unschedule", "manager", "manager"),
    Forgery("late", "nudge", "producer", "producer"),
    Forgery("mastered", "master_received", "system", ""),
    Forgery("mastered", "master_removed", "system", ""),
]
"""What the forgeries do wrong is all that is wrong with them."""


def _not_for(state: str, transition: str, role: str, actor: str) -> Forgery:
    return Forgery(state, transition, role, actor, f"{transition} is not for the role {role}")


def _about_master(state: str, transition: str, **said: Any) -> Forgery:
    return Forgery(state, transition, "system", "", "does not fit the masters that were received", said=said)


FORGERIES: dict[str, Forgery] = {
    "review begun by the producer": _not_for("submitted", "start_review", "producer", "producer"),
    "offer by the producer": _not_for("in_review", "accept", "producer", "producer"),
    "offer by a reviewer": _not_for("in_review", "accept", "reviewer", "reviewer"),
    "offer by the system": _not_for("in_review", "accept", "system", ""),
    "signed by a manager": _not_for("accepted", "sign", "manager", "manager"),
    "signed by an admin": _not_for("accepted", "sign", "admin", "admin"),
    "counter-offer by a manager": _not_for("accepted", "counter", "manager", "manager"),
    "new offer by the producer": _not_for("accepted", "revise_offer", "producer", "producer"),
    "signature of another offer": Forgery(
        "accepted",
        "sign",
        "producer",
        "producer",
        "event 4 signs another offer than the last one of the label",
        said={"offer_digest": "00" * 32},
    ),
    "signature of another number": Forgery(
        "accepted",
        "sign",
        "producer",
        "producer",
        "event 4 signs another offer than the last one of the label",
        said={"offer": 2},
    ),
    "signature that calls an exclusive deal open": Forgery(
        "accepted",
        "sign",
        "producer",
        "producer",
        "event 4 says otherwise than its offer whether the deal is exclusive",
        said={"is_exclusive": False},
    ),
    "hold agreed by the label": _not_for("held", "agree_hold", "manager", "manager"),
    "hold agreed that nobody asked for": Forgery(
        "in_review", "agree_hold", "producer", "producer", "agree_hold came where the hold was none"
    ),
    "hold agreed for longer": Forgery(
        "held",
        "agree_hold",
        "producer",
        "producer",
        "agree_hold runs longer than was asked for",
        said={"held_until": "2999-01-01T00:00:00.000000Z"},
    ),
    "hold asked for twice": Forgery(
        "held", "hold", "manager", "manager", "hold came where the hold was asked"
    ),
    "hold of a month and a day": Forgery(
        "in_review", "hold", "manager", "manager", "hold asks for 31 days", said={"days": 31}
    ),
    "hold ended before its time": Forgery("held", "end_hold", "system", "", "end_hold came before its time"),
    "withdrawn by the label": _not_for("submitted", "withdraw", "owner", "owner"),
    "expired by a manager": _not_for("submitted", "expire", "manager", "manager"),
    "role of a viewer": _not_for("submitted", "start_review", "viewer", "viewer"),
    "role that does not exist": _not_for("submitted", "start_review", "bishop", "manager"),
    "by a stranger": Forgery(
        "in_review", "shortlist", "manager", "stranger", "is by somebody who was not manager then"
    ),
    "by somebody who has left": Forgery(
        "in_review", "shortlist", "manager", "former", "is by somebody who was not manager then"
    ),
    "by a viewer as a manager": Forgery(
        "in_review", "shortlist", "manager", "viewer", "is by somebody who was not manager then"
    ),
    "by a manager as an owner": Forgery(
        "in_review", "accept", "owner", "manager", "is by somebody who was not owner then"
    ),
    "by a member as an admin": Forgery(
        "in_review", "accept", "admin", "manager", "is by somebody who was not admin then"
    ),
    "by the producer as an owner": Forgery(
        "in_review", "shortlist", "owner", "producer", "is by the producer, as owner"
    ),
    "by the producer as a manager": Forgery(
        "in_review", "shortlist", "manager", "producer", "is by the producer, as manager"
    ),
    "by a manager as whom the producer acts": Forgery(
        "in_review",
        "shortlist",
        "manager",
        "manager",
        "by the producer, as manager",
        {"acted_by": "producer"},
    ),
    "by another producer": Forgery(
        "accepted", "sign", "producer", "stranger", "its producer is not the producer its events name"
    ),
    "by nobody": Forgery("in_review", "shortlist", "manager", "", "names nobody"),
    "by the system, naming somebody": Forgery(
        "submitted", "link_failed", "system", "manager", "names somebody, and is the system’s"
    ),
    "by the system, acted by somebody": Forgery(
        "submitted", "link_failed", "system", "", "names somebody, and is the system’s", {"acted_by": "admin"}
    ),
    "expired before it is due": Forgery("submitted", "expire", "system", "", "expire came before its time"),
    "expired while an offer stands": Forgery(
        "accepted", "expire", "system", "", "expire came before its time"
    ),
    "expired by an admin before it is due": Forgery(
        "in_review", "expire", "admin", "admin", "expire came before its time"
    ),
    "reminded before it is late": Forgery(
        "submitted", "nudge", "producer", "producer", "nudge came before its time"
    ),
    "reminded twice": Forgery("reminded", "nudge", "producer", "producer", "nudge came before its time"),
    "reminded by a manager": _not_for("late", "nudge", "manager", "manager"),
    "released before its day": Forgery("scheduled", "release", "system", "", "release came before its time"),
    "another format": Forgery(
        "submitted", "start_review", "manager", "manager", "is of format 2", {"format": 2}
    ),
    "personal data in a payload": Forgery(
        "submitted",
        "start_review",
        "manager",
        "manager",
        "its payload is not that of start_review",
        {"payload": {"email": "maya@example.com"}},
    ),
    "payload with one field more": Forgery(
        "submitted",
        "listened",
        "manager",
        "manager",
        "its payload is not that of listened",
        {"payload": {"seconds": 61, "total": 384, "by": "Maya"}},
    ),
    "payload with a field less": Forgery(
        "submitted",
        "listened",
        "manager",
        "manager",
        "its payload is not that of listened",
        {"payload": {"seconds": 61}},
    ),
    "payload that is a list": Forgery(
        "submitted",
        "start_review",
        "manager",
        "manager",
        "its payload is not that of start_review",
        {"payload": []},
    ),
    "master received by a manager": _not_for("mastered", "master_received", "manager", "manager"),
    "master received twice": _about_master("mastered", "master_received", audio_digest="a1" * 32),
    "master removed that never came": _about_master("scheduled", "master_removed"),
    "master removed of another file": _about_master("mastered", "master_removed", file_digest="f2" * 32),
    "master with a file’s name": _about_master("mastered", "master_received", codec="Harbour/Tide.wav"),
    "master with a digest that is none": _about_master("mastered", "master_received", file_digest="F1" * 32),
    "master of no length": _about_master("mastered", "master_received", length_ms=0),
    "master of a million bits": _about_master("mastered", "master_received", bit_depth=1_000_000),
    "in the year 8999": Forgery(
        "submitted", "start_review", "manager", "manager", "lies in the future", {"recorded_at": LATE}
    ),
}


def later(minutes: int) -> Forgery:
    """Return a right event but for its time, so many minutes from now."""
    moment = now() + timedelta(minutes=minutes)
    return Forgery("submitted", "start_review", "manager", "manager", wrong={"recorded_at": moment})
