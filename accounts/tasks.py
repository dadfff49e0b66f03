"""Background jobs of accounts."""

from django.core.mail import EmailMultiAlternatives
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts import account_mail
from accounts.models import RateCount
from accounts.sessions import SessionStore
from kit.clock import now

SEND_MAIL, MAIL_RESET_LINK = "accounts.send_mail", "accounts.mail_reset_link"
WARN_OF_TRIES = "accounts.warn_of_tries"
RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name=SEND_MAIL, retry=RETRY)
def send_mail(*, to: str, subject: str, text: str, html: str) -> None:
    """Send one mail about an account (verification, password reset)."""
    message = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@app.task(name=MAIL_RESET_LINK, retry=RETRY)
def mail_reset_link(*, email: str) -> None:
    """Look for the account of an address and mail it a link to choose a new password."""
    account_mail.send_reset_link(email)


@app.task(name=WARN_OF_TRIES, retry=RETRY)
def warn_of_tries(*, email: str) -> None:
    """Tell the owner of an account, if there is one, that somebody tries to guess its password."""
    account_mail.send_warning_of_tries(email)


@app.periodic(cron="25 4 * * *")
@app.task(name="accounts.delete_sessions", queueing_lock="accounts.delete_sessions", pass_context=False)
def delete_sessions(timestamp: int = 0) -> None:
    """Delete the sessions that have ended by themselves."""
    SessionStore.clear_expired()


@app.periodic(cron="20 * * * *")
@app.task(name="accounts.delete_rate_counts", queueing_lock="accounts.delete_rate_counts", pass_context=False)
def delete_rate_counts(timestamp: int = 0) -> int:
    """Delete the counts of tries whose time is over; return how many."""
    return RateCount.objects.filter(until__lt=now()).delete()[0]
