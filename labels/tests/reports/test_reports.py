"""Reporting a label: once at a time, not too often, to admins alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit.clock import at, now
from labels.models import Label, Report
from labels.reports import service as reports
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db


def make_report(
    label: Label | None = None, reporter: User | None = None, text: str = "Asked for €50"
) -> Report:
    label, reporter = label or make_label(), reporter or make_user()
    return reports.report(label, reporter=reporter, reason="asks_money", text=text)


def test_one_report_of_a_label_stands_open_and_takes_additions() -> None:
    first = make_report()
    with pytest.raises(ValidationError, match="already reported this label"):
        make_report(first.label, first.reporter)
    reports.add(first.label, reporter=first.reporter, text="Again today")
    first.refresh_from_db()
    assert first.text.startswith("Asked for €50\n\n")
    assert first.text.endswith(":\nAgain today")
    assert Report.objects.count() == 1


def test_new_report_may_follow_a_settled_one_and_nothing_is_added_to_that() -> None:
    first = make_report()
    reports.settle(first, by=make_user())
    with pytest.raises(ValidationError, match="reviewed your report in the meantime"):
        reports.add(first.label, reporter=first.reporter, text="More")
    make_report(first.label, first.reporter)
    assert Report.objects.count() == 2


def test_open_report_grows_only_so_long() -> None:
    first = make_report(text="x" * reports.LONGEST_IN_ALL)
    with pytest.raises(ValidationError, match="as long as it can be"):
        reports.add(first.label, reporter=first.reporter, text="y")


def test_one_person_reports_five_labels_a_day() -> None:
    reporter, start = make_user(), now() - timedelta(days=1)
    for number in range(6):
        with at(start - timedelta(hours=1) + timedelta(minutes=number)):
            if number < 5:
                make_report(make_label(f"Label {number}"), reporter)
                continue
            with pytest.raises(ValidationError, match="at most 5 reports a day"):
                make_report(make_label("Sixth"), reporter)
    make_report(make_label("Next day"), reporter)
    make_report(make_label("Somebody else’s"))


def test_settling_tells_the_reporter_by_mail_with_the_words() -> None:
    admin, report = make_user(), make_report(make_label("Rock & Roll"))
    reports.settle(report, by=admin, outcome="We suspended it & wrote to them.")
    report.refresh_from_db()
    assert (report.settled_by, report.outcome) == (admin, "We suspended it & wrote to them.")
    mail = ProcrastinateJob.objects.get(task_name="accounts.send_mail").args
    assert mail["to"] == report.reporter.email
    assert mail["subject"] == "We reviewed your report about Rock & Roll"
    assert "We suspended it & wrote to them." in mail["text"]


def test_report_is_settled_once_and_who_is_gone_gets_no_mail() -> None:
    report = make_report()
    User.objects.filter(pk=report.reporter.pk).update(is_active=False)
    reports.settle(report, by=make_user())
    with pytest.raises(ValidationError, match="settled already"):
        reports.settle(report, by=make_member(report.label))
    assert not ProcrastinateJob.objects.filter(task_name="accounts.send_mail").exists()
