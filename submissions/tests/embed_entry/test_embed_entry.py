"""A demo begun on a label's own site: kept, and led through what must be filled in first."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import visitor_store
from catalog.models import Genre, Track
from catalog.tests.builders import make_producer, make_track
from catalog.tests.posting import post_track
from catalog.tracks import pending_track
from kit.clock import at, now
from labels.models import Label
from labels.tests.builders import make_intake, make_label, make_user
from submissions.embed_entry.views import LONGEST
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LINK = "https://soundcloud.com/maya-tides/low-tide/s-MjcQ5BtcRPp"
TYPED = {"title": "Low Tide", "link": LINK, "artist_name": "Maya Tides", "genre": "house"}
START = "/labels/harbour/start/"
SENDING, PROFILE = reverse("submissions:create"), reverse("catalog:profile")
TRACK = reverse("catalog:track-create")


@pytest.fixture
def harbour() -> Label:
    cache.clear()
    return make_label()


def begin(client: Client, **typed: str) -> str:
    """Post the form as a browser does from a frame on another site, without any cookie."""
    answer = Client(enforce_csrf_checks=True).post(START, {**TYPED, **typed}, headers={"Origin": "null"})
    assert (answer.status_code, len(answer.cookies)) == (303, 0)
    return str(answer["Location"])


def test_what_is_typed_is_kept_under_a_random_code_and_no_cookie_is_set(
    harbour: Label, client: Client
) -> None:
    there = begin(client)
    (code,) = parse_qs(urlsplit(there).query)["kept"]
    assert urlsplit(there).path == START
    assert len(code) == 22
    assert "soundcloud" not in there
    assert begin(client) != there


def test_visitor_is_sent_to_sign_up_and_back(harbour: Label, client: Client) -> None:
    there = begin(client)
    answer = client.get(there)
    to = urlsplit(answer["Location"])
    assert (answer.status_code, to.path) == (302, reverse("account_signup"))
    assert parse_qs(to.query)["next"] == [there]
    assert "What you typed is kept" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("typed", ["\0", "cl", "CL-0000-0000", "9" * 5000])
def test_intake_that_is_none_leads_to_the_labels_first(harbour: Label, typed: str) -> None:
    answer = client_of(make_producer()).get(START, {"intake": typed})
    assert answer["Location"] == f"{SENDING}?intake={harbour.intakes.get().code}"


def test_newcomer_fills_in_profile_then_track_then_sends(harbour: Label) -> None:
    client = client_of(make_user("maya@tides.example", makes_music=True))
    there = begin(client)
    assert client.get(there)["Location"] == PROFILE
    assert client.get(PROFILE).context["form"]["artist_name"].value() == "Maya Tides"
    filled = {"artist_name": "Maya Tides", "contact_email": "maya@tides.example"}
    back = client.post(PROFILE, filled)["Location"]
    assert client.get(back)["Location"] == TRACK
    form = client.get(TRACK).context["form_set"].form
    house = str(Genre.objects.get(slug="house").pk)
    assert [str(form[name].value()) for name in ("title", "audio_url", "genre")] == ["Low Tide", LINK, house]
    onward = post_track(client, audio_url=LINK)["Location"]
    assert onward == f"{SENDING}?intake={harbour.intakes.get().code}&track={Track.objects.get().code}"
    assert client.get(onward).context["form"].initial["intake"] == harbour.intakes.get().code
    assert pending_track.KEY not in client.session


def test_code_is_spent_once_it_is_in_a_session(harbour: Label) -> None:
    client = client_of(make_producer())
    there = begin(client)
    client.get(there)
    assert client_of(make_producer(email="other@example.com")).get(there)["Location"].startswith(SENDING)
    assert client.get(there)["Location"] == TRACK


def test_producer_who_has_the_track_already_goes_straight_to_sending(harbour: Label) -> None:
    producer = make_producer()
    track = make_track(producer, audio_url=LINK)
    client = client_of(producer)
    answer = client.get(begin(client))
    assert answer["Location"] == f"{SENDING}?intake={harbour.intakes.get().code}&track={track.code}"


def test_call_that_was_named_is_chosen(harbour: Label) -> None:
    call = make_intake(harbour, call_name="Autumn")
    client = client_of(make_producer())
    client.get(begin(client, intake=call.code))
    assert post_track(client)["Location"].startswith(f"{SENDING}?intake={call.code}&track=")


@pytest.mark.parametrize("hidden", ["with a code", "of another label", "nonsense"])
def test_call_that_is_not_offered_is_never_chosen(harbour: Label, hidden: str) -> None:
    standing = harbour.intakes.get().code
    named = {
        "with a code": make_intake(harbour, call_name="Secret", access_code="tide").code,
        "of another label": make_label("Other").intakes.get().code,
        "nonsense": "CL-0000-0000",
    }
    client = client_of(make_producer())
    client.get(begin(client, intake=named[hidden]))
    assert post_track(client)["Location"].startswith(f"{SENDING}?intake={standing}&")


def test_label_that_closed_meanwhile_says_so_and_keeps_what_was_typed(harbour: Label) -> None:
    client = client_of(make_producer())
    there = begin(client)
    harbour.intakes.update(is_paused=True)
    assert client.get(there)["Location"] == harbour.get_absolute_url()
    assert client.session[pending_track.KEY]["value"]["typed"]["title"] == "Low Tide"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 10_000),
        ("link", "javascript:alert(1)"),
        ("link", "https://soundcloud.com/" + "x" * 10_000),
        ("artist_name", ""),
        ("genre", "polka"),
    ],
)
def test_bad_input_is_said_at_its_field_and_the_rest_is_kept(
    harbour: Label, client: Client, field: str, value: str
) -> None:
    answer = client.get(begin(client, **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    others = {name: said for name, said in TYPED.items() if name != field}
    assert {name: answer.context["form"][name].value() for name in others} == others


@pytest.mark.parametrize("code", ["", "x", "x" * 22, "../../etc", "\x00" * 22])
def test_code_that_names_nothing_leads_on_without(harbour: Label, code: str) -> None:
    answer = client_of(make_producer()).get(START, {"kept": code})
    assert answer["Location"] == f"{SENDING}?intake={harbour.intakes.get().code}"


def test_fields_nobody_asked_for_are_not_kept(harbour: Label, client: Client) -> None:
    code = parse_qs(urlsplit(begin(client, extra="x" * 1000)).query)["kept"][0]
    assert set(visitor_store.read_by_code(code)) == set(LONGEST)


def test_what_was_typed_is_forgotten_after_a_day(harbour: Label) -> None:
    client = client_of(make_producer())
    client.get(begin(client))
    with at(now() + visitor_store.LIFETIME):
        assert client.get(TRACK).context["form_set"].form["title"].value() in ("", None)


def test_one_network_begins_sixty_an_hour_and_no_more(harbour: Label, client: Client) -> None:
    answers = [client.post(START, TYPED).status_code for _ in range(61)]
    assert answers == [303] * 60 + [429]


@pytest.mark.parametrize("status", ["unverified", "suspended", "closed"])
def test_label_that_receives_nothing_begins_nothing(client: Client, status: str) -> None:
    make_label(status=status)
    assert client.post(START, TYPED).status_code == 404
    assert client.get(START).status_code == 404
