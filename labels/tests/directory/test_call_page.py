"""A call's own page, where its link leads."""

import pytest
from django.test import Client
from django.urls import reverse

from labels.choices import Status
from labels.models import Intake
from labels.tests.builders import make_intake, make_label

pytestmark = pytest.mark.django_db


def call_page(call: Intake) -> str:
    return reverse("labels:call", args=[call.label.slug, call.code])


def test_call_is_read_by_anybody_with_its_link_without_its_code(client: Client) -> None:
    call = make_intake(make_label(), call_name="Secret night", access_code="mothlight", message="By candle.")
    page = client.get(call_page(call)).content.decode()
    assert "Secret night" in page
    assert "By candle." in page
    assert "This call is private" in page
    assert f"?intake={call.code}" in page
    assert "mothlight" not in page
    assert 'name="robots" content="noindex"' in page


def test_public_call_has_a_page_without_a_code(client: Client) -> None:
    call = make_intake(make_label(), call_name="Summer")
    page = client.get(call_page(call)).content.decode()
    assert "This call is private" not in page
    assert "call-code.js" not in page


def test_standing_intake_other_labels_and_hidden_labels_have_no_such_page(client: Client) -> None:
    label, other = make_label(), make_label("Quay")
    call = make_intake(label, call_name="Summer")
    hidden = make_intake(make_label("New", status=Status.UNVERIFIED), call_name="Autumn")
    assert client.get(call_page(label.intakes.get(call_name=""))).status_code == 404
    assert client.get(call_page(call).replace("harbour", other.slug)).status_code == 404
    assert client.get(call_page(hidden)).status_code == 404
