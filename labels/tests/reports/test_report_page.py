"""The page on which somebody reports a label."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from labels import status
from labels.choices import Role, Status
from labels.models import Label, Report
from labels.reports import service as reports
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db
SAID = {"reason": "ghosts", "text": "Forty demos, no answer."}


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def url(label: Label) -> str:
    return reverse("labels:report", args=[label.slug])


def post(user: User, label: Label, **said: str) -> Any:
    return client_of(user).post(url(label), said or SAID)


def test_producers_can_report_a_label_and_add_to_it() -> None:
    label, maya = make_label(), make_user()
    assert post(maya, label).status_code == 303
    report = Report.objects.get()
    assert (report.label, report.reporter, report.reason) == (label, maya, "ghosts")
    page = client_of(maya).get(url(label)).content.decode()
    assert "Waiting for review" in page
    assert "Add to the report" in page
    assert post(maya, label, text="Still none.").status_code == 303
    assert "Still none." in Report.objects.get().text


@pytest.mark.parametrize("wrong", [{"text": ""}, {"reason": ""}, {"reason": "vibes"}, {"text": "x" * 2001}])
def test_reason_and_words_are_needed_and_what_was_typed_stays(wrong: dict[str, str]) -> None:
    answer = post(make_user(), make_label(), **{**SAID, **wrong})
    assert answer.status_code == 422
    assert {**SAID, **wrong}["text"] in answer.content.decode()
    assert not Report.objects.exists()


def test_sixth_report_of_a_day_is_refused_in_words() -> None:
    maya = make_user()
    for number in range(5):
        post(maya, make_label(f"Label {number}"))
    answer = post(maya, make_label("Sixth"))
    assert answer.status_code == 422
    assert "at most 5 reports a day" in answer.content.decode()
    assert SAID["text"] in answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_nobody_reports_their_own_label(role: Role) -> None:
    label = make_label()
    assert post(make_member(label, role), label).status_code == 403
    assert (
        url(label) not in client_of(make_member(label, role)).get(label.get_absolute_url()).content.decode()
    )


def test_visitor_is_asked_to_sign_in_first() -> None:
    label = make_label()
    assert url(label) in Client().get(label.get_absolute_url()).content.decode()
    assert Client().get(url(label)).headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    ("steps", "answer"),
    [
        ([], 404),
        ([status.close], 404),
        ([status.verify], 200),
        ([status.verify, partial(status.suspend, reason="Asked for money.")], 200),
        ([status.verify, status.close], 200),
    ],
)
def test_label_can_be_reported_once_it_was_public(steps: list[Any], answer: int) -> None:
    label = make_label(status=Status.UNVERIFIED)
    for step in steps:
        step(label)
    assert client_of(make_user()).get(url(label)).status_code == answer


def test_label_never_learns_who_reported_it() -> None:
    label, maya = make_label(), make_user(name="Quarkvogel")
    owner = make_member(label)
    reports.report(label, reporter=maya, reason="other", text="Quarkvogel words")
    for path in (
        label.get_absolute_url(),
        reverse("labels:settings", args=[label.slug]),
        f"/desk/{label.slug}/",
    ):
        assert "quarkvogel" not in client_of(owner).get(path).content.decode().lower()
    assert "Quarkvogel" not in client_of(make_user()).get(url(label)).content.decode()


def test_reporter_reads_that_it_was_looked_at_and_what_was_done() -> None:
    label, maya = make_label(), make_user()
    post(maya, label)
    reports.settle(Report.objects.get(), by=make_user(), outcome="We asked them to <b>answer</b>.")
    page = client_of(maya).get(url(label)).content.decode()
    assert "Reviewed" in page
    assert "We asked them to &lt;b&gt;answer&lt;/b&gt;." in page
    assert "Send the report" in page
