"""What mail services post of bounces and complaints, in the words of their own documentation."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from notifications.models import RefusedAddress
from notifications.tests.parties import Parties, make_admin, make_parties

pytestmark = pytest.mark.django_db

SECRET, KEY = "trackflow:correct-horse", "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"

# https://postmarkapp.com/developer/webhooks/bounce-webhook
BOUNCE = {
    "RecordType": "Bounce",
    "MessageStream": "outbound",
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "TypeCode": 1,
    "Name": "Hard bounce",
    "Tag": "Test",
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "Metadata": {"a_key": "a_value"},
    "ServerID": 23,
    "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
    "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
    "Email": "mara@example.com",
    "From": "trackflow@example.com",
    "BouncedAt": "2026-11-05T16:33:54.9070259Z",
    "DumpAvailable": True,
    "Inactive": True,
    "CanActivate": True,
    "Subject": "Test subject",
    "Content": "<Full dump of bounce>",
}
COMPLAINT = {**BOUNCE, "RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512}
SOFT = {**BOUNCE, "Type": "SoftBounce", "TypeCode": 4096, "Name": "Soft bounce"}
OPEN = {
    "RecordType": "Open",
    "FirstOpen": True,
    "Recipient": "mara@example.com",
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "ReceivedAt": "2026-11-05T16:33:54.9070259Z",
    "Tag": "welcome-email",
    "UserAgent": "Mozilla/5.0",
}


@pytest.fixture
def parties(settings: Settings) -> Parties:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    return make_parties("in_review")


def post(payload: Any, provider: str = "postmark", secret: str = SECRET) -> int:
    login = base64.b64encode(secret.encode()).decode()
    outside = Client(enforce_csrf_checks=True)
    body = payload if isinstance(payload, str) else json.dumps(payload)
    url, headers = f"/mail-events/{provider}/", {"Authorization": f"Basic {login}"}
    return outside.post(url, body, content_type="application/json", headers=headers).status_code


# https://documentation.mailgun.com/docs/mailgun/user-manual/events/webhooks
def mailgun(event: str, key: str = KEY, **data: Any) -> dict[str, Any]:
    stamp, token = "1529006854", "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0"
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "event": event,
            "timestamp": 1794070800.5,
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "recipient": "mara@example.com",
            "message": {"headers": {"message-id": "20130503192659.13651.20287@trackflow.example"}},
            **data,
        },
    }


PERMANENT: dict[str, Any] = {
    "severity": "permanent",
    "reason": "bounce",
    "delivery-status": {"code": 550, "message": "5.1.1 The email account does not exist", "description": ""},
}


@pytest.mark.parametrize(
    ("payload", "provider", "reason"),
    [
        (BOUNCE, "postmark", "bounce"),
        (COMPLAINT, "postmark", "complaint"),
        (mailgun("failed", **PERMANENT), "mailgun", "bounce"),
        (mailgun("complained"), "mailgun", "complaint"),
    ],
)
def test_hard_bounce_and_complaint_stop_mail(
    parties: Parties, payload: Any, provider: str, reason: str
) -> None:
    for _ in range(2):
        assert post(payload, provider) == 200
    row = RefusedAddress.objects.get()
    assert (row.address, row.person, row.reason) == ("mara@example.com", parties.producer, reason)
    assert (row.provider, row.confirmed_at) == (provider, None)


@pytest.mark.parametrize(
    ("payload", "provider"),
    [
        (SOFT, "postmark"),
        (OPEN, "postmark"),
        (mailgun("failed", **{**PERMANENT, "severity": "temporary"}), "mailgun"),
        (mailgun("delivered"), "mailgun"),
    ],
)
def test_what_passes_by_itself_changes_nothing(parties: Parties, payload: Any, provider: str) -> None:
    assert post(payload, provider) == 200
    assert not RefusedAddress.objects.exists()


def test_without_the_secret_nothing_is_believed(parties: Parties, settings: Settings) -> None:
    assert post(BOUNCE, secret="trackflow:guessed") == 400
    assert post(mailgun("complained", key="another-key"), "mailgun") == 400
    assert Client().post("/mail-events/postmark/", BOUNCE, "application/json").status_code == 400
    assert post(BOUNCE, "carrier-pigeon") == 404
    settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
    assert post(BOUNCE) == 404
    assert not RefusedAddress.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 100_000, "[]", "null", "7", '{"RecordType": 7}', '{"RecordType": "Bounce"}']
)
@pytest.mark.parametrize("provider", ["postmark", "mailgun", "sparkpost", "brevo", "mailjet"])
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    parties: Parties, body: str, provider: str
) -> None:
    assert post(body, provider) in (200, 400)
    assert not RefusedAddress.objects.exists()


def test_office_sees_which_address_refused_and_why(parties: Parties, client: Client) -> None:
    post(BOUNCE)
    client.force_login(make_admin())
    page = client.get("/admin/notifications/refusedaddress/").content.decode()
    assert "mara@example.com" in page
    assert "unknown user" in page
