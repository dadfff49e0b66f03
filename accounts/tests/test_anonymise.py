from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from accounts.anonymisation import StillActiveError, anonymise
from accounts.models import Session, User

Queued = Callable[[str], list[dict[str, Any]]]


def deactivated(user: User) -> User:
    user.is_active = False
    user.save()
    return user


def test_deactivated_person_is_taken_out_for_good(signed_in: Client, person: User, queued: Queued) -> None:
    secret = person.secret
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    anonymise(deactivated(person))
    person.refresh_from_db()
    assert (person.name, person.email) == ("", f"anonymous-{person.pk}@invalid.example")
    assert (person.secret, person.has_usable_password()) == (secret, False)
    assert person.anonymised_at
    for model in (EmailAddress, Authenticator, Session):
        assert not model.objects.exists()
    for listener in settings.LISTENERS["anonymisation"]:
        assert queued(listener) == [{"user_id": person.pk}]


def test_again_does_nothing(person: User, queued: Queued) -> None:
    anonymise(deactivated(person))
    before = User.objects.get()
    anonymise(person)
    assert User.objects.get().anonymised_at == before.anonymised_at
    assert len(queued("catalog.forget_profile")) == 1


def test_active_person_stays(person: User, queued: Queued) -> None:
    with pytest.raises(StillActiveError):
        anonymise(person)
    assert User.objects.get().name == "Ines Okafor"
    assert not queued("catalog.forget_profile")


def test_sessions_of_others_stay(person: User) -> None:
    other, browser = User.objects.create_user("jo@example.com"), Client()
    browser.force_login(other)
    anonymise(deactivated(person))
    assert Session.objects.count() == 1
