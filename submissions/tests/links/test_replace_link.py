"""Replacing a link: the same checks, warnings and preview as for a new one, before the label gets it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from playwright.sync_api import Page, expect

from catalog.links.link import parse_link
from catalog.links.preview import preview_of
from catalog.models import ShortLink
from catalog.models.short_link import digest_of
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import make_submission
from submissions.tests.posting import fresh, own_client, post, url_of
from submissions.workflow import perform
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.django_db

SHORT = "https://on.soundcloud.com/aB3dE"
FULL = "https://soundcloud.com/mara/again/s-MjcQ5BtcRPp"
EXPIRES = "https://cdn.discordapp.com/attachments/1/2/low-tide.wav"


@pytest.fixture(autouse=True)
def _asking(settings: Any) -> None:
    settings.LINK_CHECKS = True


@pytest.fixture
def sent() -> Submission:
    return make_submission("in_review")


def replace(submission: Submission, url: str, **more: str) -> Any:
    return post(submission, "replace-link", slot="audio", url=url, **more)


def stamp_of(url: str) -> str:
    return preview_of(url, may_ask=lambda: True, title="").stamp


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (EXPIRES, "stop working after 1 day"),
        ("https://www.dropbox.com/scl/fo/ab12/h4sh?rlkey=k3yk3y", "This is a folder"),
        ("https://soundcloud.com/mara", "This is a profile"),
        ("https://example.com/some/page", "cannot be played here"),
    ],
)
def test_link_that_labels_would_stumble_over_is_shown_first_and_sent_on_the_second_press(
    sent: Submission, url: str, words: str
) -> None:
    shown = replace(sent, url)
    page = shown.content.decode()
    assert (shown.status_code, fresh(sent).version) == (422, sent.version)
    assert words in page
    assert "Check what we found about this link" in page
    assert f'name="seen" value="{stamp_of(url)}"' in page
    assert replace(sent, url, seen=stamp_of(url)).status_code == 303
    assert fresh(sent).version == sent.version + 1


def test_link_seen_is_not_another_link(sent: Submission) -> None:
    assert replace(sent, EXPIRES, seen=stamp_of("https://example.com/a")).status_code == 422


def test_link_that_plays_is_replaced_at_once_or_checked_first_without_javascript(sent: Submission) -> None:
    page = own_client(sent).get(url_of("replace-link", sent)).content.decode()
    assert 'name="check"' in page
    assert 'hx-post="/tracks/link/check/"' in page
    checked = replace(sent, FULL, check="1")
    assert checked.status_code == 422
    assert "data-player-button" in checked.content.decode()
    assert replace(sent, FULL).status_code == 303


def test_short_link_is_looked_up_and_its_full_address_goes_to_the_label(sent: Submission) -> None:
    waiting = replace(sent, SHORT)
    assert waiting.status_code == 422
    assert "We are looking up where this short link leads" in waiting.content.decode()
    ShortLink.objects.update(target=FULL)
    shown = replace(sent, SHORT)
    assert shown.status_code == 422
    assert f"<code>{FULL}</code>" in shown.content.decode()
    assert replace(sent, SHORT, seen=stamp_of(SHORT)).status_code == 303
    copies = fresh(sent).revisions.order_by("-number").values_list("copy", flat=True)
    assert copies[0]["audio_url"] == FULL


def test_short_link_that_leads_nowhere_is_refused(sent: Submission) -> None:
    ShortLink.objects.create(digest=digest_of(SHORT), url=SHORT, problem="It leads nowhere.")
    assert replace(sent, SHORT).context["form"].errors["url"] == ["It leads nowhere."]


def test_door_takes_no_short_link(sent: Submission) -> None:
    with pytest.raises(ValidationError, match="short link"):
        perform(
            sent,
            "replace_link",
            actor=Actor.producer(sent.producer),
            turn=sent.turn,
            key=uuid4(),
            slot="audio",
            url=SHORT,
        )


def check(client: Client, url: str) -> Any:
    return client.post("/tracks/link/check/", {"url": url}, headers={"HX-Request": "true"})


def test_pasted_link_is_shown_beside_its_field(sent: Submission) -> None:
    client = own_client(sent)
    page = check(client, f"Listen: {FULL}").content.decode()
    assert "data-player-button" in page
    assert "Anyone with the link" in page
    assert f'name="seen" value="{stamp_of(FULL)}"' in page
    assert "<html" not in page
    refused = check(client, "https://we.tl/t-AbC")
    assert (refused.status_code, "Use one that stays" in refused.content.decode()) == (422, True)
    assert "field__errors" not in check(client, " ").content.decode()
    waiting = check(client, SHORT).content.decode()
    assert 'hx-post="/tracks/link/check/"' in waiting
    assert parse_link(SHORT).is_short


@pytest.mark.browser
def test_producer_sees_a_link_as_it_is_pasted_and_replaces_it_in_one_press(
    browse: Callable[..., Page], server: str, settings: Any
) -> None:
    sent = make_submission("in_review")
    page = browse()
    sign_in(page, sent.producer, server)
    page.goto(url_of("replace-link", sent))
    page.get_by_label("The new link").fill(EXPIRES.removeprefix("https://"))
    expect(page.locator("#link")).to_contain_text("stop working after 1 day")
    expect(page.get_by_role("button", name="Play from cdn.discordapp.com")).to_be_visible()
    page.get_by_role("button", name="Replace a link").click()
    page.wait_for_url(url_of("submission", sent))
    assert fresh(sent).version == sent.version + 1
