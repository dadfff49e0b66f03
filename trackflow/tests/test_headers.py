"""Headers of every answer; what comes from a proxy or a browser and is not believed; cookies of https."""

import json
import os
import subprocess
import sys
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as site
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accounts import limits
from accounts.requests import address_of
from accounts.tasks import mail_reset_link
from kit.clock import at, now
from labels.tests.builders import make_user
from trackflow import policy_reports
from trackflow.content_security import Middleware
from trackflow.models import PolicyReport
from trackflow.policy_reports import LARGEST, LASTS, MOST_A_DAY
from trackflow.tasks import delete_policy_reports
from trackflow.testing.cast import Cast
from trackflow.testing.raw_requests import send
from trackflow.tests.access_table import ADDRESSES, ALLAUTH
from trackflow.tests.test_access import make_visitors

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "",
    "X-Content-Type-Options": "nosniff",
}
FRAMED = {"labels:embed", "catalog:sound-file"}
"""Shown in frames: the first by labels' own sites, the second by ours."""


FOR_MACHINES = {"health", "health-live", "health-ready", "metrics"}
"""JSON and text, answered before anything else, whatever becomes of the rest."""


def faults_of(name: str, answer: Any) -> list[str]:
    """Return the headers that an answer lacks."""
    found = [f"{name}: {key}" for key, part in HEADERS.items() if part not in answer.headers.get(key, "\0")]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or (name not in FRAMED and answer.headers.get("X-Frame-Options") != "DENY"):
        found.append(f"{name}: frames or unsafe")
    return found


@pytest.mark.django_db
def test_every_address_answers_with_every_header() -> None:
    visitors = make_visitors()
    owner, admin = visitors.clients["owner"], visitors.clients["admin"]
    faults: list[str] = []
    for name in sorted(set(ADDRESSES) - FOR_MACHINES):
        path = visitors.path(name, "owner")
        for client in (owner, Client()):
            faults += faults_of(name, client.get(path))
    for name in ("admin:index", "admin:accounts_user_changelist", "activity:whole"):
        faults += faults_of(name, admin.get(reverse(name)))
    for name in ("account_login", "account_signup", "mfa_index"):
        faults += faults_of(name, owner.get(reverse(name)))
    assert faults == []
    assert ALLAUTH


@pytest.mark.parametrize(
    ("address", "changes"),
    [
        ("/nowhere/", {}),
        ("/accounts/login/", {"HTTP_HOST": "evil.example"}),
        ("/labels/", {"MAINTENANCE": True}),
    ],
)
def test_error_pages_have_them_too(
    db: None, settings: Settings, address: str, changes: dict[str, Any]
) -> None:
    settings.MAINTENANCE = changes.pop("MAINTENANCE", False)
    answer = send("GET", address, **changes)
    assert answer.status in (400, 404, 503)
    assert faults_of(address, answer) == []


def test_form_that_is_sent_too_often_has_them_too(db: None, settings: Settings) -> None:
    from kit.rates import changed  # lazy: this test's alone

    settings.LIMITS = changed(settings.LIMITS, "sign_in=1/h/address")
    for _ in range(2):
        answer = Client().post(reverse("account_login"), {"login": "a@example.com"})
    assert answer.status_code == 429
    assert faults_of("429", answer) == []


def test_headers_cost_microseconds() -> None:
    from django.http import HttpResponse  # lazy: this test's alone

    middleware = Middleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    started = time.perf_counter()
    for _ in range(2000):
        middleware.process_response(request, HttpResponse())
    assert (time.perf_counter() - started) / 2000 < 0.0005


def request_from(remote: str, forwarded: str) -> Any:
    request = RequestFactory(REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded).post("/")
    request.user = AnonymousUser()
    return request


