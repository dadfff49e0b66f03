"""Admin: dashboards for users, labels, submissions, jobs; search by reference."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from accounts.tasks import send_mail
from catalog.tests.builders import make_producer
from kit.clock import at, now
from labels.models import FormerSlug, Invitation, Proof, Report
from labels.tests.builders import make_label, make_user
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.office.count_table import COUNTS
from trackflow.testing.cast import Cast
from trackflow.tests.impersonators import make_admin

pytestmark = pytest.mark.django_db

INDEX, FIND = "/admin/", "/admin/find/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_admin())
    ContentType.objects.get_for_model(Submission)  # asked for once a process
    return client


def numbers(client: Client) -> dict[str, dict[str, str]]:
    cards = client.get(INDEX).context["cards"]
    return {card.title: {line.words: line.number for line in card.lines} for card in cards}


@pytest.mark.parametrize("key", ["x", "//[", "\x1b", "1.5", "-1", "9" * 40])
def test_action_on_what_can_be_no_row_is_refused(office: Client, key: str) -> None:
    posted = {"action": "anonymise", "_selected_action": ["1", key]}
    assert office.post(reverse("admin:accounts_user_changelist"), posted).status_code == 400


def test_dashboard_of_users(office: Client) -> None:
    with at(now() - timedelta(days=30)):
        old = make_user("old@example.com", is_active=False)
    EmailAddress.objects.create(user=old, email=old.email, verified=True)
    assert numbers(office)["Users"] == {
        "New this week": "1",
        "Address not confirmed": "1",
        "Deactivated": "1",
        "Admins without a second factor": "1",
    }
    Authenticator.objects.create(user=User.objects.get(is_staff=True), type="totp", data={})
    assert numbers(office)["Users"]["Admins without a second factor"] == "0"


def test_dashboard_of_labels(office: Client) -> None:
    cast = Cast()
    make_label("Asleep", "suspended")
    new = make_label("New", "unverified")
    Proof.objects.create(label=new, link="https://new.example", given_by=cast.owner)
    Report.objects.create(label=cast.label, reporter=cast.producer, reason="ghosts", text="Silence.")
    found = numbers(office)["Labels"]
    assert found["Verified"] == "2"
    assert [found[each] for each in ("Suspended", "Not yet verified", "Closed")] == ["1", "1", "0"]
    assert [found[each] for each in ("Waiting to be verified", "Open reports")] == ["1", "1"]


def test_dashboard_of_submissions(office: Client) -> None:
    label = make_label()
    with at(now() - timedelta(days=20)):
        make_submission("in_review", label=label)
    make_submission("submitted", label=label)
    make_submission("expired", label=label)
    page = office.get(INDEX)
    found = {line.words: line.number for line in page.context["cards"][2].lines}
    assert [found[each] for each in ("New", "In review", "Expired", "Draft")] == ["1", "1", "1", "0"]
    assert found["Overdue at their label"] == "1"
    assert [each.number for each in page.context["days"]] == [0, 0, 0, 0, 0, 0, 2]
    assert "<meter" in page.content.decode()


def test_dashboard_of_jobs(office: Client) -> None:
    send_mail.defer(to="a@example.com", subject="Hello", text="Hello", html="")
    send_mail.configure(schedule_in={"days": 1}).defer(to="b@example.com", subject="", text="", html="")
    page = office.get(INDEX)
    found = {line.words: line.number for line in page.context["cards"][3].lines}
    assert found == {
        "Waiting": "1",
        "Running": "0",
        "Failed": "0",
        "Mails on their way": "2",
        "Mails that failed": "0",
    }
    assert page.context["oldest_wait"] == "a moment"
    assert "Oldest has waited" in page.content.decode()
    assert ProcrastinateJob.objects.count() == 2


def test_every_number_leads_to_a_list_that_opens(office: Client, settings: Settings) -> None:
    settings.SHELVES = [settings.BASE_DIR]
    links = [line.url for card in office.get(INDEX).context["cards"] for line in card.lines if line.url]
    assert len(links) >= sum(map(len, COUNTS.values())) - 2
    for link in links:
        assert office.get(link).status_code == 200, link  # a question that Django refuses is sent on to ?e=1
    days = re.findall(r'href="([^"]+submitted_at__date[^"]+)"', office.get(INDEX).content.decode())
    assert len(days) == 7
    assert {office.get(day).status_code for day in days} == {200}


def test_lists_show_what_was_counted(office: Client) -> None:
    label = make_label()
    with at(now() - timedelta(days=20)):
        late = make_submission("in_review", label=label)
    make_submission("in_review", label=label)
    cards = {card.title: card.lines for card in office.get(INDEX).context["cards"]}
    for lines in cards.values():
        for line in lines:
            if line.url and line.words != "Waiting":  # the list of jobs shows those for later too
                assert str(office.get(line.url).context["cl"].result_count) == line.number, line.words
    (overdue,) = [line for line in cards["Submissions"] if line.words.startswith("Overdue")]
    assert late.reference in office.get(overdue.url).content.decode()


def test_numbers_stop_at_999(office: Client) -> None:
    User.objects.bulk_create(User(email=f"u{each}@example.com") for each in range(1001))
    assert numbers(office)["Users"]["New this week"] == "999+"


def test_dashboard_asks_the_same_number_of_queries_for_more(
    office: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    label = make_label()
    make_submission("submitted", label=label)
    with django_assert_num_queries(7):
        office.get(INDEX)
    for number in range(4):
        make_submission("submitted", label=make_label(f"Label {number}"))
    with django_assert_num_queries(7):
        office.get(INDEX)


def test_clerk_sees_the_cards_of_what_they_may_open(client: Client) -> None:
    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_label"))
    client.force_login(clerk)
    page = client.get(INDEX)
    assert [card.title for card in page.context["cards"]] == ["Labels"]
    assert "Demos sent per day" not in page.content.decode()
    submission = make_submission("submitted")
    found = client.get(FIND, {"q": submission.reference}).context["found"]
    assert (found.exact, found.near) == ([], [])


def spelt(code: str) -> list[str]:
    """Return a code as people type it."""
    folded = code[:3] + code[3:].replace("0", "O").replace("1", "l")
    return [code, code.lower(), code.replace("-", ""), f" {folded} ", code[3:], code[3:].replace("-", " ")]


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_search_by_reference_leads_straight_to_the_submission(office: Client) -> None:
    submission = make_submission("submitted")
    for typed in spelt(submission.reference):
        response = office.get(FIND, {"q": typed})
        assert (response.status_code, response.headers["Location"]) == (302, change(submission)), typed


def test_search_finds_tracks_intakes_and_invitations_by_code(office: Client) -> None:
    cast = Cast()
    track, intake = cast.demo().track, cast.label.intakes.get()
    invitation = Invitation.objects.create(
        label=cast.label, email="a@example.com", invited_by=cast.owner, expires_at=now() + timedelta(days=7)
    )
    for row, page in ((track, track), (intake, intake)):
        for typed in spelt(row.code):
            assert office.get(FIND, {"q": typed}).headers["Location"] == change(page), typed
    assert office.get(FIND, {"q": invitation.code}).status_code == 302


def test_search_finds_people_by_address_and_labels_by_slug(office: Client) -> None:
    producer, label = make_producer("maya@example.com"), make_label("Harbour")
    FormerSlug.objects.create(label=label, slug="port")
    assert office.get(FIND, {"q": "Maya@Example.com"}).headers["Location"] == change(producer)
    for typed in ("harbour", "Harbour", "port"):
        assert office.get(FIND, {"q": typed}).headers["Location"] == change(label)


def test_search_lists_what_several_might_be_meant(office: Client) -> None:
    make_producer("maya@example.com"), make_producer("mayo@example.com")
    make_label("Mayflower")
    page = office.get(FIND, {"q": "may"})
    assert page.status_code == 200
    for name in ("maya@example.com", "mayo@example.com", "Mayflower"):
        assert name in page.content.decode()


@pytest.mark.parametrize("typed", ["", "TF-0000-0000", "nobody@example.com", "\x00", "🎛", "x" * 5000])
def test_search_for_what_is_not_there_says_so(office: Client, typed: str) -> None:
    page = office.get(FIND, {"q": typed})
    assert page.status_code == 200
    assert "Nothing found" in page.content.decode() or not typed


def test_admin_does_not_find_their_own_submission(client: Client) -> None:
    producer = make_producer()
    submission = make_submission("in_review", producer=producer)
    User.objects.filter(pk=producer.pk).update(is_staff=True, is_superuser=True)
    client.force_login(producer)
    assert client.get(FIND, {"q": submission.reference}).context["found"].exact == []


def test_box_stands_in_the_head_of_every_page(office: Client) -> None:
    for path in (INDEX, FIND, "/admin/accounts/user/"):
        assert f'action="{FIND}"' in office.get(path).content.decode()


def test_list_of_submissions_is_searched_by_reference_as_typed(office: Client) -> None:
    submission, other = make_submission("submitted"), make_submission("submitted", label=make_label("Quay"))
    for typed in spelt(submission.reference)[:4]:
        page = office.get("/admin/submissions/submission/", {"q": typed.strip()}).content.decode()
        assert submission.reference in page
        assert other.reference not in page


def test_no_list_fails_on_a_filter_or_search_with_nul(office: Client) -> None:
    for model, listed in admin.site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        filters = [each[0] if isinstance(each, tuple) else each for each in listed.list_filter]
        named = [each for each in filters if isinstance(each, str)]
        for name in ("q", "o", "e", "genre", *named, *(f"{field}__exact" for field in named)):
            assert office.get(address, {name: "\0"}).status_code < 500, (model, name)


def test_accounts_are_one_section_and_dates_are_iso(office: Client) -> None:
    page = office.get(INDEX)
    names = [section["name"] for section in page.context["available_apps"]]
    assert names.count("Accounts") == 1
    with at(datetime(2026, 3, 1, 9, 5, tzinfo=UTC)):
        make_label("Old one")
    assert "2026-03-01 09:05" in office.get("/admin/labels/label/").content.decode()


def test_admins_land_in_the_office(office: Client) -> None:
    assert office.get(reverse("home"))["Location"] == INDEX


@pytest.mark.parametrize("field", ["", "no-such-field"])
def test_admin_naming_a_field_that_is_none_is_refused(office: Client, field: str) -> None:
    page = reverse("admin:accounts_user_change", args=[make_producer().pk])
    assert office.get(page, {"_to_field": field}).status_code == 400
    assert office.post(page, {"_to_field": field}).status_code == 400
