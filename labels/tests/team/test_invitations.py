"""Places in a team, offered by mail and taken."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit.clock import at, now
from kit.errors import NotPossible
from labels import status
from labels.choices import Role, Status
from labels.models import Invitation, Label, Membership
from labels.team import service as team
from labels.team.invitations import MOST_A_DAY, MOST_OPEN, accept, invite, nonce_in, resend, revoke, token_of
from labels.team.service import change_role
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def owner(label: Label) -> User:
    return make_member(label, Role.OWNER)


def offer(label: Label, by: User, email: str = "ada@example.com", role: Role = Role.REVIEWER) -> Invitation:
    return invite(label, email=email, role=role, days=7, by=by)


def mails() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.send_invitation").order_by("id")
    return [job.args["nonce"] for job in jobs]


def test_owner_invites_by_email_with_role_and_expiry(label: Label, owner: User) -> None:
    with at(moment := now()):
        made = invite(label, email=" Ada@Example.com", role=Role.MANAGER, days=3, by=owner)
    kept = Invitation.objects.get()
    assert (kept.email, kept.role, kept.invited_by) == ("ada@example.com", Role.MANAGER, owner)
    assert kept.expires_at == moment + timedelta(days=3)
    assert mails() == [made.nonce.hex]


def test_whose_address_is_a_members_is_not_invited(label: Label, owner: User) -> None:
    EmailAddress.objects.create(user=owner, email="Second@example.com", verified=True)
    for email in (owner.email.upper(), "second@example.com"):
        with pytest.raises(ValidationError, match="is already in your team") as refusal:
            offer(label, owner, email)
        assert set(refusal.value.error_dict) == {"email"}
    assert mails() == []


@pytest.mark.parametrize("typed", ["guest@bücher.example", "GUEST@xn--bcher-kva.example"])
def test_mailbox_is_invited_once_however_its_host_is_written(label: Label, owner: User, typed: str) -> None:
    offer(label, owner, "guest@xn--bcher-kva.example")
    with pytest.raises(ValidationError, match="open invitation"):
        offer(label, owner, typed)


def test_address_is_invited_once_at_a_time(label: Label, owner: User) -> None:
    first = offer(label, owner)
    with at(now() + timedelta(days=8)), pytest.raises(ValidationError, match="has an open invitation"):
        offer(label, owner, "ADA@example.com")
    revoke(first, by=owner)
    assert offer(label, owner).code != first.code


def test_label_has_at_most_twenty_open_invitations(label: Label, owner: User) -> None:
    for number in range(MOST_OPEN):
        last = offer(label, owner, f"guest{number}@example.com")
    with pytest.raises(ValidationError, match="at most 20 open invitations"):
        offer(label, owner)
    revoke(last, by=owner)
    offer(label, owner)


def test_label_writes_to_so_many_strangers_a_day_and_no_more(label: Label, owner: User) -> None:
    for number in range(MOST_A_DAY):
        revoke(offer(label, owner, f"guest{number}@example.com"), by=owner)
    with pytest.raises(ValidationError, match="at most 40 new invitations a day"):
        offer(label, owner)
    with at(now() + timedelta(hours=25)):
        offer(label, owner)


def test_who_resends_kills_the_link_before_and_starts_the_days_anew(label: Label, owner: User) -> None:
    first = offer(label, owner)
    old = token_of(first)
    with at(moment := now() + timedelta(days=9)):
        fresh = resend(first, by=owner)
        assert fresh.expires_at == moment + timedelta(days=7)
        guest = make_user("ada@example.com")
        nonce = nonce_in(old, first.code)
        assert nonce
        with pytest.raises(ValidationError, match="no longer valid"):
            accept(first, nonce=nonce, user=guest)
        assert accept(first, nonce=fresh.nonce, user=guest).role == Role.REVIEWER
    assert mails() == [first.nonce.hex, fresh.nonce.hex]


@pytest.mark.parametrize(("seconds", "is_sent"), [(59, False), (60, True)])
def test_invitation_is_resent_once_a_minute(label: Label, owner: User, seconds: int, is_sent: bool) -> None:
    first = offer(label, owner)
    with at(first.sent_at + timedelta(seconds=seconds)):
        if is_sent:
            assert resend(first, by=owner).nonce != first.nonce
        else:
            with pytest.raises(ValidationError, match="less than a minute"):
                resend(first, by=owner)
    assert len(mails()) == 1 + is_sent


@pytest.mark.parametrize("days", [-1, 0])
def test_invitation_runs_out_when_it_says(label: Label, owner: User, days: int) -> None:
    made, guest = offer(label, owner), make_user()
    with at(made.expires_at + timedelta(seconds=days)):
        if days:
            accept(made, nonce=made.nonce, user=guest)
        else:
            with pytest.raises(ValidationError, match="no longer valid"):
                accept(made, nonce=made.nonce, user=guest)
    assert (label.role_of(guest) is not None) == bool(days)


def test_guest_accepts_once_and_runs_a_label_from_then_on(label: Label, owner: User) -> None:
    made, guest = offer(label, owner), make_user()
    accept(made, nonce=made.nonce, user=guest)
    assert label.role_of(guest) == Role.REVIEWER
    assert User.objects.get(pk=guest.pk).runs_label
    for person in (guest, make_user()):
        with pytest.raises(ValidationError, match="accepted meanwhile"):
            accept(made, nonce=made.nonce, user=person)
    with pytest.raises(ValidationError, match="accepted meanwhile"):
        revoke(made, by=owner)


def test_member_is_not_made_one_again(label: Label, owner: User) -> None:
    made = offer(label, owner, role=Role.VIEWER)
    with pytest.raises(ValidationError, match="already in Harbour’s team"):
        accept(made, nonce=made.nonce, user=owner)
    assert label.role_of(owner) == Role.OWNER
    assert Invitation.objects.get().is_open()


def test_revoked_invitation_is_good_for_nothing(label: Label, owner: User) -> None:
    made = revoke(offer(label, owner), by=owner)
    with pytest.raises(ValidationError, match="revoked meanwhile"):
        accept(made, nonce=made.nonce, user=make_user())
    with pytest.raises(ValidationError, match="revoked meanwhile"):
        resend(made, by=owner)


@pytest.mark.parametrize("step", [partial(status.suspend, reason="Asked for money."), status.close])
def test_team_of_a_stopped_label_does_not_grow(label: Label, owner: User, step: object) -> None:
    made = offer(label, owner)
    step(label)  # type: ignore[operator]  # one of `labels.status`
    with pytest.raises(NotPossible, match=r"is (suspended|closed)"):
        offer(label, owner, "eve@example.com")
    with pytest.raises(NotPossible, match=r"is (suspended|closed)"):
        resend(made, by=owner)
    with pytest.raises(NotPossible, match=r"is (suspended|closed)"):
        accept(made, nonce=made.nonce, user=make_user())
    revoke(made, by=owner)
    assert Label.objects.get().status in (Status.SUSPENDED, Status.CLOSED)


def test_what_a_manager_offered_goes_with_them(label: Label, owner: User) -> None:
    manager = make_member(label, Role.MANAGER)
    theirs, ours = offer(label, manager), offer(label, owner, "eve@example.com")
    team.end_membership(Membership.objects.get(user=manager), by=owner)
    assert list(Invitation.objects.open()) == [ours]
    with pytest.raises(ValidationError, match="revoked"):
        accept(theirs, nonce=theirs.nonce, user=make_user())


def test_who_was_deactivated_lets_nobody_in(label: Label, owner: User) -> None:
    made = offer(label, owner, role=Role.OWNER)
    colleague = make_member(label, Role.OWNER)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="no longer valid"):
        accept(made, nonce=made.nonce, user=make_user())
    with at(now() + timedelta(minutes=2)):
        fresh = resend(made, by=colleague)
        assert accept(made, nonce=fresh.nonce, user=make_user()).role == Role.OWNER


def test_who_falls_keeps_what_they_may_still_offer(label: Label, owner: User) -> None:
    second = make_member(label, Role.OWNER)
    offer(label, second, "boss@example.com", Role.OWNER)
    kept = offer(label, second)
    change_role(Membership.objects.get(user=second), Role.MANAGER, by=owner)
    assert list(Invitation.objects.open()) == [kept]


def test_who_was_removed_a_moment_ago_invites_nobody(label: Label, owner: User) -> None:
    manager = make_member(label, Role.MANAGER)
    made = offer(label, manager)
    team.end_membership(Membership.objects.get(user=manager), by=owner)
    for act in (lambda: offer(label, manager, "eve@example.com"), lambda: revoke(made, by=manager)):
        with pytest.raises(PermissionDenied):
            act()


def test_token_is_good_for_its_invitation_alone(label: Label, owner: User) -> None:
    first, second = offer(label, owner), offer(label, owner, "eve@example.com")
    token = token_of(first)
    assert nonce_in(token, first.code) == first.nonce
    assert nonce_in(token, second.code) is None
    assert nonce_in(f"{uuid4().hex}.{token.partition('.')[2]}", first.code) is None
    assert nonce_in("", first.code) is None
