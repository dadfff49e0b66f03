"""A label that lets many demos expire: warned, closed to new ones, opened again by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from catalog.tests.builders import make_producer, make_track
from kit.clock import at
from labels.models import Backlog, Label
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tasks import check_backlogs
from submissions.tests.builders import act, do, make_draft, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SILENCE = 28
"""Days of promise and grace."""


@pytest.fixture(autouse=True)
def low_limits(settings: Any) -> None:
    settings.EXPIRED_LIMIT, settings.REOPEN_BELOW = 4, 2


def demos(cast: Cast, count: int, day: float = 0) -> list[Submission]:
    found = []
    for _ in range(count):
        with at(START + day * DAY):
            found.append(
                make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.producer))
            )
    return found


def expire(rows: list[Submission], day: float = SILENCE + 0.1) -> None:
    for each in rows:
        with at(START + day * DAY):
            act(Submission.objects.get(pk=each.pk), "expire")


def check(day: float) -> int:
    with at(START + day * DAY):
        return check_backlogs()


def is_behind(cast: Cast) -> bool:
    return Label.objects.get(pk=cast.label.pk).is_behind


def test_label_is_warned_then_closed_then_opened_again(cast: Cast) -> None:
    first = demos(cast, 4)
    later = demos(cast, 3, day=20)
    expire(first[:2])
    assert check(29) == 1
    backlog = Backlog.objects.get()
    assert (backlog.expired, backlog.closed_at, is_behind(cast)) == (2, None, False)
    expire(first[2:])
    assert check(30) == 0, "it has some days after the warning"
    assert check(33) == 1
    assert is_behind(cast)
    assert check(34) == 0, "three wait still"
    for each in later[:2]:
        with at(START + 35 * DAY):
            act(each, "reject", manager=cast.manager)
    assert check(36) == 1
    assert not is_behind(cast)
    backlog.refresh_from_db()
    assert backlog.ended_at == START + 36 * DAY
    assert check(37) == 0, "what expired before counts no more"


def test_label_that_recovers_is_never_closed(cast: Cast) -> None:
    expire(demos(cast, 2))
    assert check(29) == 1
    assert check(28 + 31) == 1
    backlog = Backlog.objects.get()
    assert (backlog.closed_at, backlog.ended_at is None, is_behind(cast)) == (None, False, False)


def closed_label(cast: Cast) -> None:
    expire(demos(cast, 4))
    demos(cast, 3, day=20)
    check(29)
    check(33)
    assert is_behind(cast)


def test_closed_label_refuses_a_demo_and_says_why(cast: Cast) -> None:
    with at(START):
        draft = make_draft(producer=cast.producer, label=cast.label)
    closed_label(cast)
    with at(START + 33 * DAY), pytest.raises(ValidationError) as refusal:
        do(Submission.objects.get(pk=draft.pk), "submit", Actor.producer(cast.producer))
    (sentence,) = refusal.value.message_dict["intake"]
    assert sentence == (
        "Harbour is not taking demos here at the moment. It answers the demos it has first, and opens again by "
        "itself. Your draft is kept."
    )


def test_page_directory_and_form_say_so(cast: Cast) -> None:
    with at(START):
        draft = make_draft(producer=cast.producer, label=cast.label)
    closed_label(cast)
    words = "Closed until it has answered more of the demos it has."
    reader = client_of(cast.producer)
    for place in (f"/labels/{cast.label.slug}/", "/labels/", f"/submissions/{draft.reference}/edit/"):
        assert words in reader.get(place, follow=True).content.decode(), place
    assert (
        "Closed until you catch up"
        in client_of(cast.manager).get(f"/desk/{cast.label.slug}/intakes/").content.decode()
    )


def test_without_a_limit_nothing_is_closed(cast: Cast, settings: Any) -> None:
    closed_label(cast)
    settings.EXPIRED_LIMIT = 0
    assert check(34) == 1
    assert not is_behind(cast)
    assert check(35) == 0


def test_producers_who_answer_late_count_against_no_label(cast: Cast) -> None:
    with at(START):
        rows = [
            make_submission(
                "accepted", manager=cast.manager, label=cast.label, track=make_track(make_producer())
            )
            for _ in range(4)
        ]
    expire(rows, day=60)
    assert check(61) == 0
