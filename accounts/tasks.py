"""Background jobs of accounts."""

from django.core.mail import EmailMultiAlternatives
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="accounts.send_mail", retry=RETRY)
def send_mail(*, to: str, subject: str, text: str, html: str) -> None:
    """Send one mail about an account (verification, password reset)."""
    message = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
