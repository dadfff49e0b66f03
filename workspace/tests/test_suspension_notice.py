"""A label's team hears of its suspension, with the reason and how to reach us; producers see that it is suspended."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activity.models import Activity
from labels import status
from labels.models import Suspension
from notifications.models import Delivery, Notice
from notifications.tasks import send
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from workspace.tasks import tell_suspension

REASON = "A producer was asked for 180 euros."


def suspended(cast: Cast) -> Suspension:
    """Suspend the label as the admin and run the job twice, as a worker may."""
    suspension = status.suspend(cast.label, reason=REASON, by=cast.admin).suspensions.get()
    for _ in range(2):
        tell_suspension(suspension_id=suspension.pk)
    return suspension


def test_owners_and_managers_are_told_why_and_whom_to_write_to(
    cast: Cast, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.SUPPORT_EMAIL = "help@trackflow.example"
    suspension = suspended(cast)
    told = Delivery.objects.filter(notice__what="suspended your label")
    people = {cast.owner, cast.manager, cast.insider}
    assert {each.person for each in told} == people
    assert told.count() == 2 * len(people)
    for delivery in told.filter(channel="email"):
        send(delivery_id=delivery.pk)
    assert {mail.to[0] for mail in mailoutbox} == {person.email for person in people}
    assert all(REASON in mail.body and "help@trackflow.example" in mail.body for mail in mailoutbox)
    assert suspension.by == cast.admin


def test_end_of_a_suspension_is_told_once_and_both_are_logged(cast: Cast) -> None:
    suspension = suspended(cast)
    label = status.unsuspend(suspension.label, by=cast.admin)
    for _ in range(2):
        tell_suspension(suspension_id=suspension.pk)
    assert Notice.objects.filter(what="lifted your label’s suspension").count() == 1
    assert [each.kind for each in Activity.objects.filter(label=label)] == ["suspended", "unsuspended"]
    assert label.suspensions.get().lifted_by == cast.admin


@pytest.mark.parametrize("reason", ["", " \n"])
def test_nobody_is_suspended_without_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        status.suspend(cast.label, reason=reason)
    assert cast.label.suspensions.count() == 0


def test_setup_page_says_why_to_managers_alone(cast: Cast) -> None:
    suspended(cast)
    page = reverse("workspace:setup", args=[cast.label.slug])
    shown = client_of(cast.manager).get(page).content.decode()
    assert REASON in shown
    assert "<h1>Harbour is suspended</h1>" in shown
    assert client_of(cast.reviewer).get(page).status_code == 403


@pytest.mark.parametrize(
    ("state", "status_code"),
    [("in_review", 200), ("accepted", 200), ("signed", 200), ("draft", 404), ("rejected", 404)],
)
def test_producer_with_an_open_demo_reads_suspended_and_no_reason(
    cast: Cast, state: str, status_code: int
) -> None:
    cast.demo(state)
    suspended(cast)
    page = reverse("labels:label", args=[cast.label.slug])
    answer = client_of(cast.producer).get(page)
    assert answer.status_code == status_code
    assert client_of(cast.stranger).get(page).status_code == 404
    assert client_of(None).get(page).status_code == 404
    if status_code == 200:
        text = answer.content.decode()
        assert "This label is suspended:" in text
        assert "no deadline runs while Harbour is suspended" in text
        assert REASON not in text
