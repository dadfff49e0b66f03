"""What an invitation's link opens, for whoever holds it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.anonymisation import anonymise
from accounts.models import User
from activity.models import Activity
from activity.sentences import lines_of
from kit.clock import at, now
from labels import status as labels_status
from labels.choices import Role
from labels.models import Invitation
from labels.team.invitations import accept, invite, resend, revoke, token_of
from labels.tests.builders import make_user
from notifications.models import Delivery, Notice
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from workspace.tasks import forget_addresses


@pytest.fixture
def offer(cast: Cast) -> Invitation:
    with at(now() - timedelta(hours=1)):
        return invite(cast.label, email="ada@example.com", role=Role.REVIEWER, days=7, by=cast.manager)


def path(offer: Invitation) -> str:
    return reverse("invitation", args=[offer.code, token_of(offer)])


def test_anybody_with_the_link_reads_it_and_nothing_happens(offer: Invitation) -> None:
    answer = Client().get(path(offer))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    for said in ("Mona", "Harbour", "reviewer", "ada@example.com"):
        assert said in text
    for name in ("account_signup", "account_login"):
        assert f'href="{reverse(name)}?next={quote(path(offer))}"' in text
    assert "Join as" not in text
    client_of(make_user()).get(path(offer))
    assert Invitation.objects.get().is_open()


def test_who_is_not_signed_in_is_sent_there_and_back(offer: Invitation) -> None:
    answer = Client().post(path(offer))
    assert answer["Location"] == f"{reverse('account_login')}?next={quote(path(offer))}"


def test_invited_person_joins_and_inviter_and_owners_are_told(cast: Cast, offer: Invitation) -> None:
    ada = make_user("ada@example.com", name="Ada")
    client = client_of(ada)
    text = client.get(path(offer)).content.decode()
    assert "Join as" in text
    assert "It was sent to" not in text
    answer = client.post(path(offer))
    assert (answer.status_code, answer["Location"]) == (303, reverse("desk:queue", args=["harbour"]))
    assert cast.label.role_of(ada) == Role.REVIEWER
    notice = Notice.objects.get()
    assert (str(notice), notice.text) == ("Ada joined the team as reviewer", "")
    told = Delivery.objects.filter(notice=notice, channel="in_app").values_list("person", flat=True)
    assert set(told) == {cast.manager.pk, cast.owner.pk, cast.insider.pk}
    [line] = lines_of(Activity.objects.with_people())
    assert f"{line.who} {line.what}" == f"Ada joined as reviewer, by the invitation {offer.code}"
    assert "You joined the team of Harbour as a reviewer." in client.get(answer["Location"]).content.decode()


def test_other_account_is_said_plainly_and_the_inviter_is_told_which(cast: Cast, offer: Invitation) -> None:
    eve = make_user("eve@example.com", name="Eve")
    client = client_of(eve)
    text = client.get(path(offer)).content.decode()
    assert "It was sent to" in text
    assert "eve@example.com" in text
    assert client.post(path(offer)).status_code == 303
    assert Notice.objects.get().text == (
        "The invitation went to ada@example.com; the account that joined is eve@example.com."
    )


def test_second_address_of_an_account_is_theirs_once_confirmed(offer: Invitation) -> None:
    eve = make_user("eve@example.com")
    second = EmailAddress.objects.create(user=eve, email="Ada@example.com", verified=False)
    assert "It was sent to" in client_of(eve).get(path(offer)).content.decode()
    second.verified = True
    second.save()
    assert "It was sent to" not in client_of(eve).get(path(offer)).content.decode()


def test_member_is_told_so_and_the_invitation_stays(cast: Cast, offer: Invitation) -> None:
    client = client_of(cast.viewer)
    for answer, status in ((client.get(path(offer)), 200), (client.post(path(offer)), 409)):
        assert answer.status_code == status
        assert "already" in answer.content.decode()
        assert reverse("desk:queue", args=["harbour"]) in answer.content.decode()
    assert cast.label.role_of(cast.viewer) == Role.VIEWER
    assert Invitation.objects.get().is_open()


def _runs_out(offer: Invitation, cast: Cast) -> None:
    Invitation.objects.update(expires_at=now())


def _is_revoked(offer: Invitation, cast: Cast) -> None:
    revoke(offer, by=cast.manager)


def _is_used(offer: Invitation, cast: Cast) -> None:
    accept(offer, nonce=offer.nonce, user=make_user())


def _is_sent_again(offer: Invitation, cast: Cast) -> None:
    resend(offer, by=cast.manager)


def _label_closes(offer: Invitation, cast: Cast) -> None:
    labels_status.close(cast.label)


def _label_is_suspended(offer: Invitation, cast: Cast) -> None:
    labels_status.suspend(cast.label, reason="Asked for money.")


def _inviter_goes(offer: Invitation, cast: Cast) -> None:
    client = client_of(cast.owner)
    client.post(reverse("workspace:member-remove", args=["harbour", cast.manager.memberships.get().pk]))


GONE = [
    (_runs_out, "has expired"),
    (_is_revoked, "was revoked"),
    (_is_used, "has already been used"),
    (_is_sent_again, "A newer link was sent"),
    (_label_closes, "Harbour has closed"),
    (_label_is_suspended, "Harbour is suspended at the moment"),
    (_inviter_goes, "was revoked"),
]


@pytest.mark.parametrize(("happens", "said"), GONE)
def test_link_that_is_good_no_more_says_why(
    cast: Cast, offer: Invitation, happens: Callable[[Invitation, Cast], None], said: str
) -> None:
    happens(offer, cast)
    guest = make_user()
    for answer, status in (
        (Client().get(path(offer)), 410),
        (client_of(guest).get(path(offer)), 410),
        (client_of(guest).post(path(offer)), 409),
    ):
        assert answer.status_code == status
        assert said in answer.content.decode()
        assert "Join as" not in answer.content.decode()
    assert cast.label.role_of(guest) is None


def test_link_we_did_not_make_says_nothing_of_any_label(offer: Invitation) -> None:
    token = token_of(offer)
    for wrong in (path(offer).replace(token, "x"), reverse("invitation", args=["IN-0000-0000", token])):
        for answer in (Client().get(wrong), client_of(make_user()).post(wrong)):
            text = answer.content.decode()
            assert answer.status_code == 404
            assert "This link is not valid" in text
            assert "Harbour" not in text
            assert "ada@example.com" not in text


def test_two_with_the_same_link_make_one_member(cast: Cast, offer: Invitation) -> None:
    first, second = make_user(), make_user()
    answers: list[Any] = [client_of(user).post(path(offer)) for user in (first, second)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert cast.label.role_of(second) is None
    assert User.objects.get(pk=first.pk).runs_label


def test_anonymised_member_leaves_no_address_behind(cast: Cast, offer: Invitation) -> None:
    guest = make_user("other@example.com", name="Ada")
    client_of(guest).post(path(offer))
    assert "ada@example.com" in Notice.objects.get().text
    User.objects.filter(pk=guest.pk).update(is_active=False)
    anonymise(guest)
    forget_addresses(user_id=guest.pk)
    assert Notice.objects.get().text == ""
    assert Invitation.objects.get().email == User.objects.get(pk=guest.pk).email != "ada@example.com"
