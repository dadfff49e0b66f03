"""allauth's adapters: limits of sign-in, mail sent by the worker with links to BASE_URL, and the return path."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from accounts import known_browsers, limits, not_me, return_path, sign_in_record, unsent_forms
from accounts.account_words import ACCOUNT_ERRORS, MFA_ERRORS, WAYS
from accounts.browser_names import browser_name
from accounts.models import User
from accounts.session_list import end_other_sessions
from accounts.tasks import SEND_MAIL, WARN_OF_TRIES
from kit import jobs
from kit.mailboxes import mailbox
from kit.urls import split_url


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | ACCOUNT_ERRORS

    _tries: tuple[limits.Try, ...] = ()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a sign-in, until it succeeds, against the account from this network and, slower, from anywhere.

        LimitReachedError if either is used up; the owner is warned of the latter. Who is signed in already is only
        typing their password once more, and not kept from it by strangers.
        """
        email = _address(credentials)
        self._tries = (limits.check(request, "login_failed", key=self._place(request, email)),)
        if request.user.is_authenticated:
            return
        from_anywhere = limits.spend(request, "login_failed_anywhere", key=email)
        self._tries += (from_anywhere,)
        if from_anywhere.until:
            if limits.spend(request, "login_warning", key=email):
                jobs.defer([WARN_OF_TRIES], email=email)
            raise limits.LimitReachedError("login_failed_anywhere", from_anywhere.until)

    def _place(self, request: HttpRequest, email: str) -> str:
        return f"{limits.network_of(request)} {email}"

    def _rollback_login_failed_rl_usage(self) -> None:
        for each in self._tries:
            each.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget the failed sign-ins of an account whose password was just reset."""
        email = _address(credentials)
        limits.forget(request, "login_failed", key=self._place(request, email))
        limits.forget(request, "login_failed_anywhere", key=email)

    def clean_email(self, email: str) -> str:
        """Return a typed address as it is stored: one mailbox is one account."""
        return mailbox(email)

    def set_password(self, user: User, password: str) -> None:
        """Save the password alone: an admin may change the account meanwhile; end all other sessions."""
        user.set_password(password)
        user.save(update_fields=["password"])
        end_other_sessions(user, self.request.session.session_key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail; no request talks SMTP."""
        message = self.render_mail(template_prefix, email, self.mail_context(email, context))
        html = next((str(content) for content, _ in getattr(message, "alternatives", [])), "")
        content = {"subject": str(message.subject), "text": str(message.body), "html": html}
        jobs.defer([SEND_MAIL], to=email, **content)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Queue a notice of what happened to an account, in its owner's time.

        A former address gets no link that gives access: it may have been given up because others read it.
        """
        is_current = email is None or mailbox(email) == user.email
        about = {
            "browser": browser_name(sign_in_record.agent_of(self.request)),
            "not_me_link": not_me.url_for(user) if is_current else "",
            **(context or {}),
        }
        with timezone.override(user.zone):
            super().send_notification_mail(template_prefix, user, about, email)

    def mail_context(self, email: str, context: dict[str, Any]) -> dict[str, Any]:
        """Return what a mail may say; no request says by its `Host` where its links lead."""
        about = {"request": self.request, "email": email, "current_site": _site(), **_links()}
        links = {name: _at_base_url(value) for name, value in context.items() if name.endswith("_url")}
        return {**about, **context, **links}

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """Return the ways to prove once more who one is, in our words."""
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS.get(way["id"], way["description"])} for way in ways]

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether somebody may be sent there: only to a path of this site."""
        return bool(return_path.safe_path(url))

    def respond_email_verification_sent(self, request: HttpRequest, user: User | None) -> HttpResponse:
        """Keep the return path: the mail may be opened later, after another sign-in."""
        return_path.keep(request, get_next_redirect_url(request))
        return super().respond_email_verification_sent(request, user)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        """Return the mailed link, with the return path as `next`: it may be opened in another browser."""
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        going = return_path.safe_path(get_next_redirect_url(request)) or return_path.read(request)
        return f"{url}?{urlencode({'next': going})}" if going else url

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation, signup: bool
    ) -> None:
        """Queue the link that confirms an address, or the mail that it has an account (`SignUpForm`)."""
        address = emailconfirmation.email_address
        if signup and address.user.email != address.email:
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, write down where, and tell the owner of a browser that is new; their very first is not."""
        is_first = user.last_login is None
        super().login(request, user)
        sign_in_record.write(request)
        sign_in_record.count_codes(request, user)
        if not is_first:
            sign_in_record.tell_of_new_browser(request, user)

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **about: Any
    ) -> HttpResponse:
        """Redirect newcomers to the welcome page, all others, and who typed something already, to their return path."""
        return_path.keep(request, redirect_url or get_next_redirect_url(request))
        is_met = user.is_staff or not user.is_new or unsent_forms.is_address(return_path.read(request))
        to = return_path.take(request) if is_met else resolve_url(settings.ACCOUNT_SIGNUP_REDIRECT_URL)
        response = super().post_login(request, user, redirect_url=to or redirect_url, **about)
        known_browsers.remember(request, response, user)
        return response


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | MFA_ERRORS

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """Return the name that a new passkey has until its owner names it."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host of BASE_URL."""
        return {"id": split_url(settings.BASE_URL).hostname or "", "name": "Trackflow"}


def _at_base_url(url: str) -> str:
    return settings.BASE_URL + split_url(url)._replace(scheme="", netloc="").geturl()


def _address(credentials: dict[str, Any]) -> str:
    return mailbox(str(credentials.get("email", "")))


def _links() -> dict[str, str]:
    """Return links that any mail about an account may hold."""
    names = {"help_url": "help", "login_url": "account_login", "password_reset_url": "account_reset_password"}
    return {name: settings.BASE_URL + reverse(view) for name, view in names.items()}


def _site() -> dict[str, str]:
    """Return the site's name and address, by which mails are signed."""
    return {"name": "Trackflow", "domain": settings.BASE_URL}
