"""A producer who means harm: whatever stands in every field, nothing changes for anybody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from catalog.tests.posting import post_track
from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_label, make_member, make_question, make_user
from notifications.tasks import make_digests
from submissions.models import Submission
from submissions.tests.builders import act, make_draft
from trackflow.testing.chromium import Browse

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}"
LONG_WORD = "W" * 150
WORDS = {"licence_proof": 500, "link_password": 100, "release_window": 100, "pro": 40, "pitch": 600}


def hostile_submission(manager: User) -> Submission:
    """Send a demo with a script wherever words may stand, stored as if no form had looked."""
    label = manager.memberships.get().label
    question = make_question(label.intakes.get(), text="Why us?")
    producer = make_producer(artist_name=SCRIPT, city=SCRIPT[:80], bio=SCRIPT)
    words = {name: SCRIPT[:longest] for name, longest in WORDS.items()}
    track = make_track(producer, title=SCRIPT, mix=LONG_WORD[:80], **words)
    track.collaborators.create(name=SCRIPT, role="vocalist")
    draft = make_draft(track=track, label=label)
    draft.draft.answers = {f"q{question.pk}": SCRIPT}
    draft.draft.save()
    submission = act(draft, "submit", note=SCRIPT).submission
    return act(submission, "start_review", manager=manager).submission


def visit(page: Page, server: str, user: User, paths: list[str]) -> None:
    """Open pages as somebody: no script runs, the words stand there as words, nothing scrolls sideways."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        assert "alert(1)" in page.locator("body").inner_text(), path
        assert page.locator("img[src=x]").count() == 0, path
        assert "49" not in page.title()
        if not path.startswith("/admin/"):
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0, path


def test_scripts_in_every_field_run_nowhere(
    browse: Browse, server: str, run_jobs: Callable[[], None]
) -> None:
    manager = make_member(make_label(), Role.MANAGER)
    admin = make_user("admin@example.com", is_staff=True, is_superuser=True)
    submission = hostile_submission(manager)
    run_jobs()
    page = browse(viewport={"width": 360, "height": 740})
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    desk = reverse("desk:queue", args=[submission.label.slug])
    visit(
        page,
        server,
        manager,
        [f"{desk}?q=is:in-review", f"{desk}{submission.reference}/", "/notifications/"],
    )
    office = reverse("admin:submissions_submission_change", args=[submission.pk])
    visit(page, server, admin, [office, reverse("admin:submissions_submission_changelist")])
    visit(page, server, submission.producer, [submission.get_absolute_url(), "/submissions/", "/tracks/"])
    with at((now() + timedelta(days=1)).replace(hour=20)):  # after the hour of the digest
        make_digests()
        run_jobs()
    (letter,) = [each for each in mail.outbox if manager.email in each.to]
    html = str(letter.alternatives[0][0])  # type: ignore[attr-defined]  # an EmailMultiAlternatives
    assert "<script>" not in html
    assert "onerror=alert(2)>" not in html
    assert "\n" not in letter.subject


@pytest.mark.django_db
@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>"])
def test_links_that_are_programs_are_refused(client: Client, link: str) -> None:
    client.force_login(make_producer())
    assert post_track(client, audio_url=link).status_code == 422
    assert not Track.objects.exists()


@pytest.mark.django_db
def test_a_megabyte_of_text_is_refused_and_kept(client: Client) -> None:
    client.force_login(make_producer())
    answer = post_track(client, pitch="x" * 1_000_000)
    assert answer.status_code == 422
    assert not Track.objects.exists()


@pytest.mark.django_db
def test_invisible_characters_make_no_second_name(client: Client) -> None:
    client.force_login(make_producer())
    assert post_track(client, title="Low\u200b \u202eTide\u202c").status_code == 303
    assert Track.objects.get().title == "Low Tide"
