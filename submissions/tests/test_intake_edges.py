"""What an intake takes and refuses, on both sides of each edge, through the door itself."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from catalog.models import Genre, Track
from kit.clock import at, now
from kit.moments import moment_at
from labels.choices import Role
from labels.models import Intake, Label
from labels.tests.builders import make_intake, make_member, make_question
from submissions.models import Draft, Event, Revision, Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, make_draft, make_submission, sent_at
from submissions.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(maya: User, label: Label) -> Submission:
    return make_draft(producer=maya, label=label)


def send(draft: Submission) -> Event:
    maya = Actor.producer(draft.producer)
    return perform(draft, "submit", actor=maya, turn=0, key=uuid.uuid4())


def is_taken(draft: Submission) -> bool:
    try:
        return send(draft).to_state == "submitted"
    except ValidationError:
        return False


# Windows

WINDOWS = [
    # zone, opens and closes on its clocks, a moment in UTC, whether it is open then
    ("Europe/Berlin", "2027-03-28 01:30", "2027-03-28 03:30", "2027-03-28 00:29:59", False),
    ("Europe/Berlin", "2027-03-28 01:30", "2027-03-28 03:30", "2027-03-28 00:30:00", True),
    ("Europe/Berlin", "2027-03-28 01:30", "2027-03-28 03:30", "2027-03-28 01:29:59", True),
    ("Europe/Berlin", "2027-03-28 01:30", "2027-03-28 03:30", "2027-03-28 01:30:00", False),
    ("Europe/Berlin", "2026-10-25 01:30", "2026-10-25 03:30", "2026-10-24 23:29:59", False),
    ("Europe/Berlin", "2026-10-25 01:30", "2026-10-25 03:30", "2026-10-24 23:30:00", True),
    ("Europe/Berlin", "2026-10-25 01:30", "2026-10-25 03:30", "2026-10-25 02:29:59", True),
    ("Europe/Berlin", "2026-10-25 01:30", "2026-10-25 03:30", "2026-10-25 02:30:00", False),
    ("America/New_York", "2026-11-01 00:30", "2026-11-01 02:30", "2026-11-01 04:29:59", False),
    ("America/New_York", "2026-11-01 00:30", "2026-11-01 02:30", "2026-11-01 04:30:00", True),
    ("America/New_York", "2026-11-01 00:30", "2026-11-01 02:30", "2026-11-01 07:29:59", True),
    ("America/New_York", "2026-11-01 00:30", "2026-11-01 02:30", "2026-11-01 07:30:00", False),
]


@pytest.mark.parametrize(("zone", "opens", "closes", "moment", "is_open"), WINDOWS)
def test_window_holds_across_a_daylight_saving_change(
    zone: str, opens: str, closes: str, moment: str, is_open: bool, draft: Submission
) -> None:
    on_clocks = (moment_at(datetime.fromisoformat(each), ZoneInfo(zone)) for each in (opens, closes))
    Label.objects.update(time_zone=zone)
    Intake.objects.update(**dict(zip(("opens_at", "closes_at"), on_clocks, strict=True)))
    with at(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        assert is_taken(draft) is is_open


# Calls with codes


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("HINTERHOF10", True),
        ("hinterhof10", True),
        (" Hinterhof10 ", True),
        ("hinterhof1", False),
        ("hinterhof100", False),
        ("", False),
    ],
)
def test_call_with_a_code_takes_those_who_know_it(
    typed: str, is_right: bool, draft: Submission, label: Label
) -> None:
    call = make_intake(label, call_name="Summer", access_code="Hinterhof10")
    Submission.objects.update(intake=call)
    Draft.objects.update(access_code=typed)
    assert is_taken(draft) is is_right


# Limits


@pytest.mark.parametrize(("limit", "is_within"), [(3, True), (2, False)])
def test_producer_has_at_most_so_many_open(limit: int, is_within: bool, maya: User, label: Label) -> None:
    for _ in range(2):
        make_submission("in_review", producer=maya, label=label)
    Intake.objects.update(most_open=limit)
    assert is_taken(make_draft(producer=maya, label=label)) is is_within


@pytest.mark.parametrize(("seconds", "is_within"), [(-1, False), (0, True)])
def test_producer_sends_at_most_so_many_in_seven_days(
    seconds: int, is_within: bool, maya: User, label: Label
) -> None:
    Intake.objects.update(most_weekly=2)
    first = make_submission("withdrawn", producer=maya, label=label)
    with at(sent_at(first) + timedelta(days=1)):
        make_submission("withdrawn", producer=maya, label=label)
    third = make_draft(producer=maya, label=label)
    with at(sent_at(first) + timedelta(days=7, seconds=seconds)):
        assert is_taken(third) is is_within


# Rules of taste and policy: the rule, what the track says, whether it is taken

Case = tuple[dict[str, Any], dict[str, Any], bool]
BAND: dict[str, Any] = {"tempo_from": "118.00", "tempo_to": "124.00"}
CASES: list[Case] = [
    *[
        ({**BAND, "tempo_strictness": "block"}, {"tempo": tempo}, taken)
        for tempo, taken in (("117.99", False), ("118.00", True), ("124.00", True), ("124.01", False))
    ],
    *[({**BAND, "tempo_strictness": "warn"}, {"tempo": tempo}, True) for tempo in ("117.99", "124.01")],
    *[
        ({"ai_policy": policy}, {"ai": answer}, answer not in refused)
        for policy, refused in (("any", ()), ("some", ("yes",)), ("none", ("yes", "partially")))
        for answer in ("no", "partially", "yes")
    ],
    *[
        ({"exclusivity_policy": policy}, {"exclusivity": answer}, answer not in refused)
        for policy, refused in (
            ("any", ()),
            ("no_offers", ("offer_held",)),
            ("exclusive", ("offer_held", "sent_elsewhere")),
        )
        for answer in ("exclusive_until", "sent_elsewhere", "offer_held")
    ],
    *[
        ({"unreleased_only": is_strict}, {"release_status": status}, not is_strict or status == "unreleased")
        for is_strict in (False, True)
        for status in ("unreleased", "self_released", "previously_public")
    ],
    ({"required_fields": ["isrc"]}, {"isrc": ""}, False),
    ({"required_fields": ["isrc"]}, {"isrc": "SEABC2600001"}, True),
    ({"required_fields": []}, {"isrc": ""}, True),
]


@pytest.mark.parametrize(("rule", "said", "taken"), CASES)
def test_rule_takes_what_is_on_its_side(
    rule: dict[str, Any], said: dict[str, Any], taken: bool, draft: Submission
) -> None:
    Intake.objects.update(**rule)
    until = {"exclusive_until": (now() + timedelta(days=30)).date()}
    Track.objects.update(**said, **(until if said.get("exclusivity") == "exclusive_until" else {}))
    assert is_taken(draft) is taken


@pytest.mark.parametrize(("strictness", "taken"), [("warn", True), ("block", False)])
def test_other_genre_warns_or_is_refused(strictness: str, taken: bool, draft: Submission) -> None:

    Intake.objects.update(genre_strictness=strictness)
    draft.intake.genres.set(Genre.objects.filter(slug="amapiano"))
    assert is_taken(draft) is taken


# What is sent keeps its terms


def test_promise_edited_later_does_not_move_what_was_sent(draft: Submission) -> None:
    sent = send(draft).submission
    due, expires = sent.due_at, sent.expires_at
    Intake.objects.update(promise_days=1, grace_days=1)
    act(draft, "replace_link")
    manager = make_member(draft.label, Role.MANAGER)
    fresh = act(draft, "start_review", manager=manager).submission
    assert (fresh.due_at, fresh.expires_at) == (due, expires)


def _edited(question: Any) -> None:
    question.text, question.kind, question.help_text = "Anything else?", "long", "In your words."
    question.save()


def _retired(question: Any) -> None:
    question.retired_at = now()
    question.save()


@pytest.mark.parametrize("change", [_edited, _retired, lambda question: question.delete()])
def test_later_edits_of_questions_change_no_frozen_answer(
    change: Callable[[Any], None], draft: Submission
) -> None:
    question = make_question(draft.intake, "choice", text="Which colour?")
    Draft.objects.update(answers={f"q{question.pk}": "green"})
    send(draft)
    before = Revision.objects.get()
    change(question)
    after = Revision.objects.get()
    assert after.answers == before.answers
    assert after.answers[0]["text"] == "Which colour?"
    assert (after.answers[0]["kind"], after.answers[0]["value"]) == ("choice", "green")
