"""The team's page: who sees what of it, and what may be done there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from activity.models import Activity
from activity.sentences import lines_of
from kit.clock import at, now
from labels.choices import Role
from labels.models import Invitation, Membership
from labels.status import suspend
from labels.team.invitations import invite
from labels.tests.builders import make_member
from notifications.models import Notice
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

QUERIES = 6
"""Session, user, desk, members, invitations, their jobs, own desks, unread."""
SENT = {"email": "ada@example.com", "role": Role.REVIEWER.value, "days": "7"}


def page(user: User) -> Any:
    return client_of(user).get(reverse("workspace:team", args=["harbour"]))


def post(user: User, name: str, *more: Any, **fields: Any) -> Any:
    return client_of(user).post(reverse(f"workspace:{name}", args=["harbour", *more]), fields)


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user, label__slug="harbour")


def log() -> list[str]:
    return [f"{line.who} {line.what}" for line in lines_of(Activity.objects.order_by("pk").with_people())]


def test_everybody_of_the_team_sees_who_is_in_it_and_managers_who_is_invited(cast: Cast) -> None:
    invite(cast.label, email="ada@example.com", role=Role.VIEWER, days=7, by=cast.owner)
    for person in (cast.owner, cast.manager, cast.reviewer, cast.viewer):
        text = page(person).content.decode()
        is_manager = person in (cast.owner, cast.manager)
        assert all(name in text for name in ("Olga", "Mona", "Rita", "Viewer"))
        assert ("ada@example.com" in text) == is_manager
        assert (cast.viewer.email in text) == is_manager
        assert text.count(">you<") == 1
    for person in (cast.rival, cast.producer, cast.stranger):
        assert page(person).status_code == 404


def test_each_role_is_explained(cast: Cast) -> None:
    text = page(cast.viewer).content.decode()
    assert all(f"<dt>{role.label.capitalize()}</dt>" in text for role in Role)


@pytest.mark.parametrize("count", [1, 5])
def test_page_asks_as_often_whatever_the_team(
    cast: Cast, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        make_member(cast.label, Role.VIEWER)
        invite(cast.label, email=f"guest{number}@example.com", role=Role.VIEWER, days=7, by=cast.owner)
    client = client_of(cast.manager)
    with django_assert_num_queries(QUERIES):
        assert client.get(reverse("workspace:team", args=["harbour"])).status_code == 200


def test_owner_invites_by_email_with_role_and_expiry(cast: Cast) -> None:
    assert post(cast.owner, "invite", **SENT | {"days": "14"}).status_code == 303
    kept = Invitation.objects.get()
    assert (kept.email, kept.role) == ("ada@example.com", Role.REVIEWER)
    assert (kept.expires_at - kept.created_at).days == 14
    assert log() == [f"Olga sent the invitation {kept.code}, for a reviewer"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": f"{'a' * 300}@example.com"}, "email"),
        ({"email": ""}, "email"),
        ({"role": Role.MANAGER.value}, "role"),
        ({"days": "365"}, "days"),
    ],
)
def test_bad_input_is_said_and_kept(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    answer = post(cast.manager, "invite", **SENT | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert str((SENT | wrong)["email"]) in answer.content.decode()
    assert not Invitation.objects.exists()


def test_member_is_not_invited_and_who_is_invited_is_offered_another_mail(cast: Cast) -> None:
    answer = post(cast.owner, "invite", **SENT | {"email": cast.viewer.email})
    assert answer.status_code == 422
    assert "is already in your team" in str(answer.context["form"].errors["email"])
    with at(now() - timedelta(minutes=5)):
        made = invite(cast.label, email="ada@example.com", role=Role.VIEWER, days=7, by=cast.owner)
    answer = post(cast.owner, "invite", **SENT)
    assert answer.status_code == 422
    assert "has an open invitation" in str(answer.context["form"].errors["email"])
    assert answer.context["known"] == made
    assert post(cast.owner, "invitation-resend", made.code, **SENT).status_code == 303
    assert Invitation.objects.get().nonce != made.nonce


def test_manager_resends_and_revokes(cast: Cast) -> None:
    made = invite(cast.label, email="ada@example.com", role=Role.VIEWER, days=7, by=cast.owner)
    answer = post(cast.manager, "invitation-resend", made.code)
    assert answer.status_code == 409
    assert "less than a minute ago" in answer.content.decode()
    with at(now() + timedelta(days=8)):
        assert "expired on" in page(cast.manager).content.decode()
        assert post(cast.manager, "invitation-resend", made.code).status_code == 303
        assert "expired on" not in page(cast.manager).content.decode()
        assert post(cast.manager, "invitation-revoke", made.code).status_code == 303
        answer = post(cast.manager, "invitation-revoke", made.code)
    assert answer.status_code == 409
    assert "was revoked meanwhile" in answer.content.decode()
    assert log() == [
        f"Mona sent the invitation {made.code} again",
        f"Mona revoked the invitation {made.code}",
    ]


def test_manager_touches_no_offer_of_a_managers_place(cast: Cast) -> None:
    made = invite(cast.label, email="ada@example.com", role=Role.MANAGER, days=7, by=cast.owner)
    for name in ("invitation-resend", "invitation-revoke"):
        assert post(cast.manager, name, made.code).status_code == 403
        assert post(cast.rival, name, made.code).status_code == 404
    assert (
        reverse("workspace:invitation-revoke", args=["harbour", made.code])
        not in page(cast.manager).content.decode()
    )
    assert Invitation.objects.open().get().nonce == made.nonce


def test_invitation_of_another_label_is_not_found(cast: Cast) -> None:
    theirs = cast.rival.memberships.get().label
    made = invite(theirs, email="ada@example.com", role=Role.VIEWER, days=7, by=cast.rival)
    assert post(cast.owner, "invitation-revoke", made.code).status_code == 404
    assert post(cast.owner, "member-remove", cast.rival.memberships.get().pk).status_code == 404


def test_owner_changes_a_role_and_the_member_is_told(cast: Cast) -> None:
    target = membership(cast.reviewer)
    assert post(cast.owner, "member-role", target.pk, role=Role.MANAGER.value).status_code == 303
    assert cast.label.role_of(cast.reviewer) == Role.MANAGER
    notice = Notice.objects.get()
    assert str(notice) == "Olga changed your role from reviewer to manager"
    assert [each.person for each in notice.deliveries.filter(channel="in_app")] == [cast.reviewer]
    assert log() == ["Olga changed the role of Rita from reviewer to manager"]
    post(cast.owner, "member-role", target.pk, role=Role.MANAGER.value)
    assert Notice.objects.count() == 1


def test_manager_makes_nobody_a_manager(cast: Cast) -> None:
    target = membership(cast.viewer)
    assert post(cast.manager, "member-role", target.pk, role=Role.MANAGER.value).status_code == 422
    assert post(cast.manager, "member-role", target.pk, role=Role.REVIEWER.value).status_code == 303
    assert cast.label.role_of(cast.viewer) == Role.REVIEWER
    assert post(cast.manager, "member-role", membership(cast.owner).pk, role=1).status_code == 403


def test_last_owner_cannot_step_down_and_is_told_why(cast: Cast) -> None:
    membership(cast.insider).delete()
    answer = post(cast.owner, "member-role", membership(cast.owner).pk, role=Role.MANAGER.value)
    assert answer.status_code == 409
    assert "at least one active owner" in answer.content.decode()
    assert cast.label.role_of(cast.owner) == Role.OWNER


def test_manager_takes_a_viewer_out_of_the_team(cast: Cast) -> None:
    target = membership(cast.viewer)
    assert post(cast.manager, "member-remove", target.pk).status_code == 303
    assert cast.label.role_of(cast.viewer) is None
    assert log() == ["Mona removed Viewer from the team"]
    assert post(cast.manager, "member-remove", target.pk).status_code == 404


def test_who_removes_themselves_is_asked_whether_to_leave(cast: Cast) -> None:
    answer = post(cast.owner, "member-remove", membership(cast.owner).pk)
    assert (answer.status_code, answer["Location"]) == (303, reverse("workspace:leave", args=["harbour"]))
    assert cast.label.role_of(cast.owner) == Role.OWNER


def test_suspended_team_reads_and_does_not_grow(cast: Cast) -> None:
    suspend(cast.label, reason="Asked for money.")
    answer = page(cast.owner)
    assert answer.status_code == 200
    assert answer.context["form"] is None
    assert post(cast.owner, "invite", **SENT).status_code == 409
    assert post(cast.owner, "member-role", membership(cast.viewer).pk, role=2).status_code == 409
    assert post(cast.owner, "member-remove", membership(cast.viewer).pk).status_code == 303
