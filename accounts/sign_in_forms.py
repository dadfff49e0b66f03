"""Forms of sign-in, sign-up and password reset: the same work whether an address has an account or not.

Whoever measures our answers must not learn from them who has one; `make bench-timing` measures it.
"""

import uuid
from typing import Any

from allauth.account import forms
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts import limits
from accounts.account_forms import PlainWords
from accounts.models import User
from accounts.tasks import MAIL_RESET_LINK
from kit import jobs
from kit.mailboxes import mailbox


class SignUpForm(PlainWords, forms.SignupForm):
    """Creates the account; for an address that has one, creates another and takes it back."""

    def try_save(self, request: HttpRequest) -> tuple[User, HttpResponse]:
        """Return the user and the answer; the mail says whether the address already had an account.

        Two forms sent at once make one account: the second waits for the first and finds the address taken.
        """
        with transaction.atomic():
            user = self._new_user() or self._undone_user()
            login = Login(user=user, email=self.cleaned_data["email"], signup=True)
            return user, perform_login(request, login)

    def _new_user(self) -> User | None:
        if self.account_already_exists:
            return None
        try:
            with transaction.atomic():
                return self._create(self.cleaned_data["email"])
        except IntegrityError:
            return None

    def _undone_user(self) -> User:
        """Return a user who was never saved, after the same work as for one who was."""
        with transaction.atomic():
            user = self._create(f"{uuid.uuid4().hex}@invalid.example")
            transaction.set_rollback(True)
        return user

    def _create(self, email: str) -> User:
        user = User.objects.create_user(email, self.cleaned_data["password1"])
        address = EmailAddress.objects.create(user=user, email=self.cleaned_data["email"], primary=True)
        EmailAddress.objects.fill_cache_for_user(user, [address])
        return user


class ResetForm(PlainWords, forms.ResetPasswordForm):
    """Leaves it to the worker to look for the account; sends an address a few links an hour and no more.

    Who asked too often is told nothing: earlier links are good still, and a stranger must not use up the owner's tries.
    """

    def clean_email(self) -> str:
        email: str = mailbox(self.cleaned_data["email"])
        return email

    def save(self, request: HttpRequest, **options: Any) -> str:
        email: str = self.cleaned_data["email"]
        if limits.spend(request, "reset_mail", key=email):
            jobs.defer([MAIL_RESET_LINK], email=email)
        return email
