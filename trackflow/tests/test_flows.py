"""What goes wrong between two pages: Back, two people at once, what left the lists, and links that programs follow."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from notifications.models import Delivery
from submissions.models import Event, Submission
from submissions.tests.builders import act
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of, sign_in
from trackflow.testing.desk_client import PANEL, post


@pytest.mark.browser
def test_back_from_a_demo_gives_the_queue_its_own_title_again(browse: Browse, server: str) -> None:
    cast = make_cast()
    demo = cast.demo(title="Night Bus")
    page = browse(viewport={"width": 390, "height": 800})
    sign_in(page, cast.manager, server)
    page.goto(f"{reverse('desk:queue', args=[cast.label.slug])}?q=ball:any")
    title = page.title()
    page.locator("main").get_by_role("link", name=re.compile("Night Bus")).first.click()
    expect(page).to_have_url(re.compile(demo.reference))
    expect(page).to_have_title(re.compile("Night Bus"))
    page.go_back()
    expect(page).to_have_url(re.compile("q=ball"))
    expect(page).to_have_title(title)


def test_page_that_htmx_restores_is_whole(cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    answer = client_of(cast.manager).get(reverse("desk:queue", args=[cast.label.slug]), headers=headers)
    assert answer.content.startswith(b"<!doctype html>")
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("headers", [{}, PANEL], ids=["whole page", "panel"])
def test_pass_on_what_was_withdrawn_meanwhile_is_refused_and_nobody_is_told(
    cast: Cast, headers: dict[str, str]
) -> None:
    demo = cast.demo()
    opened = Submission.objects.get(pk=demo.pk)
    act(demo, "withdraw")
    before = Event.objects.count()
    fields = {"reason": "genre", "welcome": "another", "note": "Not for us."}
    answer: Any = post(cast.manager, opened, "reject", headers=headers, **fields)
    assert answer.status_code == 409
    assert re.search("withdrew it|took it back", answer.content.decode())
    assert Event.objects.count() == before
    assert not Delivery.objects.filter(event__transition="reject").exists()


def test_withdrawn_demo_is_out_of_queue_and_export_until_asked_for(cast: Cast) -> None:
    demo = act(cast.demo(title="Gone By Now"), "withdraw").submission
    client = client_of(cast.manager)
    for name in ("desk:queue", "desk:export-csv"):
        path = reverse(name, args=[demo.label.slug])
        by_default, with_all = (client.get(path, query) for query in ({}, {"q": "ball:any"}))
        assert "Gone By Now" not in read(by_default), name
        assert "Gone By Now" in read(with_all), name


def read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode())


@pytest.mark.parametrize("method", ["get", "head"])
def test_link_of_a_mail_that_a_program_follows_confirms_nothing(
    client: Client, db: None, method: str
) -> None:
    cache.clear()
    client.post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
    address = EmailAddress.objects.get()
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    assert getattr(Client(), method)(path).status_code == 200
    address.refresh_from_db()
    assert not address.verified
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
