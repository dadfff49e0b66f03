"""Which addresses get no mail any more, since when and why, and how they get it again."""

from datetime import datetime, timedelta
from functools import cache

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction

from accounts.models import User
from kit import jobs
from kit.clock import now
from kit.mailboxes import mailbox
from kit.statements import Statement, param
from notifications.choices import Refusal
from notifications.models import RefusedAddress

ASK = "notifications.ask_address"
VALID = timedelta(days=3)
PAUSE = timedelta(minutes=10)
"""Between two questions to the same address."""

_signer = TimestampSigner(salt="notifications.address")


def is_refused(address: str) -> bool:
    """Whether an address gets nothing but what its owner needs to sign in or asked for. One query."""
    return RefusedAddress.objects.filter(address=mailbox(address), confirmed_at=None).exists()


def refusal_of(person: User) -> RefusedAddress | None:
    """Return why a person's address gets no mail, None if it does. One query."""
    return _refusal_of().first(address=mailbox(person.email))


@cache
def _refusal_of() -> Statement[RefusedAddress]:
    return Statement(RefusedAddress.objects.filter(address=param("address"), confirmed_at=None))


@transaction.atomic
def refuse(address: str, reason: Refusal, *, provider: str, detail: str, moment: datetime | None) -> None:
    """Send no more mail to an address that refused some; nothing if it was confirmed since then."""
    address, moment = mailbox(address), moment or now()
    values = {
        "reason": reason,
        "provider": provider[:40],
        "detail": detail[:500],
        "refused_at": moment,
        "person": User.objects.filter(email=address).first(),
    }
    row, is_new = RefusedAddress.objects.select_for_update(of=("self",)).get_or_create(
        address=address, defaults=values
    )
    if is_new or (row.confirmed_at and row.confirmed_at >= moment):
        return
    for name, value in {**values, "confirmed_at": None}.items():
        setattr(row, name, value)
    row.save()


@transaction.atomic
def ask(person: User) -> bool:
    """Queue a mail that asks a person's address to confirm itself; False if one is on its way."""
    rows = RefusedAddress.objects.select_for_update(of=("self",))
    row = rows.filter(address=mailbox(person.email), confirmed_at=None).first()
    if row is None or (row.asked_at and row.asked_at > now() - PAUSE):
        return False
    row.asked_at = now()
    row.save(update_fields=["asked_at"])
    jobs.defer([ASK], address_id=row.pk)
    return True


def token_of(row: RefusedAddress) -> str:
    return _signer.sign_object([row.pk, row.address])


def confirm(token: str, *, is_sure: bool) -> RefusedAddress | None:
    """Return the address of a link, None for one we did not make or an old one; mail it again if `is_sure`."""
    try:
        pk, address = _signer.unsign_object(token, max_age=VALID)
    except (BadSignature, ValueError, UnicodeError):
        return None
    row = RefusedAddress.objects.filter(pk=pk, address=address).first()
    if row and is_sure and row.confirmed_at is None:
        row.confirmed_at = now()
        row.save(update_fields=["confirmed_at"])
    return row


def forget(person: User) -> None:
    """Delete the addresses of somebody who was anonymised."""
    RefusedAddress.objects.filter(person=person).delete()
