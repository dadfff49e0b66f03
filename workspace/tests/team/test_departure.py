"""Leaving a team, and handing a label over."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from activity.tests.log_lines import logged
from labels.choices import Role
from labels.models import Membership
from notifications.models import Notice
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

LEAVE, HAND_OVER = (reverse(f"workspace:{name}", args=["harbour"]) for name in ("leave", "hand-over"))


def told() -> dict[str, set[User | None]]:
    return {
        str(notice): {each.person for each in notice.deliveries.filter(channel="in_app")}
        for notice in Notice.objects.all()
    }


def test_member_leaves_after_being_asked_and_the_owners_are_told(cast: Cast) -> None:
    client = client_of(cast.reviewer)
    assert "Only a new invitation lets you back in" in client.get(LEAVE).content.decode()
    assert cast.label.role_of(cast.reviewer) == Role.REVIEWER
    answer = client.post(LEAVE)
    assert (answer.status_code, answer["Location"]) == (303, reverse("home"))
    assert cast.label.role_of(cast.reviewer) is None
    assert told() == {"Rita left the team": {cast.owner, cast.insider}}
    assert logged() == ["left the team"]
    assert client.get(LEAVE).status_code == 404


def test_last_owner_cannot_leave_and_is_shown_the_way_out(cast: Cast) -> None:
    Membership.objects.filter(user=cast.insider).delete()
    client = client_of(cast.owner)
    for answer in (client.get(LEAVE), client.post(LEAVE)):
        text = answer.content.decode()
        assert "you are the only one of Harbour" in text
        assert HAND_OVER in text
        assert 'class="button button--danger"' not in text
    assert answer.status_code == 409
    assert cast.label.role_of(cast.owner) == Role.OWNER


def test_owner_hands_over_with_their_password_typed_anew(cast: Cast) -> None:
    cast.owner.set_password(PASSWORD)
    cast.owner.save()
    client, heir = client_of(cast.owner), Membership.objects.get(user=cast.viewer)
    answer = client.get(HAND_OVER)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    client.post(answer["Location"], {"password": "not it"})
    answer = client.post(HAND_OVER, {"to": heir.pk})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert cast.label.role_of(cast.owner) == Role.OWNER
    client.get(HAND_OVER)
    page = client.post(reverse("account_reauthenticate") + f"?next={LEAVE}", {"password": PASSWORD})
    assert page["Location"] == LEAVE
    assert client.get(HAND_OVER).status_code == 200
    assert cast.label.role_of(cast.owner) == Role.OWNER
    assert client.post(HAND_OVER, {"to": heir.pk}).status_code == 303
    assert (cast.label.role_of(cast.owner), cast.label.role_of(cast.viewer)) == (Role.MANAGER, Role.OWNER)
    assert told() == {
        "Olga handed the label over to you: you own it now": {cast.viewer},
        "Olga handed the label over to Viewer": {cast.insider},
    }


def test_label_is_handed_to_members_alone(cast: Cast) -> None:
    client = client_of(cast.owner)
    own, theirs = Membership.objects.get(user=cast.owner), cast.rival.memberships.get()
    for wrong in ("", "0", own.pk, theirs.pk):
        answer: Any = client.post(HAND_OVER, {"to": wrong})
        assert answer.status_code == 422
        assert answer.context["form"].errors.keys() == {"to"}
    assert cast.label.role_of(cast.owner) == Role.OWNER


def test_only_owners_hand_over(cast: Cast) -> None:
    for person, status in ((cast.manager, 403), (cast.viewer, 403), (cast.rival, 404), (cast.stranger, 404)):
        assert client_of(person).get(HAND_OVER).status_code == status
        assert client_of(person).post(HAND_OVER).status_code == status
