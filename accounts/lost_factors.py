"""Second factors taken away by Trackflow's staff, from whoever has lost them."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import record
from accounts.models import Session, User
from accounts.tasks import send_mail

SUBJECT = "Two-factor sign-in was turned off by Trackflow’s staff"


@transaction.atomic
def remove_factors(person: User) -> int:
    """Remove apps, passkeys and recovery codes, end all sessions and tell the owner; return how many there were."""
    count, _ = Authenticator.objects.filter(user=person).delete()
    if count:
        Session.objects.filter(user=person).delete()
        record.tell("factors_removed", person=person)
        links = {name: settings.BASE_URL + reverse(name) for name in ("mfa_index", "help")}
        text = render_to_string("accounts/email/factors_removed.txt", links)
        send_mail.defer(to=person.email, subject=SUBJECT, text=text, html="")
    return count
