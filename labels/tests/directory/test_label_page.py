"""A label's public page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kit import clock
from labels.choices import Role, Status
from labels.models import FormerSlug
from labels.tests.builders import make_intake, make_label, make_member, make_question, make_user

pytestmark = pytest.mark.django_db

URL = "/labels/harbour/"


def test_anyone_reads_what_a_verified_label_wants(client: Client) -> None:
    label = make_label(
        about="Slow <house>.", website="https://harbour.example/", country="DK", genres=["house"]
    )
    label.intakes.update(message="No <b>remixes</b>.", ai_policy="none", promise_days=10, grace_days=5)
    page = client.get(URL).content.decode()
    for words in (
        "Slow &lt;house&gt;.",
        "No &lt;b&gt;remixes&lt;/b&gt;.",
        "No generative AI.",
        "Answers within 10 days.",
        "after 15 days",
        "Denmark",
        "https://harbour.example/",
    ):
        assert words in page
    assert "Go to the desk" not in page


@pytest.mark.parametrize("status", [Status.UNVERIFIED, Status.SUSPENDED, Status.CLOSED])
def test_label_not_verified_shows_itself_to_its_team_alone(client: Client, status: str) -> None:
    label = make_label(status=status)
    assert client.get(URL).status_code == 404
    client.force_login(make_user())
    assert client.get(URL).status_code == 404
    client.force_login(make_member(label, Role.VIEWER))
    response = client.get(URL)
    assert response.status_code == 200
    assert response.context["standing"]
    assert b"Settings of" not in response.content
    assert b"intake=CL" not in response.content


def test_open_intake_is_linked_with_the_track_and_a_closed_one_is_not(client: Client) -> None:
    label = make_label()
    standing = label.intakes.get()
    call = make_intake(label, call_name="Autumn call", is_paused=True)
    page = client.get(URL, {"track": "TR-4K7Q-9XMD"}).content.decode()
    assert f"?intake={standing.code}&amp;track=TR-4K7Q-9XMD" in page
    assert "Autumn call" in page
    assert f"?intake={call.code}" not in page


def test_way_to_send_a_demo_stands_at_the_head_of_an_open_label(client: Client) -> None:
    label = make_label()
    head = client.get(URL).content.decode().split('class="sidebar"')[0]
    assert "Send a demo" in head
    assert f"?intake={label.intakes.get().code}" in head
    assert "Answers within 14 days" in head
    label.intakes.update(is_paused=True)
    head = client.get(URL).content.decode().split('class="sidebar"')[0]
    assert "Send a demo" not in head
    assert "Closed" in head


def test_call_with_a_code_or_over_is_not_listed(client: Client) -> None:
    label = make_label()
    make_intake(label, call_name="Secret call", access_code="tide")
    make_intake(label, call_name="Last call", closes_at=clock.now() - timedelta(days=1))
    page = client.get(URL).content.decode()
    assert "Secret call" not in page
    assert "Last call" not in page


def test_times_are_the_labels_whoever_reads(client: Client) -> None:
    label = make_label(time_zone="Europe/Copenhagen")
    label.intakes.update(closes_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    client.force_login(make_user(time_zone="Asia/Tokyo"))
    with clock.at(datetime(2026, 10, 24, 12, tzinfo=UTC)):
        assert b"Open until 25 October 2026, 02:30 CET (Europe/Copenhagen)." in client.get(URL).content


def test_former_slug_redirects_for_good_and_keeps_the_query(client: Client) -> None:
    FormerSlug.objects.create(label=make_label(), slug="quay")
    response = client.get("/labels/quay/?track=TR-4K7Q-9XMD")
    assert (response.status_code, response["Location"]) == (301, f"{URL}?track=TR-4K7Q-9XMD")
    assert response["Cache-Control"] == "no-cache"


def test_former_slug_of_a_hidden_label_tells_nothing(client: Client) -> None:
    FormerSlug.objects.create(label=make_label(status=Status.SUSPENDED), slug="quay")
    assert client.get("/labels/quay/").status_code == 404
    assert client.get("/labels/pier/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_team_finds_its_settings_by_role(client: Client, role: Role) -> None:
    client.force_login(make_member(make_label(), role))
    assert (b"/labels/harbour/settings/" in client.get(URL).content) is (role >= Role.MANAGER)


@pytest.mark.parametrize("count", [1, 5])
def test_page_asks_five_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    label = make_label(genres=["house"])
    for number in range(count):
        intake = make_intake(label, call_name=f"Call {number}", genres=["house", "amapiano"])
        make_question(intake)
    with django_assert_num_queries(5):  # label, intakes, their genres, their questions, its genres
        client.get(URL)


def test_page_takes_no_post(client: Client) -> None:
    make_label()
    assert client.post(URL).status_code == 405


def test_label_writes_about_itself_in_markdown(client: Client) -> None:
    make_label(page_text="# Us\n\n**Slow** [shop](https://shop.example/) <script>")
    page = client.get(URL).content.decode()
    assert "<h3>Us</h3>" in page
    assert "<strong>Slow</strong>" in page
    assert "shop (shop.example)</a> &lt;script&gt;" in page
    make_label("Quay")
    assert "More about" not in client.get("/labels/quay/").content.decode()


def test_links_say_which_site_they_lead_to_and_others_are_left_out(client: Client) -> None:
    links = ["https://www.shop.example/harbour/", "javascript:alert(1)", "https://a@evil.example/"]
    make_label(website="https://harbour.example/", links=links)
    page = client.get(URL).content.decode()
    assert ">shop.example/harbour</a>" in page
    assert ">harbour.example</a>" in page
    assert "javascript:" not in page
    assert "evil.example" not in page


def test_other_sites_show_name_promise_and_one_address(client: Client) -> None:
    make_label("Harbour & Sons", slug="harbour", about="Slow house.\n\n" + "x" * 500)
    page = client.get(URL, {"track": "TR-4K7Q-9XMD"}).content.decode()
    address = f"{settings.BASE_URL}{URL}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert '<meta property="og:title" content="Demos for Harbour &amp; Sons">' in page
    assert '<meta property="og:description" content="Answers within 14 days. Slow house. xxx' in page
    assert "noindex" not in page


def test_label_that_is_not_verified_is_kept_from_search(client: Client) -> None:
    client.force_login(make_member(make_label(status=Status.UNVERIFIED)))
    assert '<meta name="robots" content="noindex">' in client.get(URL).content.decode()


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.REVIEWER, Role.VIEWER])
def test_managers_preview_their_text_and_nothing_is_saved(client: Client, role: Role) -> None:
    label = make_label()
    client.force_login(make_member(label, role))
    answer = client.post(f"{URL}settings/preview/", {"page_text": "*Slow* <b>"})
    assert answer.status_code == (200 if role >= Role.MANAGER else 403)
    assert (b"<em>Slow</em> &lt;b&gt;" in answer.content) is (role >= Role.MANAGER)
    label.refresh_from_db()
    assert label.page_text == ""
