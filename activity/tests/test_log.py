"""The team's own log, and how it reads."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from activity import log
from activity.models import Activity
from activity.phrase_table import PHRASES
from activity.sentences import lines_of
from activity.tests.log_lines import logged
from activity.tests.sentence_table import SENTENCES
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import make_submission

Kind = Activity.Kind


@pytest.fixture
def label(db: None) -> Label:
    return make_label(time_zone="Europe/Berlin")


@pytest.fixture
def olga(label: Label) -> User:
    return named("Olga", make_member(label, Role.OWNER))


@pytest.fixture
def mona(label: Label) -> User:
    return named("Mona", make_member(label, Role.MANAGER))


def named(name: str, user: User) -> User:
    user.name = name
    user.save()
    return user


def test_what_the_team_does_is_written_down_with_who_did_it(label: Label, mona: User) -> None:
    demo = make_submission(label=label, manager=mona)
    row = log.write(Kind.TAGGED, label=label, submission=demo, actor=mona, tag="Summer")
    assert (row.label, row.submission, row.actor, row.details) == (label, demo, mona, {"tag": "Summer"})


def test_people_are_kept_by_number_so_that_a_name_can_go(label: Label, olga: User, mona: User) -> None:
    log.write(Kind.ASSIGNED, label=label, actor=olga, to=mona)
    named("Former member", mona)
    [line] = lines_of(Activity.objects.with_people())
    assert Activity.objects.get().details == {"to": {"person": mona.pk}}
    assert (line.who, line.what) == ("Olga", "assigned it to Former member")


@pytest.mark.parametrize(("kind", "details", "words"), SENTENCES)
def test_a_row_says_what_it_knows(label: Label, kind: Kind, details: dict[str, Any], words: str) -> None:
    log.write(kind, label=label, **details)
    [line] = lines_of(Activity.objects.with_people())
    who = "Somebody" if kind in (Kind.SIGN_IN_FAILED, Kind.CODE_FAILED) else "Trackflow"
    assert (line.who, line.what) == (who, words)


def test_every_kind_has_its_phrases_and_a_sentence_here() -> None:
    assert set(PHRASES) == set(Kind) == {kind for kind, _, _ in SENTENCES}


def test_a_row_names_people_and_says_why(label: Label, olga: User, mona: User) -> None:
    rita = named("Rita", make_member(label, Role.REVIEWER))
    row = log.write(Kind.WROTE, label=label, actor=olga, mentioned=[mona, rita], because="Late.")
    [line] = lines_of([row])
    assert (line.what, line.because) == ("mentioned Mona and Rita in a memo", "Late.")
    decided: dict[str, Any] = {"label": label, "actor": olga, "transition": "accept", "prepared_by": rita}
    for kind in (Kind.RELEASED, Kind.DISCARDED, Kind.SENT_BACK):
        log.write(kind, **decided)
    log.write(Kind.ROLE_CHANGED, label=label, actor=olga, whom=rita, former_role=2, role=3)
    log.write(Kind.UNASSIGNED, label=label, before=rita)
    assert logged()[1:] == [
        "sent the decision to offer to sign it, prepared by Rita",
        "discarded the decision to offer to sign it, prepared by Rita",
        "sent the decision to offer to sign it back to Rita",
        "changed the role of Rita from reviewer to manager",
        "unassigned Rita",
    ]


def test_a_job_that_runs_again_writes_once(label: Label, olga: User) -> None:
    for key in ("first", "first", "second"):
        log.write_once(key, Kind.PROFILE_CHANGED, label=label, actor=olga, fields=["website"])
    assert logged() == ["changed the label’s website"] * 2


def test_rows_are_read_with_one_query_for_all_people(label: Label, olga: User, mona: User) -> None:
    rows = [log.write(Kind.ASSIGNED, label=label, actor=olga, to=mona, before=olga) for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        lines = lines_of(rows)
    assert len(queries) == 1
    assert lines[0].what == "reassigned it from Olga to Mona"
