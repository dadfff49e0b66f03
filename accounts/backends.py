"""Who signs in by an address and a password."""

from allauth.account import auth_backends
from allauth.account.models import EmailAddress

from accounts.models import User
from kit.mailboxes import mailbox


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's, but an address is looked up by two queries whether it has an account or not."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user: User | None = self._check_password(person_at(email), password)
        return user


def person_at(email: str) -> User | None:
    """Return whose confirmed address it is, else who signed up with it. Two queries in any case."""
    address = mailbox(email)
    confirmed = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    own = User.objects.filter(email=address).first()
    return confirmed.user if confirmed else own
