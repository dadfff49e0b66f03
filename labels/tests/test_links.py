"""A label's links: what is taken, and how they are shown."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from labels.link_fields import MOST, LinksField
from labels.models import Label
from labels.tests.builders import make_label, make_member

URL = "/labels/harbour/settings/"
GOOD: dict[str, Any] = {
    "name": "Harbour",
    "slug": "harbour",
    "time_zone": "UTC",
    "message_rule": "always",
    "most_unanswered": 3,
}


def test_lines_become_links_by_https_each_once() -> None:
    typed = " bandcamp.com/harbour \r\n\r\nhttps://Example.org/a?b=1\nhttps://example.org/a?b=1"
    assert LinksField().clean(typed) == ["https://bandcamp.com/harbour", "https://example.org/a?b=1"]
    assert LinksField(required=False).clean("") == []


@pytest.mark.parametrize(
    "line",
    [
        "http://harbour.example",
        "javascript:alert(1)",
        "data:text/html,hi",
        "https://user:pass@harbour.example/",
        "https://harbour.example@evil.example/",
        "https://127.0.0.1/",
        "https://harbour.example\\.evil.example/",
        "https://harbour.example/\u202emoc.live",
        "https://harbour.example/" + "x" * 200,
        "harbour",
    ],
)
def test_link_that_could_mislead_is_refused_and_named(line: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        LinksField().clean(f"https://fine.example\n{line}")
    assert len(refusal.value.messages) == 1
    assert line[:20] in refusal.value.messages[0]


def test_eight_links_are_taken_and_nine_refused() -> None:
    lines = [f"https://{number}.example/" for number in range(MOST + 1)]
    assert LinksField().clean("\n".join(lines[:MOST])) == lines[:MOST]
    with pytest.raises(ValidationError, match="At most 8"):
        LinksField().clean("\n".join(lines))


@pytest.mark.django_db
def test_links_are_changed_in_the_settings_and_shown_on_the_page_without_lending_them_weight(
    client: Client,
) -> None:
    client.force_login(make_member(make_label(links=["https://old.example/"])))
    assert client.get(URL).context["form"]["links"].value() == "https://old.example/"
    assert client.post(URL, GOOD | {"links": "https://evil.example/bandcamp.com"}).status_code == 303
    assert Label.objects.get().links == ["https://evil.example/bandcamp.com"]
    page = Client().get("/labels/harbour/").content.decode()
    assert (
        '<a href="https://evil.example/bandcamp.com" rel="noopener noreferrer nofollow ugc">'
        "evil.example/bandcamp.com</a>"
    ) in page


@pytest.mark.django_db
def test_links_that_are_sent_back_unchanged_change_nothing(client: Client) -> None:
    client.force_login(make_member(make_label(links=["https://a.example/", "https://b.example/"])))
    form = client.post(URL, GOOD | {"name": "", "links": "https://a.example/\r\nhttps://b.example/"}).context[
        "form"
    ]
    assert "links" not in form.changed_data
