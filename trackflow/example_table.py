"""The example on the landing page, step by step: who, what, how long after the step before, and what was said."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from submissions import details, payloads
from submissions.choices import ActorRole, Transition


@dataclass(frozen=True)
class Step:
    role: ActorRole
    transition: Transition
    after: timedelta
    payload: Any = field(default_factory=payloads.Nothing)
    private: Any = field(default_factory=payloads.Nothing)
    note: str = ""


TITLE, ARTIST, LABEL, REFERENCE = "Älvsborg", "Jonas Lind", "Funicular", "TF-7QZK-M2D4"
RELEASE = "RL-7PQ2-M4XD"
SENT_AT = datetime(2026, 1, 12, 20, 14, tzinfo=UTC)
DIGEST = "0" * 64

PRODUCER, REVIEWER, MANAGER, SYSTEM = (
    ActorRole.PRODUCER,
    ActorRole.REVIEWER,
    ActorRole.MANAGER,
    ActorRole.SYSTEM,
)
T = Transition

STEPS = (
    Step(
        PRODUCER,
        T.SUBMIT,
        timedelta(),
        payloads.Submit("IN-52TK-8Q0D", 21, 14, 1, DIGEST, None),
        note="The bridge hums at 58 Hz when the wind is right.",
    ),
    Step(REVIEWER, T.START_REVIEW, timedelta(days=9, hours=13)),
    Step(REVIEWER, T.LISTENED, timedelta(minutes=12), payloads.Listened(478, 478)),
    Step(
        MANAGER,
        T.REQUEST_CHANGES,
        timedelta(days=1, hours=7),
        payloads.AnswerBy("2026-02-06T16:26:00.000000Z"),
        note="That string loop at 4:10: where is it from?",
    ),
    Step(
        PRODUCER,
        T.RESUBMIT,
        timedelta(days=6, hours=4),
        payloads.Resubmit(2, DIGEST, []),
        details.Changes([{"field": "sample_use", "before": "uncleared", "after": "none"}]),
        note="Replayed it on a friend’s cello. Nothing left to clear.",
    ),
    Step(REVIEWER, T.START_REVIEW, timedelta(days=3, hours=14)),
    Step(
        MANAGER,
        T.ACCEPT,
        timedelta(days=2, hours=5),
        payloads.Offered(1, DIGEST, "2026-02-18T15:26:00.000000Z"),
        details.OfferWords(terms="Exclusive licence, 50 % to the producers, world, 7 years"),
    ),
    Step(PRODUCER, T.SIGN, timedelta(hours=3), payloads.Signed(1, DIGEST, is_exclusive=True)),
    Step(
        MANAGER, T.SCHEDULE, timedelta(days=4, hours=16), payloads.Schedule(RELEASE, "2026-04-17", "FUN023")
    ),
    Step(SYSTEM, T.RELEASE, timedelta(days=66, hours=13, minutes=39), payloads.OfRelease(RELEASE)),
)
