"""Admin: impersonation by a maintained library, never of other admins, shown by a banner, logged."""

import logging
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.anonymisation import anonymise
from accounts.models import User
from catalog.tests.builders import make_producer
from kit.clock import at, now
from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_label, make_member, make_user
from submissions.tests.builders import make_submission
from trackflow.impersonation.rules import may_impersonate
from trackflow.testing.announcements import announce_event, last_event
from trackflow.testing.clients import client_of
from trackflow.tests.impersonators import START, STOP, acting, make_admin, page_of, signed_in, start

pytestmark = pytest.mark.django_db

OFFICE = ("change_user", "view_submission")


def cast() -> dict[str, User]:
    """Return one of each who might act as somebody, or be acted as."""
    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=OFFICE))
    half = make_user("half@example.com", is_staff=True)
    half.user_permissions.set(Permission.objects.filter(codename=OFFICE[0]))
    gone = make_producer("gone@example.com")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    anonymise(gone)
    people = {
        "superuser": make_admin(),
        "other superuser": make_admin("other@example.com"),
        "powers without staff": make_user("powers@example.com", is_superuser=True),
        "clerk": clerk,
        "half a clerk": half,
        "plain staff": make_user("plain@example.com", is_staff=True),
        "deactivated superuser": make_admin("late@example.com", is_active=False),
        "producer": make_producer(),
        "owner": make_member(make_label(), Role.OWNER),
        "deactivated": make_user("asleep@example.com", is_active=False),
        "anonymised": gone,
    }
    return {name: User.objects.get(pk=user.pk) for name, user in people.items()}


def test_only_admins_act_as_others_and_never_as_admins() -> None:
    people = cast()
    found = {
        name: {who for who, person in people.items() if may_impersonate(hijacker=user, hijacked=person)}
        for name, user in people.items()
    }
    lent = {"producer", "owner"}
    allowed = {"superuser", "other superuser", "clerk"}
    assert found == {name: lent if name in allowed else set() for name in people}
    assert not may_impersonate(hijacker=people["superuser"], hijacked=None)


def test_admin_does_not_act_as_who_judges_their_own_demo() -> None:
    admin = make_producer("admin@example.com")
    User.objects.filter(pk=admin.pk).update(is_staff=True, is_superuser=True)
    admin = User.objects.get(pk=admin.pk)
    sent = make_submission("in_review", producer=admin)
    elsewhere = make_member(make_label("Quay"))
    judge = make_member(sent.label, Role.VIEWER)
    assert may_impersonate(hijacker=admin, hijacked=elsewhere)
    assert not may_impersonate(hijacker=admin, hijacked=judge)
    assert may_impersonate(hijacker=make_admin(), hijacked=judge)


def test_the_form_is_as_strict_as_the_rule() -> None:
    people = cast()
    for name in ("superuser", "clerk", "plain staff", "owner"):
        for who, person in people.items():
            client = Client()
            client.force_login(people[name])
            allowed = may_impersonate(hijacker=people[name], hijacked=person)
            assert start(client, person) == (303 if allowed else 403), (name, who)
            assert signed_in(client) == (person if allowed else people[name]).pk


def test_button_stands_on_the_page_of_who_can_be_acted_as(client: Client) -> None:
    admin, other, producer = make_admin(), make_admin("other@example.com"), make_producer()
    client.force_login(admin)
    assert START in client.get(page_of(producer)).content.decode()
    for person in (admin, other):
        assert START not in client.get(page_of(person)).content.decode()


def test_get_and_forged_and_garbled_posts_start_nothing(client: Client) -> None:
    admin, producer = make_admin(), make_producer()
    client.force_login(admin)
    assert client.get(START, {"user_pk": producer.pk}).status_code == 405
    assert client.post(START, {"user_pk": "x1"}).status_code == 404
    assert client.post(START, {"user_pk": 10**12}).status_code == 404
    assert client.post(START, {"user_pk": "9" * 5000}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin)
    assert start(strict, producer) == 403
    assert signed_in(strict) == signed_in(client) == admin.pk


def test_nobody_acts_as_a_third_through_a_second() -> None:
    admin, producer, other = make_admin(), make_producer(), make_producer()
    client = acting(admin, producer)
    assert start(client, other) == 403
    assert signed_in(client) == producer.pk


def test_impersonation_is_logged_with_both_and_how_long(caplog: pytest.LogCaptureFixture) -> None:
    admin, producer = make_admin(), make_producer()
    with caplog.at_level(logging.INFO, "trackflow.impersonation"):
        client = acting(admin, producer, why="They cannot\nfind the offer\x00")
        with at(now() + timedelta(minutes=4)):
            client.post(STOP)
    said = [record.message for record in caplog.records if record.name == "trackflow.impersonation"]
    first, last = said[0], said[-1]
    assert first == f"admin {admin.pk} acts as user {producer.pk}: 'They cannot find the offer'"
    assert last.startswith(f"admin {admin.pk} acts as user {producer.pk} no more: by the button after 24")
    entries = LogEntry.objects.filter(object_id=producer.pk, user=admin).order_by("pk")
    assert [entry.change_message.split(":")[0] for entry in entries] == [
        "Began to act as them",
        "Stopped acting as them",
    ]


