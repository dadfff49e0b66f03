"""One mailbox is one account, whichever way its address is typed."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import PASSWORD

TYPED = ["ines@bücher.example", "INES@BÜCHER.EXAMPLE", "ines@xn--bcher-kva.example"]


@pytest.fixture
def ines(db: None) -> User:
    cache.clear()
    user = User.objects.create_user("ines@bücher.example", PASSWORD, runs_label=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize("typed", TYPED)
def test_person_signs_in_whichever_way_they_type_their_host(client: Client, ines: User, typed: str) -> None:
    answer = client.post(reverse("account_login"), {"login": typed, "password": PASSWORD})
    assert answer["Location"] == reverse("home")


@pytest.mark.parametrize("typed", TYPED)
def test_second_account_for_a_mailbox_is_not_made(client: Client, ines: User, typed: str) -> None:
    client.post(reverse("account_signup"), {"email": typed, "password1": PASSWORD})
    client.force_login(ines)
    client.post(reverse("account_email"), {"email": typed, "action_add": ""})
    assert (User.objects.count(), EmailAddress.objects.count()) == (1, 1)
