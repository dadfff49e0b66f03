"""How each notification comes to each person, by default and as they chose."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from kit import clock
from labels.models import Label
from notifications import tasks
from notifications.models import AssignedOnly, Delivery, KindChoice, Preferences
from notifications.notices import tell
from notifications.tests.parties import Parties, make_parties
from submissions.tests.builders import act
from trackflow.testing.announcements import announce_event, jobs_named, last_event

pytestmark = pytest.mark.django_db


def choose(person: User, side: str, kind: str, way: str, label: Label | None = None) -> None:
    KindChoice.objects.create(person=person, side=side, kind=kind, way=way, label=label)


def outcomes(parties: Parties, person: User) -> dict[str, str]:
    """Announce the last event and return what became of it for a person, by channel."""
    rows = announce_event(last_event(parties.submission))
    return {row.channel: row.outcome for row in rows if row.person == person}


def test_new_demo_waits_for_the_teams_digest_and_is_confirmed_at_once() -> None:
    parties = make_parties("submitted")
    assert outcomes(parties, parties.owner) == {"email": "in_digest", "in_app": "sent"}
    assert outcomes(parties, parties.producer) == {"email": "waiting", "in_app": "sent"}


def test_producer_reads_of_opening_in_the_app_only_and_of_a_decision_at_once() -> None:
    parties = make_parties("submitted")
    act(parties.submission, "start_review", manager=parties.manager)
    assert outcomes(parties, parties.producer) == {"email": "off", "in_app": "sent"}
    act(parties.submission, "shortlist", manager=parties.manager)
    assert outcomes(parties, parties.producer) == {"email": "waiting", "in_app": "sent"}


@pytest.mark.parametrize(
    ("way", "email", "in_app"),
    [
        ("at_once", "waiting", "sent"),
        ("digest", "in_digest", "sent"),
        ("app", "off", "sent"),
        ("off", "off", "off"),
    ],
)
def test_each_way_has_its_outcome_on_each_channel(way: str, email: str, in_app: str) -> None:
    parties = make_parties("submitted")
    choose(parties.owner, "team", "new_demos", way)
    assert outcomes(parties, parties.owner) == {"email": email, "in_app": in_app}
    assert outcomes(parties, parties.manager) == {"email": "in_digest", "in_app": "sent"}
    assert Delivery.objects.unread_by(parties.owner).exists() == (in_app == "sent")


def test_choice_for_a_label_counts_before_the_one_for_all_and_only_there() -> None:
    parties = make_parties("submitted")
    choose(parties.owner, "team", "new_demos", "off")
    choose(parties.owner, "team", "new_demos", "at_once", parties.label)
    choose(parties.owner, "producer", "confirmations", "off")
    other = Label.objects.create(name="Elsewhere", slug="elsewhere")
    choose(parties.owner, "team", "new_demos", "app", other)
    assert outcomes(parties, parties.owner) == {"email": "waiting", "in_app": "sent"}


def test_only_what_is_assigned_to_me_leaves_out_the_rest_and_no_notice() -> None:
    parties = make_parties("submitted")
    AssignedOnly.objects.create(person=parties.owner, label=parties.label)
    assert outcomes(parties, parties.owner) == {"email": "off", "in_app": "off"}
    path = f"/desk/{parties.label.slug}/"
    notice = tell(
        [parties.owner],
        label=parties.label,
        submission=parties.submission,
        who=parties.manager,
        what="asked you to look after it",
        path=path,
        key="1",
    )
    assert {row.outcome for row in notice.deliveries.all()} == {"waiting", "sent"}


def test_assigned_demo_is_told_to_whom_it_is_assigned() -> None:
    parties = make_parties("submitted")
    AssignedOnly.objects.create(person=parties.owner, label=parties.label)
    type(parties.submission).objects.filter(pk=parties.submission.pk).update(team_assignee=parties.owner)
    assert outcomes(parties, parties.owner) == {"email": "in_digest", "in_app": "sent"}


def test_what_was_switched_off_while_the_mail_waited_is_not_sent(mailoutbox: list[object]) -> None:
    parties = make_parties("submitted")
    rows = announce_event(last_event(parties.submission))
    mail = next(row for row in rows if row.person == parties.producer and row.channel == "email")
    choose(parties.producer, "producer", "confirmations", "digest")
    tasks.send(delivery_id=mail.pk)
    mail.refresh_from_db()
    assert (mailoutbox, mail.outcome) == ([], "in_digest")


@pytest.mark.parametrize(
    ("begin", "end", "hour", "until"),
    [
        (22, 7, 23, datetime(2026, 6, 2, 7, tzinfo=UTC)),
        (22, 7, 3, datetime(2026, 6, 1, 7, tzinfo=UTC)),
        (22, 7, 7, None),
        (22, 7, 21, None),
        (12, 14, 13, datetime(2026, 6, 1, 14, tzinfo=UTC)),
        (12, 14, 14, None),
    ],
)
def test_quiet_hours_may_pass_midnight(begin: int, end: int, hour: int, until: datetime | None) -> None:
    chosen = Preferences(person=User(time_zone="UTC"), quiet_from=begin, quiet_until=end)
    assert chosen.quiet_end(datetime(2026, 6, 1, hour, 30, tzinfo=UTC)) == until


def test_mail_waits_until_the_quiet_hours_end(mailoutbox: list[object]) -> None:
    parties = make_parties("submitted")
    rows = announce_event(last_event(parties.submission))
    mail = next(row for row in rows if row.person == parties.producer and row.channel == "email")
    before = len(jobs_named("notifications.send"))
    hour = clock.now().hour
    Preferences.objects.create(person=parties.producer, quiet_from=hour, quiet_until=(hour + 2) % 24)
    tasks.send(delivery_id=mail.pk)
    assert mailoutbox == []
    assert len(jobs_named("notifications.send")) == before + 1
    with clock.at(Preferences.objects.get().quiet_end(clock.now()) or clock.now()):
        tasks.send(delivery_id=mail.pk)
    mail.refresh_from_db()
    assert (len(mailoutbox), mail.outcome) == (1, "sent")
