"""Passkeys in Chromium, with a virtual device: added, signed in with, refused, removed."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page, expect
from pytest_django import Settings

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from trackflow.testing.chromium import Browse

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(server: str, settings: Settings) -> str:
    """The site under a name: browsers make no passkeys for a number."""
    settings.BASE_URL = server.replace("127.0.0.1", "localhost")
    cache.clear()
    return settings.BASE_URL


@pytest.fixture
def ines(site: str) -> User:
    user = User.objects.create_user("ines@example.com", PASSWORD, name="Ines Okafor", makes_music=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_device(page: Page) -> tuple[CDPSession, str]:
    """Give the page's browser a device that makes passkeys; return it with its number."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, made["authenticatorId"]


def sign_in(page: Page, site: str, next_page: str) -> None:
    page.goto(f"{site}/accounts/login/?next={next_page}")
    page.get_by_label("Email").fill("ines@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm", exact=True).click()


def test_passkey_is_added_signs_in_alone_and_is_removed(
    browse: Browse, site: str, ines: User, run_jobs: Callable[[], None]
) -> None:
    page = browse()
    with_device(page)
    sign_in(page, site, "/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name of the passkey").fill("My phone")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_text("They are shown only now.")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").wrap().name == "My phone"
    page.goto(f"{site}/settings/")
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/?next=/settings/sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).not_to_have_url(re.compile("/accounts/login/"))
    page.goto(f"{site}/settings/sessions/")
    expect(page.get_by_text("this browser")).to_be_visible()
    page.goto(f"{site}/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove My phone").click()
    confirm(page)
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_text("No passkeys yet.")).to_be_visible()
    run_jobs()
    told = [each.subject for each in mail.outbox]
    assert "A passkey was added to your account" in told
    assert "A passkey was removed from your account" in told
    assert any(subject.startswith("New sign-in to your account: Chrome on") for subject in told)


def test_passkey_is_the_second_step_after_the_password(browse: Browse, site: str, ines: User) -> None:
    page = browse()
    with_device(page)
    sign_in(page, site, "/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name of the passkey").fill("Key ring")
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_text("They are shown only now.")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, site, "/settings/")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()


def test_passkey_that_is_refused_says_so_and_leaves_the_password(
    browse: Browse, site: str, ines: User
) -> None:
    page = browse()
    session, device = with_device(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Try again.")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_recovery_codes_are_downloaded_as_a_file(browse: Browse, site: str, ines: User) -> None:
    page = browse()
    with_device(page)
    sign_in(page, site, "/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name of the passkey").fill("My phone")
    page.get_by_role("button", name="Add passkey").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download codes").click()
    kept = downloading.value
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert kept.suggested_filename == "trackflow-recovery-codes.txt"
    assert kept.path().read_text().split() == codes