def test_forwarded_address_is_believed_behind_a_proxy_alone(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    spoofed = request_from("10.0.0.1", "203.0.113.9")
    assert (address_of(spoofed), limits.network_of(spoofed)) == ("10.0.0.1", "10.0.0.1")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    through = request_from("10.0.0.1", "6.6.6.6, 203.0.113.9")
    assert (address_of(through), limits.network_of(through)) == ("203.0.113.9", "203.0.113.9")


@pytest.mark.parametrize("name", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_no_header_says_where_mailed_links_lead(db: None, settings: Settings, name: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    settings.BASE_URL = "https://trackflow.example"
    person = make_user("ines@example.com")
    from allauth.account.models import EmailAddress  # lazy: this test's alone

    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    spoofed: Any = {name: "evil.example"}
    Client().post(reverse("account_reset_password"), {"email": person.email}, **spoofed)
    jobs = ProcrastinateJob.objects
    mail_reset_link(email=jobs.get(task_name="accounts.mail_reset_link").args["email"])
    mail = jobs.filter(task_name="accounts.send_mail").latest("id").args
    assert "evil.example" not in json.dumps(mail)
    assert "https://trackflow.example/accounts/password/reset/key/" in mail["text"]


PRINT = (
    "import django; django.setup(); from django.conf import settings as s; "
    "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.COOKIE_PREFIX, s.SESSION_COOKIE_SECURE, "
    "s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS)"
)


@pytest.mark.parametrize(
    ("https", "found"),
    [
        ("on", "__Host-session __Host-csrf __Secure- True True 31536000"),
        ("off", "sessionid csrftoken  False True 0"),
    ],
)
def test_cookies_of_https_say_so_in_their_names(https: str, found: str) -> None:
    around = {**os.environ, "HTTPS": https, "DJANGO_SETTINGS_MODULE": "trackflow.settings", "SECRET_KEY": "x"}
    run = subprocess.run(
        [sys.executable, "-c", PRINT], env=around, cwd=site.BASE_DIR, capture_output=True, text=True
    )
    assert run.stdout.strip() == found


def test_every_cookie_over_https_has_a_name_that_browsers_take_from_https_alone(
    cast: Cast, settings: Settings
) -> None:
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.COOKIE_PREFIX = "__Secure-"
    client = Client()
    cast.manager.set_password("paper-moon-tapes")
    cast.manager.save()
    EmailAddress.objects.create(user=cast.manager, email=cast.manager.email, verified=True, primary=True)
    signing_in = {"login": cast.manager.email, "password": "paper-moon-tapes"}
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), signing_in, secure=True)
    client.get(reverse("desk:queue", args=[cast.label.slug]), secure=True)
    said = {"artist_name": "Mona", "contact_email": "mona@example.com"}
    assert client.post(reverse("catalog:profile"), said, secure=True).status_code == 303
    names = {"__Host-session", "__Host-csrf", "__Secure-known", "__Secure-desk", "__Secure-messages"}
    assert set(client.cookies) == names
    assert all(each["secure"] for each in client.cookies.values())
    assert "Your profile is saved." in client.get(reverse("catalog:profile"), secure=True).text
    assert client.cookies["__Secure-messages"].value == ""


OLD = {
    "csp-report": {
        "document-uri": "http://testserver/splits/SECRET-TOKEN/?q=private",
        "violated-directive": "script-src",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?token=1",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "http://testserver/labels/",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
        },
    }
]


def tell(body: Any) -> int:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return int(Client().post(reverse("csp-reports"), sent, content_type="application/csp-report").status_code)


def test_reports_are_added_up_without_tokens(db: None) -> None:
    assert [tell(OLD), tell(OLD), tell(NEW)] == [200] * 3
    rows = set(PolicyReport.objects.values_list("directive", "blocked", "page", "count"))
    assert rows == {
        ("script-src-elem", "evil.example", "splits/<str:token>/", 2),
        ("style-src-attr", "inline", "labels/", 1),
    }


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[" * 5000, b"\xff", b"[1, null, {}]", b'{"csp-report": 5}'),
        {"csp-report": {"blocked-uri": ["x"], "document-uri": "//[", "effective-directive": "a\0" * 90}},
        b'{"csp-report": {"blocked-uri": "' + b"x" * LARGEST + b'"}}',
    ],
)
def test_whatever_is_reported_is_answered_the_same(db: None, body: Any) -> None:
    assert tell(body) == 200


def test_strangers_cannot_fill_the_table(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_reports, "MOST_A_DAY", 3)
    for number in range(5):
        policy_reports.count({"blocked-uri": f"https://h{number}.example/"})
    assert PolicyReport.objects.count() == 3
    assert MOST_A_DAY > 3


def test_old_reports_are_deleted(db: None) -> None:
    with at(now() - LASTS * 2):
        policy_reports.count({"blocked-uri": "inline"})
    policy_reports.count({"blocked-uri": "inline"})
    assert delete_policy_reports() == 1
    assert PolicyReport.objects.count() == 1


def test_staff_read_reports_and_change_none(db: None) -> None:
    policy_reports.count({"blocked-uri": "inline", "effective-directive": "img-src"})
    admin = Client()
    admin.force_login(make_user("admin@example.com", is_staff=True, is_superuser=True))
    page = admin.get(reverse("admin:trackflow_policyreport_changelist"))
    assert "img-src" in page.content.decode()
    assert admin.get(reverse("admin:trackflow_policyreport_add")).status_code == 403


def test_security_txt_is_there_by_setting(db: None, settings: Settings) -> None:
    path = "/.well-known/security.txt"
    settings.SECURITY_CONTACT = ""
    assert Client().get(path).status_code == 404
    settings.SECURITY_CONTACT = "security@trackflow.example"
    text = Client().get(path).content.decode()
    assert text.startswith("Contact: mailto:security@trackflow.example\nExpires: ")
    assert f"Canonical: {site.BASE_URL}{path}" in text
