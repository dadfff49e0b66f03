"""Which people hear of an event."""

import pytest

from accounts.models import User
from kit.clock import now
from labels.choices import Role
from labels.models import Membership, Suspension
from labels.tests.builders import make_member
from notifications.audience import listeners, listeners_to, may_still_hear, team_of
from notifications.models import Delivery
from notifications.tests.cast import Cast, last_event, make_admin, make_cast, tell
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, make_submission
from submissions.workflow import perform

pytestmark = pytest.mark.django_db


def told(cast: Cast) -> set[str]:
    """Return by name who hears of the submission's last event."""
    return {cast.name_of(person) for person in listeners(last_event(cast.submission))}


def assign(cast: Cast, person: User) -> None:
    Submission.objects.filter(pk=cast.submission.pk).update(team_assignee=person)


def as_admin(cast: Cast, admin: User, transition: str) -> None:
    perform(cast.submission, transition, actor=Actor.admin(admin), turn=None, key=admin.secret)


def test_producers_act_is_told_to_managers_and_owners() -> None:
    assert told(make_cast("submitted")) == {"owner", "manager"}


@pytest.mark.parametrize("who", ["viewer", "reviewer", "manager"])
def test_assignee_is_told_alone(who: str) -> None:
    cast = make_cast("submitted")
    assign(cast, getattr(cast, who))
    assert told(cast) == {who}


@pytest.mark.parametrize("gone", ["left", "deactivated"])
def test_assignee_who_is_gone_is_replaced_by_managers_and_owners(gone: str) -> None:
    cast = make_cast("submitted")
    assign(cast, cast.reviewer)
    if gone == "left":
        Membership.objects.get(user=cast.reviewer).delete()
    else:
        User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    assert told(cast) == {"owner", "manager"}


@pytest.mark.parametrize("state", ["in_review", "shortlisted", "accepted", "rejected", "scheduled"])
def test_labels_act_is_told_to_the_producer_alone(state: str) -> None:
    assert told(make_cast(state)) == {"producer"}


@pytest.mark.parametrize("transition", ["expire", "link_failed"])
def test_systems_act_is_told_to_both(transition: str) -> None:
    cast = make_cast("expired" if transition == "expire" else "submitted")
    if transition != "expire":
        act(cast.submission, transition)
    assert told(cast) == {"producer", "owner", "manager"}


def test_listening_is_told_to_nobody() -> None:
    cast = make_cast("in_review")
    act(cast.submission, "listened", manager=cast.manager)
    assert told(cast) == set()


def test_staffs_act_is_told_to_both_but_not_to_who_acted() -> None:
    cast, admin = make_cast("submitted"), make_admin()
    as_admin(cast, admin, "start_review")
    assert told(cast) == {"producer", "owner", "manager"}


def test_admin_who_is_in_the_team_is_not_told_of_their_own_act() -> None:
    cast = make_cast("submitted")
    User.objects.filter(pk=cast.manager.pk).update(is_staff=True)
    as_admin(cast, cast.manager, "start_review")
    assert told(cast) == {"producer", "owner"}


def test_member_who_is_the_producer_hears_as_producer_alone() -> None:
    cast = make_cast("submitted")
    Membership.objects.create(label=cast.label, user=cast.producer, role=Role.OWNER)
    assert told(cast) == {"owner", "manager"}
    assign(cast, cast.producer)
    assert cast.producer not in team_of(Submission.objects.get(pk=cast.submission.pk))
    act(cast.submission, "start_review", manager=cast.manager)
    assert told(cast) == {"producer"}


def test_deactivated_people_hear_nothing() -> None:
    cast = make_cast("submitted")
    User.objects.filter(pk__in=[cast.producer.pk, cast.owner.pk]).update(is_active=False)
    assert told(cast) == {"manager"}
    perform(
        cast.submission, "start_review", actor=Actor.member(cast.manager), turn=None, key=cast.owner.secret
    )
    assert told(cast) == set()


def test_team_hears_nothing_more_after_leaving() -> None:
    cast = make_cast("submitted")
    mails = [each for each in tell(last_event(cast.submission)) if each.channel == "email"]
    assert all(may_still_hear(mail) for mail in mails)
    Membership.objects.filter(user=cast.owner).delete()
    User.objects.filter(pk=cast.manager.pk).update(is_active=False)
    fresh = Delivery.objects.with_subject().select_related("person").filter(channel="email")
    assert not any(may_still_hear(mail) for mail in fresh)


def test_suspension_is_told_to_producers_with_something_live() -> None:
    cast = make_cast("in_review")
    make_submission("rejected", label=cast.label, manager=cast.manager)
    suspension = Suspension.objects.create(label=cast.label, started_at=now())
    make_member(cast.label, Role.OWNER)
    make_submission("submitted", label=cast.label)
    assert listeners_to(suspension, is_end=False) == [cast.producer]
    assert listeners_to(suspension, is_end=True) == []
