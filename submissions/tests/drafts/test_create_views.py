from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import now
from labels.models import Intake, Label
from labels.tests.builders import make_intake, make_label, make_user
from submissions.models import Submission
from submissions.tests.builders import act, make_draft, make_submission
from submissions.tests.posting import url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
CREATE = reverse("submissions:create")


@pytest.fixture
def mara() -> User:
    return make_producer()


@pytest.fixture
def track(mara: User) -> Track:
    return make_track(mara)


@pytest.fixture
def harbour() -> Label:
    return make_label()


@pytest.fixture
def intake(harbour: Label) -> Intake:
    return harbour.intakes.get()


def begin(user: User, track: Track | str, intake: Intake | str, query: str = "") -> Any:
    codes = {"track": getattr(track, "code", track), "intake": getattr(intake, "code", intake)}
    return client_of(user).post(CREATE + query, codes)


def test_producer_begins_a_draft(mara: User, track: Track, intake: Intake) -> None:
    answer = begin(mara, track, intake)
    draft = Submission.objects.get()
    assert (answer.status_code, answer.url) == (303, url_of("edit", draft))
    assert (draft.producer, draft.track, draft.intake, draft.state) == (mara, track, intake, "draft")


def test_address_names_track_and_intake(mara: User, track: Track, intake: Intake) -> None:
    page = client_of(mara).get(CREATE, {"track": track.code.lower(), "intake": intake.code.lower()})
    assert page.context["form"].initial == {"track": track.code, "intake": intake.code}
    assert page.content.decode().count(" selected") == 2


@pytest.mark.parametrize("query", ["?track=nonsense&intake=%00", "?track=TR-0000-0000&intake=CL-0000-0000"])
def test_address_that_names_nothing_asks(mara: User, track: Track, query: str) -> None:
    assert client_of(mara).get(CREATE + query).status_code == 200


def test_second_try_finds_the_same_draft(mara: User, track: Track, intake: Intake) -> None:
    assert begin(mara, track, intake).url == begin(mara, track, intake).url
    assert Submission.objects.count() == 1


def test_draft_follows_the_intake_that_was_chosen_last(mara: User, track: Track, intake: Intake) -> None:
    begin(mara, track, intake)
    call = make_intake(intake.label, call_name="Summer")
    begin(mara, track, call)
    assert Submission.objects.get().intake == call


def test_track_that_is_open_there_is_said_with_a_link(mara: User, track: Track, intake: Intake) -> None:
    live = make_submission("in_review", track=track, label=intake.label)
    answer = begin(mara, track, intake)
    assert answer.status_code == 422
    assert f'href="{url_of("submission", live)}"' in answer.content.decode()
    assert "You already sent this track to Harbour" in answer.content.decode()


def test_track_that_came_to_an_end_may_be_drafted_again(mara: User, track: Track, intake: Intake) -> None:
    act(make_submission("submitted", track=track, label=intake.label), "withdraw")
    assert begin(mara, track, intake).status_code == 303


def test_intake_that_closed_meanwhile_is_refused(mara: User, track: Track, intake: Intake) -> None:
    intake.is_paused = True
    intake.save()
    answer = begin(mara, track, intake)
    assert answer.status_code == 422
    assert "not taking demos any more" in answer.content.decode()
    assert f'value="{track.code}" selected' in answer.content.decode()


def test_closed_intake_in_the_address_is_said(mara: User, track: Track, intake: Intake) -> None:
    intake.opens_at = now() + timedelta(days=3)
    intake.save()
    page = client_of(mara).get(CREATE, {"intake": intake.code}).content.decode()
    assert "is not taking demos at the moment" in page
    assert "Opens on" in page


@pytest.mark.parametrize("status", ["unverified", "suspended", "closed"])
def test_label_that_receives_nothing_is_not_offered(mara: User, track: Track, status: str) -> None:
    intake = make_label("Shadow", status).intakes.get()
    page = client_of(mara).get(CREATE, {"intake": intake.code}).content.decode()
    assert "Shadow" not in page
    assert begin(mara, track, intake).status_code == 422


def test_call_with_a_code_is_reached_by_its_address_alone(mara: User, track: Track, harbour: Label) -> None:
    call = make_intake(harbour, call_name="Secret night", access_code="moth")
    assert "Secret night" not in client_of(mara).get(CREATE).content.decode()
    assert "Secret night" in client_of(mara).get(CREATE, {"intake": call.code}).content.decode()
    assert begin(mara, track, call).status_code == 303


def test_other_producers_track_is_refused(mara: User, track: Track, intake: Intake) -> None:
    other = make_track(make_producer())
    answer = begin(mara, other, intake)
    assert answer.status_code == 422
    assert other.title not in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "\x00", "TR-0000-0000", "x" * 10_000, "🎛", "\u202e"])
def test_nonsense_is_refused(mara: User, track: Track, intake: Intake, typed: str) -> None:
    assert begin(mara, typed, intake).status_code == 422
    assert begin(mara, track, typed).status_code == 422


def test_who_has_no_profile_makes_one_first() -> None:
    answer: Any = client_of(make_user()).get(CREATE)
    assert (answer.status_code, answer.url) == (302, reverse("catalog:profile"))


def test_who_has_no_track_adds_one_first(mara: User) -> None:
    make_track(mara, archived_at=now())
    answer: Any = client_of(mara).get(CREATE)
    assert (answer.status_code, answer.url) == (302, reverse("catalog:track-create"))


def test_draft_is_deleted_after_a_question(mara: User, track: Track) -> None:
    draft = make_draft(track=track)
    client = client_of(mara)
    assert "Delete this draft?" in client.get(url_of("delete", draft)).content.decode()
    assert Submission.objects.exists()
    assert client.post(url_of("delete", draft)).status_code == 303
    assert not Submission.objects.exists()


def test_what_was_sent_is_not_deleted(mara: User, track: Track) -> None:
    submission = make_submission("submitted", track=track)
    client = client_of(mara)
    assert client.get(url_of("delete", submission)).status_code == 302
    assert client.post(url_of("delete", submission)).status_code == 409
    assert Submission.objects.exists()


def test_anonymous_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(CREATE).status_code == 302
