"""The receipt: a page to print and a file, the same for producer and label."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_label, make_member, make_question
from submissions.models import Draft, Event, Revision, Submission
from submissions.receipts.service import verifier
from submissions.redaction import redact
from submissions.revisions import link_digest
from submissions.tests.builders import PATHS, act, make_draft, make_submission
from submissions.tests.posting import own_client, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
SENT = [state for state in PATHS if state != "draft"]


def page_of(submission: Submission) -> str:
    answer = own_client(submission).get(url_of("receipt", submission))
    assert answer.status_code == 200
    return answer.content.decode()


def file_of(submission: Submission) -> str:
    return own_client(submission).get(url_of("receipt-json", submission)).content.decode()


@pytest.mark.parametrize("state", SENT)
def test_receipt_shows_every_event_with_its_chain(state: str) -> None:
    submission = make_submission(state)
    page = page_of(submission)
    for event in Event.objects.of(submission):
        for digest in (event.digest, event.previous_digest, event.content_digest):
            assert bytes(digest).hex() in page


def test_receipt_names_both_parties_and_nobody_is_you() -> None:
    submission = make_submission("accepted", label=make_label())
    page = page_of(submission)
    assert f"{submission.artist} sent it" in page
    assert submission.label.name in page
    assert "You " not in page


def test_expired_receipt_names_who_owed_the_answer() -> None:
    assert "the label</dd>" in page_of(make_submission("expired"))
    submission = make_submission("changes_requested", label=make_label("Quay"))
    with at(now() + timedelta(days=400)):
        submission = act(submission, "expire").submission
    assert "the producer</dd>" in page_of(submission)


def test_receipt_holds_links_as_digests_alone() -> None:
    label = make_label()
    question = make_question(label.intakes.get(), kind="link", text="Where is the artwork?")
    track = make_track(make_producer(), licence_proof="https://licences.example/42")
    draft = make_draft(track=track, label=label)
    Draft.objects.update(answers={f"q{question.pk}": "https://art.example/cover"})
    submission = act(draft, "submit").submission
    for text in (page_of(submission), file_of(submission)):
        for link in (track.audio_url, "art.example", "licences.example"):
            assert link not in text
    assert "Where is the artwork?" in page_of(submission)


SECRET = {
    "pitch": "Recorded in one night",
    "ipi": "00123456789",
    "references": "Some Band",
    "tempo": "123.45",
}


def test_receipt_opens_title_mix_artist_and_links_alone() -> None:
    label = make_label()
    question = make_question(label.intakes.get(), kind="short", text="Any press so far?")
    track = make_track(make_producer(city="Valparaíso"), title="Open", mix="Dub Mix", **SECRET)
    draft = make_draft(track=track, label=label)
    Draft.objects.update(answers={f"q{question.pk}": "A page in Groove"})
    submission = act(draft, "submit").submission
    page, file = page_of(submission), file_of(submission)
    (revision,) = [event["revision"] for event in json.loads(file)["events"]]
    assert {name: field["value"] for name, field in revision["opened"].items()} == {
        "title": "Open",
        "mix": "Dub Mix",
        "artist_name": track.owner.profile.artist_name,
        "audio_url": link_digest(track.audio_url),
        "backup_url": link_digest(track.backup_url),
    }
    assert {*SECRET, f"answer_{question.pk}"} <= revision["fields"].keys()
    for text in (page, file):
        for word in (*SECRET.values(), "Valparaíso", "A page in Groove", "Any press", track.owner.email):
            assert word not in text


def test_receipt_shows_changes_of_what_it_opens_and_names_the_others() -> None:
    submission = make_submission("changes_requested")
    Track.objects.filter(pk=submission.track_id).update(title="Renamed", pitch="A secret pitch")
    submission = act(submission, "resubmit", note="Renamed it.").submission
    page, file = page_of(submission), file_of(submission)
    for text in (page, file):
        assert "Renamed it." in text
        assert "A secret pitch" not in text
    assert "<dt>Also changed</dt><dd>Pitch</dd>" in page
    assert "<ins>Renamed</ins>" in page
    assert json.loads(file)["events"][-1]["content"] == {"note": "Renamed it."}


def test_receipt_of_a_replaced_link_proves_both_links() -> None:
    submission = act(make_submission("in_review"), "replace_link").submission
    events = json.loads(file_of(submission))["events"]
    assert [bool(event["revision"]) for event in events] == [True, False, True]
    (change,) = events[-1]["content"]["private"]["diff"]
    first, last = (each["revision"]["opened"]["audio_url"]["value"] for each in (events[0], events[-1]))
    assert (first, last) == (change["before"], change["after"])


def test_receipt_keeps_fingerprints_behind_proof() -> None:
    page = page_of(act(make_submission("in_review"), "replace_link").submission)
    before, rest = page.split('<details class="proof"')
    after = rest.split("</details>", 1)[1]
    assert not re.search(r"[0-9a-f]{16}", (before + after).split("<main")[1])


def test_receipt_says_nothing_that_is_the_teams() -> None:
    submission = make_submission("in_review")
    manager = make_member(submission.label, Role.MANAGER, email="milly.manager@example.com")
    act(submission, "accept", manager=manager, prepared_by="Ravi Preparer")
    desk = client_of(manager)
    for name in ("receipt", "receipt-json"):
        there = reverse(f"desk:{name}", args=[submission.label.slug, submission.reference])
        for client, path in ((own_client(submission), url_of(name, submission)), (desk, there)):
            text = client.get(path).content.decode()
            assert "Ravi" not in text
            assert "milly" not in text


def test_label_gets_the_very_same_file() -> None:
    submission = make_submission("rejected")
    desk = client_of(make_member(submission.label))
    there = reverse("desk:receipt-json", args=[submission.label.slug, submission.reference])
    theirs, own = json.loads(desk.get(there).content), json.loads(file_of(submission))
    assert {**theirs, "issued_at": ""} == {**own, "issued_at": ""}


def test_file_is_a_download_that_the_served_program_accepts(tmp_path: Path, client: Client) -> None:
    submission = make_submission("changes_requested")
    answer = own_client(submission).get(url_of("receipt-json", submission))
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{submission.reference}.json"'
    (tmp_path / "receipt.json").write_bytes(answer.content)
    (tmp_path / "verify.py").write_bytes(client.get("/receipts/verify_receipt.py").content)
    command = [sys.executable, "verify.py", "receipt.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("3 events, unbroken")


def test_anyone_reads_how_to_check_and_the_whole_program(client: Client) -> None:
    page = unescape(client.get("/receipts/check/").content.decode())
    assert 'previous = event["digest"]' in page
    assert "does not prove" in page


def test_draft_has_no_receipt() -> None:
    draft = make_draft()
    for name in ("receipt", "receipt-json"):
        assert own_client(draft).get(url_of(name, draft)).status_code == 404


def test_redacted_history_still_has_a_receipt() -> None:
    submission = make_submission("changes_requested")
    for event in Event.objects.of(submission):
        redact(event)
    assert not Revision.objects.get().copy
    page = page_of(Submission.objects.get())
    assert "(redacted)" in page
    assert "longer intro" not in page
    assert all(event["revision"] is None for event in json.loads(file_of(submission))["events"])


def test_both_submission_pages_lead_to_the_receipt() -> None:
    submission = make_submission("submitted")
    assert (
        url_of("receipt", submission)
        in own_client(submission).get(url_of("submission", submission)).content.decode()
    )
    there = f"/desk/{submission.label.slug}/{submission.reference}/"
    assert f"{there}receipt/" in client_of(make_member(submission.label)).get(there).content.decode()


@pytest.mark.parametrize("facts", [1, 5])
def test_receipt_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    facts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submission = make_submission("in_review")
    for _ in range(facts):
        act(submission, "replace_link")
    client = own_client(submission)
    with django_assert_num_queries(6):
        client.get(url_of("receipt", submission))


def test_receipt_holds_each_offer_with_its_salt_and_proves_which_was_accepted(tmp_path: Path) -> None:
    submission = make_submission("countered", label=make_label("Harbour"))
    manager = make_member(submission.label, Role.MANAGER)
    act(submission, "revise_offer", manager=manager, text="All of it.")
    act(submission, "sign", name="Maya Lind")
    answer = client_of(submission.producer).get(
        reverse("submissions:receipt-json", args=[submission.reference])
    )
    receipt = json.loads(answer.content)
    offers = [event["offer"] for event in receipt["events"] if event["offer"]]
    assert [(offer["number"], offer["side"]) for offer in offers] == [
        (1, "label"),
        (2, "producer"),
        (3, "label"),
    ]
    assert (offers[2]["text"], len(offers[2]["salt"])) == ("All of it.", 32)
    assert "Offer 3, accepted at" in checked(tmp_path, receipt).stdout
    forged = json.loads(answer.content)
    next(event for event in forged["events"] if event["offer"])["offer"]["text"] = "All rights, for ever."
    assert "NOT VALID: the offer of event 3 was changed" in checked(tmp_path, forged).stderr


def checked(folder: Path, receipt: object) -> "subprocess.CompletedProcess[str]":
    """Run the program that checks receipts."""
    program, file = folder / "verify_receipt.py", folder / "receipt.json"
    program.write_text(verifier())
    file.write_text(json.dumps(receipt))
    return subprocess.run([sys.executable, program, file], capture_output=True, text=True, check=False)


def test_printed_receipt_opens_the_split_sheets_without_addresses() -> None:
    submission = make_submission("signed")
    assert 'id="splits"' in page_of(submission)
    submission = act(submission, "set_splits").submission
    act(submission, "confirm_split")
    shown = unescape(page_of(submission))
    sheets = submission.split_sheets.order_by("number")
    assert [sheet.number for sheet in sheets] == [1, 2]
    assert all(sheet.digest_hex in shown for sheet in sheets)
    words = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert "Sheet 1 , replaced" in words
    assert "Sheet 2 , the last one" in words
    assert "Maya Verde (Producer) 60.00 % · Confirmed Jo Vox (Producer) 25.50 % · Not answered yet" in words
    assert "jo@example.com" not in shown
    assert 'id="splits"' not in page_of(make_submission("in_review", label=submission.label))
