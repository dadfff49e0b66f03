"""Nobody learns from an answer who has an account: the same page, status, headers and number of mails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.tasks import mail_reset_link
from accounts.tests.conftest import PASSWORD

PAGES = {
    "/accounts/signup/": {"email": "{email}", "password1": PASSWORD},
    "/accounts/login/": {"login": "{email}", "password": "not " + PASSWORD},
    "/accounts/password/reset/": {"email": "{email}"},
}
UNKNOWN, SIMILAR = "ivan@example.com", "ines@example.com"
"""As long as each other."""
ALWAYS_NEW = re.compile(r'(name="csrfmiddlewaretoken" value=|nonce=|"x-csrftoken": )"[^"]+"')
NEW_HEADERS = ("Expires", "X-Request-ID")


def answer_of(page: str, email: str) -> dict[str, Any]:
    """Post the form and follow where it leads; return all that a stranger sees but what is new each time."""
    cache.clear()
    client, data = Client(), {name: value.format(email=email) for name, value in PAGES[page].items()}
    answer = client.post(page, data)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return {
        "status": (answer.status_code, shown.status_code),
        "headers": [_headers(each) for each in (answer, shown)],
        "cookies": sorted(client.cookies),
        "length": (len(answer.content), len(shown.content)),
        "page": ALWAYS_NEW.sub("", shown.content.decode()).replace(email, "…"),
    }


def _headers(answer: Any) -> dict[str, str]:
    headers = {name: value for name, value in answer.headers.items() if name not in NEW_HEADERS}
    return {name: re.sub(r"nonce-[^']+", "", value) for name, value in headers.items()}


@pytest.mark.parametrize("page", PAGES)
def test_known_and_unknown_addresses_get_the_same_answer(person: User, page: str) -> None:
    assert person.email == SIMILAR
    assert answer_of(page, UNKNOWN) == answer_of(page, SIMILAR)


@pytest.mark.parametrize("page", PAGES)
def test_known_and_unknown_addresses_get_as_many_mails(
    person: User, page: str, queued: Callable[[str], list[dict[str, Any]]]
) -> None:
    counts = []
    for email in (UNKNOWN, SIMILAR):
        before = len(queued("accounts.send_mail"))
        answer_of(page, email)
        for asked in queued("accounts.mail_reset_link")[-1:]:
            mail_reset_link(**asked)
        mails = queued("accounts.send_mail")[before:]
        assert {mail["to"] for mail in mails} <= {email}
        counts.append(len(mails))
    assert counts[0] == counts[1] == (0 if "login" in page else 1)


@pytest.mark.parametrize("email", [UNKNOWN, SIMILAR])
def test_too_many_tries_say_the_same_of_any_address(person: User, email: str) -> None:
    client = Client()
    cache.clear()
    for _ in range(6):
        answer = client.post("/accounts/login/", {"login": email, "password": "no"})
    assert "Too many failed sign-ins." in answer.content.decode()
