"""Deliveries and jobs in the office."""

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_track
from kit import jobs
from kit.clock import now
from labels.tests.builders import make_user
from notifications.models import Delivery
from notifications.tests.parties import make_admin, make_parties, want_mail_at_once
from submissions.tests.builders import make_submission
from trackflow.testing.announcements import announce_event, last_event

pytestmark = pytest.mark.django_db

DELIVERIES = "/admin/notifications/delivery/"
JOBS = "/admin/procrastinate/procrastinatejob/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_admin())
    return client


def shown(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def fail_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'notifications.send'"
        )


def test_admin_reads_who_was_told_and_changes_nothing(office: Client) -> None:
    parties = make_parties("submitted")
    delivery = announce_event(last_event(parties.submission))[0]
    page = shown(office, DELIVERIES)
    assert f"{parties.submission.reference} submit" in page
    url = f"{DELIVERIES}{delivery.pk}/"
    assert office.get(f"{url}change/").status_code == 200
    assert office.post(f"{url}change/", {}).status_code == 403
    assert office.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    assert office.get(f"{DELIVERIES}add/").status_code == 403


def test_admin_finds_mails_that_did_not_get_out(office: Client) -> None:
    parties = make_parties("submitted")
    want_mail_at_once(parties)
    announce_event(last_event(parties.submission))
    to_owner = Delivery.objects.filter(person=parties.owner, channel="email")
    to_owner.update(sent_at=now(), outcome="sent")
    assert parties.manager.name in shown(office, DELIVERIES, mail="unsent")
    assert ">Owner<" not in shown(office, DELIVERIES, mail="unsent")
    assert ">Owner<" in shown(office, DELIVERIES, mail="sent")
    assert "0 deliveries" in shown(office, DELIVERIES, mail="failed")
    fail_jobs()
    failed = shown(office, DELIVERIES, mail="failed")
    assert ">Manager<" in failed
    assert ">Owner<" not in failed
    assert parties.submission.reference in shown(office, DELIVERIES, q=parties.submission.reference.lower())


def test_queries_stay_the_same_for_more_rows(
    office: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    with django_assert_num_queries(3):
        shown(office, DELIVERIES)
    for _ in range(4):
        track = make_track(parties.producer)
        announce_event(last_event(make_submission(label=parties.label, manager=parties.manager, track=track)))
    with django_assert_num_queries(3):
        shown(office, DELIVERIES)


def test_admin_who_is_the_producer_does_not_read_who_in_the_team_was_told(client: Client) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    User.objects.filter(pk=parties.producer.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=parties.producer.pk))
    assert "0 deliveries" in shown(client, DELIVERIES)


def test_jobs_are_shown_without_the_mails_in_them(office: Client) -> None:
    said = {"to": "mara@example.com", "subject": "Reset", "text": "https://x/reset/SECRET/", "html": ""}
    jobs.defer(["accounts.send_mail"], **said)
    jobs.defer(["notifications.send"], delivery_id=41)
    page = shown(office, JOBS)
    assert "accounts.send_mail" in page
    assert "41" in page
    assert "SECRET" not in page
    job = ProcrastinateJob.objects.earliest("id")
    detail = shown(office, f"{JOBS}{job.pk}/change/")
    assert "SECRET" not in detail
    assert "mara@example.com" not in detail
    assert office.post(f"{JOBS}{job.pk}/change/", {"status": "failed"}).status_code == 403
    assert office.post(f"{JOBS}{job.pk}/delete/", {"post": "yes"}).status_code == 403
    assert office.get(f"{JOBS}add/").status_code == 403


def test_superuser_has_a_failed_job_tried_again_and_cancels_none(office: Client) -> None:
    jobs.defer(["notifications.send"], delivery_id=41)
    fail_jobs()
    job = ProcrastinateJob.objects.get()
    for action in ("cancel", "abort"):
        office.post(JOBS, {"action": action, "_selected_action": [job.pk]})
        assert ProcrastinateJob.objects.get().status == "failed"
    office.post(JOBS, {"action": "retry", "_selected_action": [job.pk]})
    assert ProcrastinateJob.objects.get().status == "todo"


@pytest.mark.parametrize("url", [DELIVERIES, JOBS])
def test_nobody_else_gets_in(client: Client, url: str) -> None:
    client.force_login(make_user("someone@example.com"))
    assert client.get(url).status_code == 302