def test_whose_account_it_is_gets_a_mail_that_says_who_and_why() -> None:
    producer = make_producer()
    User.objects.filter(pk=producer.pk).update(time_zone="Asia/Tokyo")
    acting(make_admin(time_zone="Europe/Vienna"), producer, why="You asked us to look")
    mail = ProcrastinateJob.objects.get(task_name="accounts.send_mail").args
    assert mail["to"] == producer.email
    assert "(Olga)" in mail["text"]
    assert "JST" in mail["text"]
    assert "You asked us to look" in mail["text"]
    assert "change nothing" in mail["text"]


def test_acting_leaves_no_sign_in_of_theirs_behind() -> None:
    producer = make_producer()
    own = Client()
    own.force_login(producer)
    before = User.objects.get(pk=producer.pk).last_login
    acting(make_admin(), producer).get("/submissions/")
    assert User.objects.get(pk=producer.pk).last_login == before
    assert own.get("/submissions/").status_code == 200


@pytest.mark.parametrize("way", [STOP, "/accounts/logout/", "/admin/logout/"])
def test_stopping_and_signing_out_lead_back_to_the_office(way: str) -> None:
    admin, producer = make_admin(), make_producer()
    client = acting(admin, producer)
    response = client.post(way)
    assert (response.status_code, response.headers["Location"]) == (303, page_of(producer))
    assert signed_in(client) == admin.pk
    page = client.get(page_of(producer))
    assert page.status_code == 200
    assert "acting__text" not in client.get("/labels/").content.decode()
    assert client.post(STOP).status_code == 403


@pytest.mark.parametrize("is_htmx", [False, True])
def test_an_hour_ends_it(is_htmx: bool) -> None:
    admin, producer = make_admin(), make_producer()
    client = acting(admin, producer)
    headers = {"HX-Request": "true"} if is_htmx else {}
    with at(now() + timedelta(minutes=59)):
        assert client.get("/submissions/", headers=headers).status_code == 200
    with at(now() + timedelta(minutes=61)):
        response = client.get("/submissions/", headers=headers)
    assert response.headers["HX-Redirect" if is_htmx else "Location"] == page_of(producer)
    assert signed_in(client) == admin.pk
    assert "hour is over" in client.get(page_of(producer)).content.decode()


@pytest.mark.parametrize("change", ["deactivated", "demoted", "new password", "promoted", "person gone"])
def test_who_may_not_any_more_is_cut_off_at_once(change: str) -> None:
    admin, producer = make_admin(), make_producer()
    client = acting(admin, producer)
    match change:
        case "deactivated":
            User.objects.filter(pk=admin.pk).update(is_active=False)
        case "demoted":
            User.objects.filter(pk=admin.pk).update(is_staff=False, is_superuser=False)
        case "new password":
            admin.set_password("another-tape-altogether")
            admin.save()
        case "promoted":
            User.objects.filter(pk=producer.pk).update(is_staff=True)
        case "person gone":
            User.objects.filter(pk=producer.pk).update(is_active=False)
    response = client.get("/submissions/")
    assert response.headers["Location"].startswith("/accounts/login/")
    assert signed_in(client) == 0


def test_banner_says_who_acts_as_whom_on_every_page() -> None:
    label = make_label()
    producer = make_producer()
    Membership.objects.create(label=label, user=producer, role=Role.MANAGER)
    client = acting(make_admin(), producer)
    paths = {
        "/submissions/": 200,
        "/labels/": 200,
        "/": 200,
        f"/desk/{label.slug}/": 200,
        "/settings/": 200,
        "/accounts/email/": 200,
        "/accounts/2fa/": 200,
        "/accounts/2fa/totp/activate/": 403,
        "/admin/": 403,
        "/submissions/TF-0000-0000/": 404,
        "/nowhere/": 404,
    }
    for path, status in paths.items():
        response = client.get(path)
        assert response.status_code == status, path
        page = response.content.decode()
        assert "<strong>Olga</strong> acts as <strong>Mara</strong>" in page, path
        assert f'action="{STOP}"' in page, path


def test_seeing_as_somebody_else_marks_none_of_their_notifications() -> None:
    submission = make_submission("in_review")
    producer, event = submission.producer, last_event(submission)
    announce_event(event)
    path = submission.get_absolute_url()
    assert 'class="seen"' in client_of(producer).get(path).content.decode()
    assert 'class="seen"' not in acting(make_admin(), producer).get(path).content.decode()
