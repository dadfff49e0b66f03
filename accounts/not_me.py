"""The link in mails about an account for whoever did not do it: ends every session, and leads to a new password."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Session, User

LASTS = timedelta(days=3)
_SALT = "accounts.not_me"
_signer = TimestampSigner(sep=".", salt=_SALT)


def url_for(person: User) -> str:
    """Return the link; it works for three days, until the password changes."""
    token = _signer.sign(f"{person.pk}.{_mark_of(person)}")
    return f"{settings.BASE_URL}{reverse('accounts:not-me', args=[token])}"


def person_in(token: str) -> User | None:
    """Return whose link it is; None for one that we did not sign, that is too old, or that was used."""
    try:
        number, _, mark = _signer.unsign(token, max_age=LASTS).partition(".")
    except BadSignature:
        return None
    person = User.objects.filter(pk=number, is_active=True).first()
    return person if person and constant_time_compare(mark, _mark_of(person)) else None


@transaction.atomic
def lock_out(person: User) -> str:
    """Take the password away and end every session; return the path at which the owner chooses a new one."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Session.objects.filter(user=person).delete()
    parts = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=parts)


def _mark_of(person: User) -> str:
    return salted_hmac(_SALT, person.password).hexdigest()[:20]
