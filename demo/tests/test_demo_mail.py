"""The page on which the demo's mails are read."""

import re
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from demo import mail_views

HTML = "<html><head><title>x</title></head><body><script>alert(1)</script><a href='http://x/'>Go</a></body></html>"


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Settings:
    settings.DEMO = True
    settings.ROOT_URLCONF = "demo.tests.demo_urlconf"
    settings.MAIL_DIR = tmp_path
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return settings


def send(subject: str, to: str = "mara@example.com", *, text: str = "Hello", html: str = "") -> None:
    message = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def page(client: Client, path: str = "") -> str:
    response = client.get(f"/demo/mail/{path}")
    assert response.status_code == 200
    return response.content.decode()


def first(client: Client) -> str:
    """Return the address of the newest mail, below the list's."""
    return page(client).split('table__title" href="/demo/mail/')[1].split('"')[0]


def test_without_demo_there_is_no_such_page(client: Client, db: None, settings: Settings) -> None:
    assert client.get("/demo/mail/").status_code == 404
    settings.ROOT_URLCONF = "demo.tests.demo_urlconf"
    for path in ("", "x/", "x/html/"):
        assert client.get(f"/demo/mail/{path}").status_code == 404


@pytest.mark.usefixtures("db", "demo")
def test_stranger_reads_mails_newest_first(client: Client) -> None:
    assert "No mail yet" in page(client)
    send("First – Čau")
    send("Second", text="Confirm: http://127.0.0.1:8001/accounts/confirm-email/abc:def/ <b>")
    shown = page(client)
    assert shown.index("Second") < shown.index("First – Čau")
    mail = page(client, first(client))
    assert '<a href="http://127.0.0.1:8001/accounts/confirm-email/abc:def/"' in mail
    assert "&lt;b&gt;" in mail
    assert "iframe" not in mail


@pytest.mark.usefixtures("db", "demo")
def test_mails_are_filtered_by_recipient_and_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_views, "SIZE", 2)
    for number in range(5):
        send(f"Number {number}")
    send("For Niko", "niko@example.com")
    assert "Number" not in page(client, "?to=NIKO@")
    assert "No mail to this address" in page(client, "?to=nobody")
    seen, query = [], "?to=mara"
    while query:
        shown = page(client, query)
        seen += [number for number in range(5) if f"Number {number}" in shown]
        links = re.findall(r'rel="next" href="([^"]+)"', shown)
        query = links[0].replace("&amp;", "&") if links else ""
    assert sorted(seen) == [0, 1, 2, 3, 4]


@pytest.mark.usefixtures("db", "demo")
def test_html_is_served_in_a_sandbox_of_its_own(client: Client) -> None:
    send("Both", html=HTML)
    detail = client.get(f"/demo/mail/{first(client)}")
    frames = detail["Content-Security-Policy"].split("frame-src ")[1].split(";")[0]
    assert "'self'" in frames
    response = client.get(f"/demo/mail/{first(client)}html/")
    assert response["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-scripts" not in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in response.content.decode()


@pytest.mark.usefixtures("db", "demo")
def test_mails_of_one_file_are_told_apart(client: Client, tmp_path: Path) -> None:
    send("One")
    send("Two")
    files = sorted(tmp_path.glob("*.log"))
    if len(files) == 2:
        files[0].write_bytes(files[0].read_bytes() + files[1].read_bytes())
        files[1].unlink()
    shown = page(client)
    assert "One" in shown
    assert "Two" in shown


@pytest.mark.usefixtures("db", "demo")
def test_unknown_names_are_404_and_nothing_is_posted(client: Client) -> None:
    assert client.get("/demo/mail/no-such-mail/").status_code == 404
    assert client.get("/demo/mail/..%2f..%2fetc/").status_code == 404
    assert client.post("/demo/mail/").status_code == 405
