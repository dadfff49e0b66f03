"""Seeing a submission marks its notifications as read, on both sides; looking writes nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from notifications import notices
from notifications.models import Delivery
from notifications.tests.parties import Parties, make_parties
from submissions.models import Event, Submission
from submissions.tests.builders import act, make_submission
from trackflow.testing.announcements import announce_event
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of, sign_in

MARK = "/notifications/mark-read/"
Shown = tuple[User, str]


def told(state: str = "in_review") -> Parties:
    """Return a submission of which everybody was told, and another one of the same people."""
    parties = make_parties(state)
    make_submission(state, manager=parties.manager, label=parties.label, producer=parties.producer)
    for event in Event.objects.select_related("submission__label").order_by("id"):
        announce_event(event)
    Delivery.objects.filter(person=parties.producer).update(read_at=None)
    return parties


def producers(parties: Parties) -> Shown:
    return parties.producer, f"/submissions/{parties.submission.reference}/"


def members(parties: Parties) -> Shown:
    return parties.owner, f"/desk/{parties.label.slug}/{parties.submission.reference}/"


BOTH = pytest.mark.parametrize("side", [producers, members])


def form_on(client: Client, path: str, **headers: str) -> dict[str, str]:
    """Return what the page's form would post, {} without one."""
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    found = re.search(r'<form class="seen".*?</form>', response.content.decode(), re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[0])) if found else {}


def unread(person: User, submission: Submission) -> int:
    return Delivery.objects.unread_by(person).about(submission.reference).count()


@pytest.mark.django_db
@BOTH
def test_page_marks_what_it_shows_once_it_is_sent(side: Callable[[Parties], Shown]) -> None:
    parties = told()
    person, path = side(parties)
    client, before = client_of(person), Delivery.objects.unread_by(person).count()
    posted = form_on(client, path)
    assert (posted["submission"], posted["back"]) == (parties.submission.reference, path)
    assert Delivery.objects.unread_by(person).count() == before
    response = client.post(MARK, posted)
    assert (response.status_code, response["Location"]) == (303, path)
    assert unread(person, parties.submission) == 0
    assert 0 < Delivery.objects.unread_by(person).count() < before
    assert form_on(client, path) == {}


@pytest.mark.django_db
@BOTH
def test_what_comes_after_the_page_stays_unread(side: Callable[[Parties], Shown]) -> None:
    parties = told()
    person, path = side(parties)
    posted = form_on(client_of(person), path)
    late = {"actor": parties.manager, "transition": "shortlist"} if person == parties.producer else {}
    act(parties.submission, str(late.get("transition", "withdraw")), manager=parties.manager)
    announce_event(Event.objects.of(parties.submission).select_related("submission__label").latest("id"))
    client_of(person).post(MARK, posted)
    assert unread(person, parties.submission) == 1


@pytest.mark.django_db
def test_pane_marks_notices_about_the_submission_too() -> None:
    parties = told()
    said = {"what": "mentioned you in a memo", "path": "/desk/harbour/", "submission": parties.submission}
    notices.tell([parties.owner], label=parties.label, who=parties.manager, key="memo", **said)  # type: ignore[arg-type]
    person, path = members(parties)
    client = client_of(person)
    posted = form_on(client, path, **{"HX-Request": "true", "HX-Target": "pane"})
    response = client.post(MARK, posted, headers={"HX-Request": "true", "HX-Target": "seen"})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'hx-swap-oob="outerHTML:.nav__count">{Delivery.objects.unread_by(person).count()}<' in page
    assert unread(person, parties.submission) == 0


@pytest.mark.django_db
def test_nobody_marks_somebody_elses() -> None:
    parties = told()
    person, path = members(parties)
    posted = form_on(client_of(person), path)
    client_of(parties.manager).post(MARK, posted)
    client_of(parties.viewer).post(MARK, posted)
    assert unread(person, parties.submission) > 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"submission": "TF-0000-0000"}, 303), ({"up_to": "x"}, 400), ({"back": "x" * 9000}, 400)],
)
def test_nonsense_marks_nothing(wrong: dict[str, Any], status: int) -> None:
    parties = told()
    person, path = producers(parties)
    client = client_of(person)
    assert client.post(MARK, form_on(client, path) | wrong).status_code == status
    assert unread(person, parties.submission) > 0


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(back: str) -> None:
    person, path = producers(told())
    client = client_of(person)
    assert client.post(MARK, form_on(client, path) | {"back": back})["Location"] == "/notifications/"


@pytest.mark.browser
@BOTH
def test_page_that_is_shown_marks_it_in_a_browser(
    side: Callable[[Parties], Shown], browse: Browse, server: str
) -> None:
    parties = told()
    person, path = side(parties)
    page = browse()
    sign_in(page, person, server)
    number = Delivery.objects.unread_by(person).count()
    with page.expect_response(lambda response: response.url.endswith(MARK)):
        page.goto(path)
    left = (
        number
        - Delivery.objects.filter(person=person, channel="in_app").about(parties.submission.reference).count()
    )
    expect(page.locator("#seen")).to_have_count(0)
    expect(page.locator(".nav .nav__count")).to_contain_text(str(left))
    assert unread(person, parties.submission) == 0


@pytest.mark.browser
@BOTH
def test_button_marks_it_without_scripts(
    side: Callable[[Parties], Shown], browse: Browse, server: str
) -> None:
    parties = told()
    person, path = side(parties)
    page = browse(java_script_enabled=False)
    sign_in(page, person, server)
    page.goto(path)
    assert unread(person, parties.submission) > 0
    page.get_by_role("button", name="Mark its notifications as read").click()
    expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))
    assert unread(person, parties.submission) == 0
