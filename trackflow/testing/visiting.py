"""Visitors who are signed in already."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User


def sign_in(page: Page, user: User, server: str) -> None:
    """Let a browser's visitor be this user from the next page on."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])
