from typing import Any

import pytest
from django.template.loader import render_to_string

from catalog.choices import CollaboratorRole
from catalog.models import Collaborator, Genre
from labels.tests.builders import make_question
from submissions import revisions
from submissions.copy_view import compare_revisions, copy_view
from submissions.models import Draft, Event, Revision, Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_draft, make_submission

pytestmark = pytest.mark.django_db


def copy_with(**fields: Any) -> Revision:
    """A revision that was never saved, of a complete track with these fields."""
    submission = make_draft()
    for name, value in fields.items():
        setattr(submission.track, name, value)
    return revisions.build(submission, None, revisions.frozen_copy(submission), [])


def rows(revision: Revision) -> dict[str, str]:
    return {fact.name: fact.value for _, facts in copy_view(revision, links=True).groups for fact in facts}


def drawn(revision: Revision, *, links: bool) -> str:
    return render_to_string("submissions/_demo.html", {"demo": copy_view(revision, links=links)})


def test_fields_are_said_in_words() -> None:
    said = rows(copy_with(isrc="DKA1B2600042", language="zxx", has_wav=True))
    assert said["Genre"] == "Deep House"
    assert said["Tempo"] == "122 BPM"
    assert said["Key"] == "8A · A minor"
    assert said["Length"] == "6:32"
    assert said["ISRC"] == "DK-A1B-26-00042"
    assert said["Release status"] == "Unreleased, never public"
    assert said["Language"] == "Instrumental (no words)"
    assert said["Country"] == "Sweden"
    assert said["WAV available"] == "Yes"


def test_what_was_not_said_is_left_out() -> None:
    said = rows(copy_with(tempo=None, key="", has_stems=False))
    assert not {"Tempo", "Key", "Stems available", "ISRC"} & said.keys()


def test_genre_of_our_own_has_its_name() -> None:
    genre = Genre.objects.create(slug="sea-shanty", name="Sea Shanty", version="ours")
    assert rows(copy_with(genre=genre))["Genre"] == "Sea Shanty"


def test_both_links_get_a_player() -> None:
    hosts = [panel.host for panel in copy_view(copy_with(), links=True).players]
    assert hosts == ["SoundCloud", "Dropbox"]


def test_without_links_no_address_and_no_password_is_drawn() -> None:
    submission = make_draft()
    submission.track.link_password = "open sesame"
    submission.producer.profile.soundcloud_url = "https://soundcloud.com/mara"
    answers = [
        {"question": 1, "kind": "link", "text": "A live set?", "value": "https://mixcloud.com/mara/set"}
    ]
    revision = revisions.build(submission, None, revisions.frozen_copy(submission), answers)
    page = drawn(revision, links=False)
    assert "http" not in page
    assert "sesame" not in page
    assert "A live set?" in page
    full = drawn(revision, links=True)
    for secret in (
        "open sesame",
        "s-MjcQ5BtcRPp",
        "https://mixcloud.com/mara/set",
        "https://soundcloud.com/mara",
    ):
        assert secret in full


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("yes_no", True, "Yes"),
        ("yes_no", False, "No"),
        ("choices", ["red", "blue"], "red, blue"),
        ("date", "2027-05-03", "3 May 2027"),
        ("number", "3.5", "3.5"),
        ("short", "<b>", "<b>"),
    ],
)
def test_answers_are_said_by_kind(kind: str, value: Any, said: str) -> None:
    revision = copy_with()
    revision.answers = [{"question": 1, "kind": kind, "text": "What?", "value": value}]
    assert copy_view(revision, links=True).answers[0].value == said
    assert "<b>" not in drawn(revision, links=True)


def test_collaborators_are_listed() -> None:
    submission = make_draft()
    Collaborator.objects.create(track=submission.track, name="Ines", role=CollaboratorRole.VOCALIST, split=40)
    revision = revisions.build(submission, None, revisions.frozen_copy(submission), [])
    (ines,) = copy_view(revision, links=False).people
    assert (ines.name, ines.role, ines.split) == ("Ines", "Vocalist", "40.00")


def test_redacted_revision_shows_nothing_but_says_so() -> None:
    submission = make_submission("submitted")
    redact(Event.objects.get(submission=submission))
    revision = Revision.objects.get(submission=submission)
    demo = copy_view(revision, links=True)
    assert (demo.is_redacted, demo.groups, demo.players, demo.answers) == (True, [], [], [])
    assert "was redacted" in drawn(revision, links=True)


def resubmitted() -> Submission:
    """A submission with two revisions that differ in every kind of field."""
    submission = make_submission("changes_requested")
    question = make_question(submission.intake, "link", text="A live set?")
    track = submission.track
    track.genre, track.link_password = Genre.objects.get(slug="techno-raw"), "sesame"
    track.save()
    Draft.objects.create(submission=submission, answers={f"q{question.pk}": "https://mixcloud.com/a/b"})
    return act(submission, "resubmit").submission


def test_revisions_are_compared_in_words() -> None:
    first, second = resubmitted().revisions.all()
    changed = {row.label: (row.before, row.after) for row in compare_revisions(first, second, links=True)}
    assert changed["Genre"][0] == "Deep House"
    assert changed["A live set?"] == ("", "https://www.mixcloud.com/a/b/")
    assert changed["Password for the link"] == ("", "(not shown)")


def test_compared_without_links_no_address_is_said() -> None:
    first, second = resubmitted().revisions.all()
    page = render_to_string("submissions/_diff.html", {"rows": compare_revisions(first, second, links=False)})
    assert "http" not in page
    assert "A live set?" in page
