"""Who lacks a profile or a track is sent to make one, and comes back to send."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import return_path
from catalog.tests.posting import post_track
from labels.tests.builders import make_user
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
SENDING, PROFILE = reverse("submissions:create"), reverse("catalog:profile")
FILLED = {"artist_name": "Ines", "contact_email": "ines@example.com"}


@pytest.fixture
def newcomer() -> Client:
    return client_of(make_user("ines@example.com", makes_music=True))


def test_producer_without_profile_or_track_comes_back_to_send(newcomer: Client) -> None:
    sending = f"{SENDING}?intake=CL-0000-0000"
    assert newcomer.get(sending)["Location"] == PROFILE
    assert newcomer.post(PROFILE, FILLED)["Location"] == sending
    assert newcomer.get(sending)["Location"] == reverse("catalog:track-create")
    made = post_track(newcomer)
    assert made["Location"].startswith(f"{sending}&track=TR-")
    assert newcomer.get(made["Location"]).status_code == 200
    assert return_path.KEY not in newcomer.session


def test_producer_who_went_there_another_way_is_led_nowhere(newcomer: Client) -> None:
    newcomer.get(SENDING)
    newcomer.post(PROFILE, FILLED)
    newcomer.get(SENDING)
    post_track(newcomer)
    newcomer.get(SENDING)
    assert newcomer.post(PROFILE, FILLED)["Location"] == PROFILE
