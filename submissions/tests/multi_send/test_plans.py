"""Nothing typed for several labels is lost: it is saved as one types, by a button, and per note of one's own."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from labels.choices import QuestionKind
from labels.models import Intake
from labels.tests.builders import make_label, make_question
from submissions.models import Event, SavedNote, SendPlan, Submission
from submissions.redaction import redact_person
from submissions.tests.multi_send.test_multi_send import body, typed
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of

SEND, NOTES = reverse("submissions:send"), reverse("submissions:notes")


@pytest.fixture
def track(db: None) -> Track:
    return make_track(make_producer())


@pytest.fixture
def harbour(track: Track) -> Intake:
    return make_label("Harbour").intakes.get()


@pytest.fixture
def quay(track: Track) -> Intake:
    return make_label("Quay").intakes.get()


def autosave(track: Track, said: dict[str, Any], by: User | None = None) -> Any:
    address = reverse("submissions:send-autosave", args=[track.code])
    return client_of(by or track.owner).post(address, said)


def composed(track: Track, *intakes: Intake) -> str:
    query = {"track": track.code, "to": [each.code for each in intakes], "go": "on"}
    return body(client_of(track.owner).get(SEND, query))


def notes() -> dict[str, str]:
    return dict(Event.objects.values_list("submission__label__name", "note"))


def test_one_note_goes_to_all_with_their_names_and_changes(
    track: Track, harbour: Intake, quay: Intake
) -> None:
    said = typed(track, harbour, quay, do="send", quay_note="For {label} alone")
    client_of(track.owner).post(SEND, said | {"note": "Dear {label}, here is {track}."})
    assert notes() == {"Harbour": f"Dear Harbour, here is {track.title}.", "Quay": "For Quay alone"}


def test_summary_shows_each_note_as_it_will_be_sent(track: Track, harbour: Intake, quay: Intake) -> None:
    said = typed(track, harbour, quay, quay_note="For {label} alone") | {"note": "Dear {label}"}
    page = body(client_of(track.owner).post(SEND, said))
    assert "Dear Harbour" in page
    assert "For Quay alone" in page
    assert 'name="note" value="Dear {label}"' in page


def test_note_that_grows_too_long_for_a_label_stops_there(track: Track, quay: Intake) -> None:
    long = make_label("L" * 100, slug="long").intakes.get()
    said = typed(track, quay, long) | {"note": "{label}" * 250}
    page = body(client_of(track.owner).post(SEND, said))
    assert "1 label gets it" in page
    assert "2000 is the most" in page


def test_everything_typed_is_saved_invalid_or_not_and_comes_back(track: Track, harbour: Intake) -> None:
    number = make_question(harbour, QuestionKind.NUMBER, text="How many?")
    colours = make_question(harbour, QuestionKind.CHOICES, text="Colours?")
    words = {"harbour_note": "Own words", f"harbour_q{number.pk}": "a lot"}
    said = typed(track, harbour, **words) | {"note": "Dear {label}", "page": uuid.uuid4()}
    said |= {f"{harbour.code}-q{colours.pk}": ["red", "blue"]}
    assert autosave(track, said).status_code == 200
    page = composed(track, harbour)
    assert "Dear {label}</textarea>" in page
    assert "Own words</textarea>" in page
    assert 'value="a lot"' in page
    assert page.count("checked") == 2
    assert not Submission.objects.exists()


def test_button_saves_without_scripts_and_the_way_back_is_shown(
    track: Track, harbour: Intake, quay: Intake
) -> None:
    client = client_of(track.owner)
    said = typed(track, harbour, quay, do="save") | {"note": "Dear {label}"}
    answer = client.post(SEND, said)
    assert answer.status_code == 303
    assert "Dear {label}</textarea>" in body(client.get(answer["Location"]))
    page = body(client.get(SEND, {"track": track.code}))
    assert "You prepared this track for 2 labels." in page
    client.post(reverse("submissions:send-discard", args=[track.code]))
    assert not SendPlan.objects.exists()


def test_sending_forgets_the_plan(track: Track, harbour: Intake) -> None:
    said = typed(track, harbour, do="send") | {"note": "Dear {label}"}
    autosave(track, said)
    client_of(track.owner).post(SEND, said)
    assert not SendPlan.objects.exists()


def test_other_tab_is_not_overwritten_in_silence(track: Track, harbour: Intake) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    said = typed(track, harbour)
    autosave(track, said | {"note": "From the first tab", "page": first})
    answer = autosave(track, said | {"note": "From the second tab", "page": second})
    assert answer.status_code == 409
    assert "Another tab saved this" in body(answer)
    assert SendPlan.objects.get().typed["note"] == ["From the first tab"]
    page = client_of(track.owner).post(SEND, said | {"note": "From the second tab", "page": second})
    assert page.status_code == 409
    assert "From the second tab</textarea>" in body(page)
    stamp = SendPlan.objects.get().stamp
    autosave(track, said | {"note": "From the second tab", "page": second, "saved": stamp})
    assert SendPlan.objects.get().typed["note"] == ["From the second tab"]
    assert autosave(track, said | {"note": "More", "page": second}).status_code == 200


def test_nonsense_is_not_kept_and_breaks_nothing(track: Track, harbour: Intake) -> None:
    said = {
        "to": ["x" * 500, "\x00", harbour.code],
        "note": "a\x00b",
        "\x00": "x",
        "page": "x",
        "saved": "\x00",
    }
    assert autosave(track, said).status_code in (200, 422)
    plan = SendPlan.objects.get()
    assert (plan.to, plan.typed) == ([harbour.code], {"note": ["ab"]})


def test_nobody_else_saves_or_discards_a_plan(track: Track, harbour: Intake) -> None:
    stranger = make_producer()
    assert autosave(track, typed(track, harbour), by=stranger).status_code == 404
    discard = reverse("submissions:send-discard", args=[track.code])
    assert client_of(stranger).post(discard).status_code == 404


def test_saved_note_is_inserted_beside_what_was_typed(track: Track, harbour: Intake) -> None:
    note = SavedNote.objects.create(producer=track.owner, name="Warm", text="Hello {label}!")
    said = typed(track, harbour, do="insert", harbour_note="Kept") | {"note": "Mine", "saved_note": note.code}
    page = body(client_of(track.owner).post(SEND, said))
    assert "Mine\n\nHello {label}!</textarea>" in page
    assert "Kept</textarea>" in page


def test_note_is_kept_under_a_name_and_a_name_is_asked_for(track: Track, harbour: Intake) -> None:
    said = typed(track, harbour, do="keep") | {"note": "Hello {label}!", "page": uuid.uuid4()}
    client = client_of(track.owner)
    refused = client.post(SEND, said)
    assert refused.status_code == 422
    assert "Give the note a name" in body(refused)
    assert "Hello {label}!</textarea>" in body(refused)
    assert client.post(SEND, said | {"note_name": "Warm"}).status_code == 200
    assert SavedNote.objects.get().text == "Hello {label}!"


def test_notes_are_listed_edited_and_deleted_by_their_owner_alone(track: Track) -> None:
    client, stranger = client_of(track.owner), client_of(make_producer())
    assert client.post(NOTES, {"name": "Warm", "text": "Hello"}).status_code == 303
    assert client.post(NOTES, {"name": "Warm", "text": "Again"}).status_code == 422
    note = SavedNote.objects.get()
    page, delete = (reverse(f"submissions:{name}", args=[note.code]) for name in ("note", "note-delete"))
    assert client.post(page, {"name": "Warmer", "text": "Hello there"}).status_code == 303
    assert "Hello there" in body(client.get(NOTES))
    for address in (page, delete):
        assert stranger.post(address, {"name": "x", "text": "y"}).status_code == 404
    assert client.post(delete).status_code == 303
    assert not SavedNote.objects.exists()


def test_what_a_person_kept_for_sending_goes_with_the_account(track: Track, harbour: Intake) -> None:
    autosave(track, typed(track, harbour) | {"note": "Dear {label}"})
    SavedNote.objects.create(producer=track.owner, name="Warm", text="Hello")
    redact_person(track.owner)
    assert not SendPlan.objects.exists()
    assert not SavedNote.objects.exists()


@pytest.mark.browser
def test_page_saves_itself_while_one_types(browse: Browse) -> None:
    own = make_track(make_producer())
    intake = make_label("Quay").intakes.get()
    page = browse()
    cookie = client_of(own.owner).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
    page.goto(f"{SEND}?track={own.code}")
    page.get_by_role("checkbox", name="Quay").check()
    expect(page.locator("[data-tally-count]")).to_have_text("1")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#autosave")).to_contain_text("Saved")
    with page.expect_response("**/autosave/"):
        page.get_by_label("Note to all labels").fill("Dear {label}, while I typed")
    page.goto(f"{SEND}?track={own.code}")
    page.get_by_role("link", name="Continue there").click()
    expect(page.get_by_label("Note to all labels")).to_have_value("Dear {label}, while I typed")
    assert SendPlan.objects.get().to == [intake.code]
