"""Which people hear of an event."""

import pytest

from accounts.models import User
from kit.clock import now
from labels.choices import Role
from labels.models import Membership, Suspension
from labels.tests.builders import make_member
from notifications.audience import may_receive, recipients, suspension_recipients, team_recipients
from notifications.models import Delivery
from notifications.tests.parties import Parties, make_admin, make_parties
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, make_submission
from submissions.workflow import perform
from trackflow.testing.announcements import announce_event, last_event

pytestmark = pytest.mark.django_db


def told(parties: Parties) -> set[str]:
    """Return by name who hears of the submission's last event."""
    return {parties.name_of(person) for person in recipients(last_event(parties.submission))}


def assign(parties: Parties, person: User) -> None:
    Submission.objects.filter(pk=parties.submission.pk).update(team_assignee=person)


def as_admin(parties: Parties, admin: User, transition: str) -> None:
    perform(parties.submission, transition, actor=Actor.admin(admin), turn=None, key=admin.secret)


def test_producers_act_is_told_to_managers_and_owners() -> None:
    assert told(make_parties("withdrawn")) == {"owner", "manager"}


def test_what_was_sent_is_confirmed_to_its_producer() -> None:
    assert told(make_parties("submitted")) == {"owner", "manager", "producer"}


@pytest.mark.parametrize("who", ["viewer", "reviewer", "manager"])
def test_assignee_is_told_alone(who: str) -> None:
    parties = make_parties("submitted")
    assign(parties, getattr(parties, who))
    assert told(parties) == {who, "producer"}


@pytest.mark.parametrize("gone", ["left", "deactivated"])
def test_assignee_who_is_gone_is_replaced_by_managers_and_owners(gone: str) -> None:
    parties = make_parties("submitted")
    assign(parties, parties.reviewer)
    if gone == "left":
        Membership.objects.get(user=parties.reviewer).delete()
    else:
        User.objects.filter(pk=parties.reviewer.pk).update(is_active=False)
    assert told(parties) == {"owner", "manager", "producer"}


@pytest.mark.parametrize("state", ["in_review", "shortlisted", "accepted", "rejected", "scheduled"])
def test_labels_act_is_told_to_the_producer_alone(state: str) -> None:
    assert told(make_parties(state)) == {"producer"}


@pytest.mark.parametrize("transition", ["expire", "link_failed"])
def test_systems_act_is_told_to_both(transition: str) -> None:
    parties = make_parties("expired" if transition == "expire" else "submitted")
    if transition != "expire":
        act(parties.submission, transition)
    assert told(parties) == {"producer", "owner", "manager"}


def test_listening_is_told_to_nobody() -> None:
    parties = make_parties("in_review")
    act(parties.submission, "listened", manager=parties.manager)
    assert told(parties) == set()


def test_staffs_act_is_told_to_both_but_not_to_who_acted() -> None:
    parties, admin = make_parties("submitted"), make_admin()
    as_admin(parties, admin, "start_review")
    assert told(parties) == {"producer", "owner", "manager"}


def test_admin_who_is_in_the_team_is_not_told_of_their_own_act() -> None:
    parties = make_parties("submitted")
    User.objects.filter(pk=parties.manager.pk).update(is_staff=True)
    as_admin(parties, parties.manager, "start_review")
    assert told(parties) == {"producer", "owner"}


def test_member_who_is_the_producer_hears_as_producer_alone() -> None:
    parties = make_parties("submitted")
    Membership.objects.create(label=parties.label, user=parties.producer, role=Role.OWNER)
    assert told(parties) == {"owner", "manager", "producer"}
    assign(parties, parties.producer)
    assert parties.producer not in team_recipients(Submission.objects.get(pk=parties.submission.pk))
    act(parties.submission, "start_review", manager=parties.manager)
    assert told(parties) == {"producer"}


def test_deactivated_people_hear_nothing() -> None:
    parties = make_parties("submitted")
    User.objects.filter(pk__in=[parties.producer.pk, parties.owner.pk]).update(is_active=False)
    assert told(parties) == {"manager"}
    perform(
        parties.submission,
        "start_review",
        actor=Actor.member(parties.manager),
        turn=None,
        key=parties.owner.secret,
    )
    assert told(parties) == set()


def test_team_hears_nothing_more_after_leaving() -> None:
    parties = make_parties("submitted")
    mails = [each for each in announce_event(last_event(parties.submission)) if each.channel == "email"]
    assert all(may_receive(mail) for mail in mails)
    Membership.objects.filter(user=parties.owner).delete()
    User.objects.filter(pk=parties.manager.pk).update(is_active=False)
    fresh = Delivery.objects.with_subject().select_related("person").filter(channel="email")
    assert [mail.person for mail in fresh if may_receive(mail)] == [parties.producer]


def test_suspension_is_told_to_producers_with_something_live() -> None:
    parties = make_parties("in_review")
    make_submission("rejected", label=parties.label, manager=parties.manager)
    suspension = Suspension.objects.create(label=parties.label, reason="Asked for money.", started_at=now())
    make_member(parties.label, Role.OWNER)
    make_submission("submitted", label=parties.label)
    assert suspension_recipients(suspension, is_end=False) == [parties.producer]
    assert suspension_recipients(suspension, is_end=True) == []
