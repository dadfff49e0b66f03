"""Reports of labels in the office."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from labels.models import Label, Report
from labels.reports import service as reports_service
from labels.tests.builders import make_label, make_user
from submissions.models import Submission
from submissions.tests.builders import make_submission

pytestmark = pytest.mark.django_db
LIST = reverse("admin:labels_report_changelist")


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_user("admin@example.com", is_staff=True, is_superuser=True))
    return client


def make_report(label: Label, reporter: User | None = None, text: str = "Asked for €50") -> Report:
    return reports_service.report(label, reporter=reporter or make_user(), reason="asks_money", text=text)


def change(report: Report) -> str:
    return reverse("admin:labels_report_change", args=[report.pk])


def test_admins_see_reports_the_open_ones_first_by_label(office: Client) -> None:
    quay, harbour = make_label("Quay"), make_label("Harbour")
    settled = make_report(harbour)
    reports_service.settle(settled, by=make_user())
    first, second, third = make_report(quay), make_report(harbour), make_report(harbour)
    rows = list(office.get(LIST).context["cl"].result_list)
    assert rows == [third, second, first, settled]
    assert [row.of_label for row in rows] == [3, 3, 1, 3]


def test_report_is_read_beside_what_its_reporter_sent_to_that_label(office: Client) -> None:
    sent = make_submission()
    other = make_submission(label=make_label("Quay"), track=sent.track)
    report = make_report(sent.label, sent.producer, text="They want € 50 <script>")
    page = office.get(change(report)).content.decode()
    assert "They want € 50 &lt;script&gt;" in page
    assert reverse("admin:submissions_submission_change", args=[sent.pk]) in page
    assert reverse("admin:submissions_submission_change", args=[other.pk]) not in page
    assert reverse("admin:labels_label_change", args=[sent.label.pk]) in page


def test_admin_settles_a_report_with_words(office: Client) -> None:
    report = make_report(make_label())
    assert "Settle and tell the reporter" in office.get(change(report)).content.decode()
    office.post(change(report), {"outcome": "We suspended it.", "_save": "1"})
    report.refresh_from_db()
    assert report.settled_at
    assert report.settled_by == User.objects.get(email="admin@example.com")
    assert report.outcome == "We suspended it."
    page = office.get(change(report)).content.decode()
    assert "Settle, and tell" not in page
    assert office.post(change(report), {"outcome": "Other words"}).status_code == 403


def test_admin_settles_several_without_words(office: Client) -> None:
    reports = [make_report(make_label(name)) for name in ("Quay", "Harbour")]
    said: dict[str, Any] = {"action": "settle", "_selected_action": [each.pk for each in reports]}
    office.post(LIST, said)
    assert Report.objects.filter(settled_at=None).count() == 0
    answer = office.post(LIST, said, follow=True)
    assert "is settled already" in answer.content.decode()


def test_reports_show_on_the_labels_own_page_in_the_office(office: Client) -> None:
    report = make_report(make_label())
    page = office.get(reverse("admin:labels_label_change", args=[report.label.pk])).content.decode()
    assert change(report) in page
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_reports_asks_as_often_for_many(
    office: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_report(make_label(f"Label {number}"))
    with django_assert_num_queries(4):  # session with user, count, rows, labels to filter by
        office.get(LIST)
