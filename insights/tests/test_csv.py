"""Figures as a file: every number, and nothing that a spreadsheet would execute."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from insights.figures import Count
from insights.label_stats import figures_of
from insights.models import SubmissionFacts
from insights.period import usual_span
from insights.tests.demos import NOW, demo, keep_up, passed
from labels.models import Label
from labels.tests.builders import make_intake, make_user

pytestmark = pytest.mark.usefixtures("today")


def asked(user: User, **query: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse("insights:csv", args=["harbour"]), query)


def rows(user: User, **query: str) -> list[dict[str, str]]:
    told = b"".join(asked(user, **query).streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(told, newline=""), strict=True))


def counts(thing: Any) -> list[tuple[str, str]]:
    """Return every count in figures, wherever it stands."""
    if isinstance(thing, Count):
        return [(str(thing.number), thing.query)]
    if isinstance(thing, list):
        return [found for each in thing for found in counts(each)]
    return (
        [found for each in vars(thing).values() for found in counts(each)]
        if hasattr(thing, "__dict__")
        else []
    )


def test_csv_holds_every_number_of_the_page_with_its_query(label: Label, viewer: User) -> None:
    demo(label, "in_review", tempo="126.5")
    passed(label, "rights")
    keep_up()
    told = [(row["value"], row["query"]) for row in rows(viewer) if row["unit"] == "submissions"]
    assert sorted(told) == sorted(counts(figures_of(label, usual_span(label, NOW), viewer)))
    share = next(row for row in rows(viewer) if row["figure"] == "share within the promise")
    assert (share["value"], share["unit"]) == ("100", "percent")


def test_csv_is_of_the_days_asked_for_and_named_after_them(label: Label, viewer: User) -> None:
    demo(label, days_ago=40)
    keep_up()
    day = str((NOW - timedelta(days=40)).date())
    answer = asked(viewer, since=day, until=day)
    assert answer["Content-Disposition"] == f'attachment; filename="harbour-insights-{day}-{day}.csv"'
    assert rows(viewer, since=day, until=day)[0]["value"] == "1"


def test_wrong_days_are_answered_with_the_page_whose_form_leads_back_to_it(viewer: User) -> None:
    answer = asked(viewer, since="2026-05-01", until="")
    assert answer.status_code == 422
    assert 'action="/desk/harbour/insights/"' in answer.content.decode()


def test_csv_defuses_what_a_spreadsheet_would_take_for_a_formula(label: Label, viewer: User) -> None:
    demo(label)
    keep_up()
    SubmissionFacts.objects.update(intake=make_intake(label, call_name="=HYPERLINK(1)"))
    names = {row["name"] for row in rows(viewer)}
    assert "'=HYPERLINK(1)" in names
    assert "=HYPERLINK(1)" not in names


@pytest.mark.parametrize("query", [{}, {"since": "x", "until": "y"}])
def test_stranger_gets_no_file(label: Label, query: dict[str, str]) -> None:
    assert asked(make_user(), **query).status_code == 404
