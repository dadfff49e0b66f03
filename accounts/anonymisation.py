"""Anonymising a user: personal data is emptied, the row stays because history refers to it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts import record
from accounts.models import Session, User
from kit import clock, jobs


class StillActiveError(Exception):
    """Only a deactivated account can be anonymised."""


def anonymise(user: User) -> None:
    """Empty a deactivated user's personal data, for good; a second call does nothing.

    The secret stays, for the digests of history are made from it. What other apps hold about the person is
    emptied by the listeners of "anonymisation". Raises StillActiveError.
    """
    with transaction.atomic():
        person = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if person.is_active:
            raise StillActiveError
        if person.anonymised_at:
            return
        _empty(person)
        _forget_sign_in(person)
        record.tell("anonymised", person=person)
        jobs.announce("anonymisation", user_id=person.pk)


def _empty(person: User) -> None:
    person.name, person.email = "", f"anonymous-{person.pk}@invalid.example"
    person.time_zone, person.last_login = "UTC", None
    person.is_staff = person.is_superuser = False
    person.shortcuts, person.deletes_at = {}, None
    person.anonymised_at = clock.now()
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
    entries.filter(object_id=str(person.pk)).update(object_repr=person.email)


def _forget_sign_in(person: User) -> None:
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    Session.objects.filter(user=person).delete()
