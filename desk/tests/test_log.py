"""The team's own log, and how it reads."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.choices import Doing
from desk.log import note
from desk.log_words import PHRASES, lines_of
from desk.models import Activity
from trackflow.testing.cast import Cast


def test_what_the_team_does_is_written_down_with_who_did_it(cast: Cast) -> None:
    submission = cast.demo()
    row = note(Doing.TAGGED, label=cast.label, submission=submission, actor=cast.reviewer, tag="Summer")
    assert (row.label, row.submission, row.actor, row.details) == (
        cast.label,
        submission,
        cast.reviewer,
        {"tag": "Summer"},
    )


def test_people_are_kept_by_number_so_that_a_name_can_go(cast: Cast) -> None:
    submission = cast.demo()
    note(Doing.ASSIGNED, label=cast.label, submission=submission, actor=cast.owner, to=cast.manager)
    cast.manager.name = "Former member"
    cast.manager.save()
    [line] = lines_of(Activity.objects.of(submission))
    assert Activity.objects.get().details == {"to": {"person": cast.manager.pk}}
    assert (line.who, line.what) == ("Olga", "gave it to Former member")


SAID = [
    (Doing.SCORED, {}, "scored it"),
    (Doing.SCORED, {"revision": 2}, "scored revision 2"),
    (Doing.TAGGED, {"tag": "{x} %s"}, "tagged it “{x} %s”"),
    (Doing.PREPARED, {"transition": "reject"}, "prepared a decision to pass on it"),
    (Doing.RELEASED, {"transition": "accept"}, "released the decision to offer to sign it"),
    (Doing.WARNED, {"transition": "reject"}, "warned that the decision to pass on it waits too long"),
    (Doing.ORDERED, {"act": "tag", "bulk": "BU-0000-0001"}, "ordered BU-0000-0001: Tag"),
    (Doing.SET_UP, {"what": "added the criterion Mix"}, "added the criterion Mix"),
]


@pytest.mark.parametrize(("doing", "details", "words"), SAID)
def test_a_row_says_what_it_knows(cast: Cast, doing: Doing, details: dict[str, Any], words: str) -> None:
    [line] = lines_of([note(doing, label=cast.label, **details)])
    assert (line.who, line.what) == ("Trackflow", words)


def test_a_row_names_several_people_and_says_why(cast: Cast) -> None:
    row = note(
        Doing.WROTE,
        label=cast.label,
        actor=cast.owner,
        mentioned=[cast.manager, cast.reviewer],
        because="Late.",
    )
    [line] = lines_of([row])
    assert (line.what, line.because) == ("mentioned Mona and Rita in a memo", "Late.")


def test_every_doing_has_its_phrases() -> None:
    assert set(PHRASES) == set(Doing)


def test_rows_are_read_with_one_query_for_all_people(cast: Cast) -> None:
    rows = [
        note(Doing.ASSIGNED, label=cast.label, actor=cast.owner, to=who, before=cast.owner)
        for who in (cast.manager, cast.reviewer, cast.viewer)
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        lines = lines_of(rows)
    assert len(queries) == 1
    assert lines[0].what == "gave it from Olga to Mona"
