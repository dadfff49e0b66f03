"""What mails say, and what they must not."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html import escape, unescape
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from pytest_django import Settings

from accounts.models import User
from catalog.models import Track
from kit.clock import at, now
from labels.models import Label, Suspension
from notifications import mail
from notifications.audience_table import AUDIENCES
from notifications.choices import Channel
from notifications.models import Delivery
from notifications.tests.parties import Parties, make_admin, make_parties
from submissions.models import Event, Submission
from submissions.permissions import Actor
from submissions.redaction import redact
from submissions.tests.builders import PATHS, act, details_of
from submissions.transition_table import RULES
from submissions.workflow import perform
from trackflow.testing.announcements import last_event

pytestmark = pytest.mark.django_db

BEFORE = {
    "submit": "submitted",
    "start_review": "in_review",
    "shortlist": "shortlisted",
    "request_changes": "changes_requested",
    "accept": "accepted",
    "sign": "signed",
    "decline": "declined",
    "schedule": "scheduled",
    "release": "released",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "expire": "expired",
}
THEN = {
    "resubmit": "changes_requested",
    "reopen": "rejected",
    "rescind": "accepted",
    "unschedule": "scheduled",
    "replace_link": "in_review",
    "link_failed": "in_review",
    "extend": "in_review",
    "nudge": "in_review",
    "set_splits": "signed",
    "confirm_split": "signed",
    "object_split": "signed",
    "override_splits": "signed",
    "revise_offer": "accepted",
    "counter": "accepted",
    "hold": "in_review",
    "agree_hold": "in_review",
    "refuse_hold": "in_review",
    "end_hold": "in_review",
    "ask_for": "signed",
    "hand_in": "signed",
    "approve": "signed",
    "ask_again": "signed",
    "waive": "signed",
}
FIRST = {
    "agree_hold": ["hold"],
    "refuse_hold": ["hold"],
    "end_hold": ["hold"],
    "confirm_split": ["set_splits"],
    "object_split": ["set_splits"],
    "override_splits": ["set_splits"],
    "hand_in": ["ask_for"],
    "approve": ["ask_for", "hand_in"],
    "ask_again": ["ask_for", "hand_in"],
    "waive": ["ask_for"],
}
EITHER = {"producer": ("producer", "confirmation"), "team": ("team",)}


def written(event: Event, person: User, **about: Any) -> EmailMultiAlternatives:
    """Return the mail about an event to a person."""
    place = {"label": event.submission.label, "submission": event.submission}
    delivery = Delivery.objects.create(event=event, person=person, channel=Channel.EMAIL, **place, **about)
    rows = Delivery.objects.with_subject().select_related("person")
    return mail.build(rows.get(pk=delivery.pk))


def bodies(message: EmailMultiAlternatives) -> tuple[str, str]:
    return str(message.body), str(message.alternatives[0][0])


def words_of(html: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(head|title)>.*?</\1>", "", html, flags=re.DOTALL)))
    return " ".join(text.split())


def happened(transition: str) -> tuple[Parties, Event]:
    """Return a parties to whom this happened just now."""
    with at(now() - timedelta(days=20 if transition == "nudge" else 0)):
        parties = make_parties(BEFORE.get(transition) or THEN[transition])
    for each in FIRST.get(transition, []):
        act(parties.submission, each, manager=parties.manager)
    if transition in THEN:
        act(parties.submission, transition, manager=parties.manager)
    return parties, last_event(parties.submission)


def mailed() -> list[tuple[str, str]]:
    return [
        (transition, side)
        for transition, rule in RULES.items()
        for side, names in EITHER.items()
        if any(Channel.EMAIL in getattr(AUDIENCES[rule.audience], name) for name in names)
    ]


def test_each_mail_has_subject_and_templates() -> None:
    for transition, side in mailed():
        assert RULES[transition].subjects[side == "team"], (transition, side)
        for kind in ("txt", "html"):
            get_template(f"notifications/email/{transition}.{kind}")
    assert {name for name, rule in RULES.items() if any(rule.subjects)} == {name for name, _ in mailed()}


@pytest.mark.parametrize(("transition", "side"), mailed())
def test_mail_says_the_same_in_text_and_html(transition: str, side: str) -> None:
    parties, event = happened(transition)
    message = written(event, parties.producer if side == "producer" else parties.owner)
    text, html = bodies(message)
    lead = text.split("\n")[0]
    assert lead
    assert lead in words_of(html)
    assert parties.submission.shown_title in text
    for shown in (text, words_of(html)):
        assert parties.submission.reference in shown
        assert event.digest_hex in shown
        assert "  None" not in shown
        assert "{" not in shown
    path = f"/submissions/{parties.submission.reference}/"
    path = path if side == "producer" else f"/desk/{parties.label.slug}/{parties.submission.reference}/"
    assert f"http://127.0.0.1:8001{path}" in text
    assert f'href="http://127.0.0.1:8001{path}"' in html
    if event.note:
        assert f"> {event.note}" in text
        assert event.note in words_of(html)


@pytest.mark.parametrize("state", [state for state in PATHS if state not in ("draft", "submitted")])
def test_producer_learns_no_name_where_the_label_hides_them(state: str) -> None:
    parties = make_parties(state)
    people = (parties.owner, parties.manager, parties.reviewer)
    User.objects.filter(pk__in=[each.pk for each in people]).update(name="Zebedee Quill")
    for event in Event.objects.of(parties.submission).exclude(actor_role="producer"):
        for shown in bodies(written(event, parties.producer)):
            assert "Zebedee" not in shown
            assert not any(each.email in shown for each in people)


def test_producer_learns_the_name_where_the_label_shows_it() -> None:
    parties = make_parties("in_review")
    Label.objects.filter(pk=parties.label.pk).update(shows_names=True)
    assert "Manager (manager) opened" in bodies(written(last_event(parties.submission), parties.producer))[0]


def test_producer_learns_nothing_of_the_team() -> None:
    parties = make_parties("in_review")
    Submission.objects.filter(pk=parties.submission.pk).update(team_assignee=parties.reviewer)
    said = {**details_of("reject"), "prepared_by": "Rita Reviewer", "note": "Not for us."}
    actor = Actor.member(parties.manager)
    event = perform(parties.submission, "reject", actor=actor, turn=None, key=parties.owner.secret, **said)
    text, html = bodies(written(event, parties.producer))
    assert "Rita" not in text + html
    assert "Prepared" not in text + html
    assert "> Not for us." in text
    assert "Reason: Not our genre" in text


def test_team_learns_neither_the_producers_address_nor_links() -> None:
    parties = make_parties("submitted")
    track = Track.objects.get()
    for shown in bodies(written(last_event(parties.submission), parties.owner)):
        assert parties.producer.email not in shown
        assert track.audio_url not in shown
        assert "Mara Lindqvist" in shown


def test_staffs_act_names_no_person() -> None:
    parties, admin = make_parties("submitted"), make_admin()
    act_as = {"actor": Actor.admin(admin), "turn": None, "key": admin.secret}
    event = perform(parties.submission, "start_review", **act_as)  # type: ignore[arg-type]  # as above
    for person in (parties.producer, parties.owner):
        text = bodies(written(event, person))[0]
        assert "Trackflow’s staff opened" in text
        assert "Olga" not in text


@pytest.mark.parametrize(
    ("state", "reader", "sentence"),
    [
        ("submitted", "owner", "You promised an answer by"),
        ("in_review", "producer", "They promised an answer by"),
        ("accepted", "producer", "Answer due by:"),
    ],
)
def test_mail_says_by_when_an_answer_is_due_in_the_readers_zone(
    state: str, reader: str, sentence: str
) -> None:
    parties = make_parties(state)
    User.objects.update(time_zone="Asia/Tokyo")
    person = User.objects.get(pk=getattr(parties, reader).pk)
    text = bodies(written(last_event(parties.submission), person))[0]
    assert sentence in text
    due = parties.submission.due_at
    assert due
    assert f"{due.astimezone(person.zone):%-d %B %Y, %H:%M}" in text


def test_clock_that_stands_still_is_said_to() -> None:
    parties, event = happened("link_failed")
    assert "No deadline is running" in bodies(written(event, parties.producer))[0]


def test_tricks_in_a_title_break_no_header() -> None:
    evil = "Night\r\nBcc: everyone@example.com\u202egnp.exe\u200b\ttoo"
    parties = make_parties("draft")
    Track.objects.update(title=evil)
    event = act(Submission.objects.get(), "submit")
    Label.objects.update(name="Har\nbour\u2066")
    message = written(last_event(event.submission), parties.owner)
    parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert parsed["Bcc"] is None
    assert (
        parsed["Subject"].strip()
        == "New demo: “Night Bcc: everyone@example.comgnp.exe too” by Mara Lindqvist"
    )
    assert "\u202e" not in "".join(bodies(message))
    assert parsed["To"] == parties.owner.email


def test_markup_and_long_text_stay_text() -> None:
    parties = make_parties("in_review", title="<b>Bold</b> & 1 {{ x }}", pitch="")
    note = "<script>alert(1)</script>\n" + "😀 עברית " * 400
    event = act(parties.submission, "request_changes", manager=parties.manager, note=note)
    text, html = bodies(written(last_event(event.submission), parties.producer))
    assert "“<b>Bold</b> & 1 {{ x }}”" in text
    assert "<b>Bold" not in html
    assert "<script>" not in html
    assert "> <script>alert(1)</script>" in text


def test_subject_of_a_long_title_stays_short() -> None:
    parties = make_parties("submitted", title="Ω" * 150)
    subject = written(last_event(parties.submission), parties.owner).subject
    assert len(subject) < 130
    assert "…" in subject


def test_redacted_words_are_not_mailed() -> None:
    parties = make_parties("in_review")
    event = act(parties.submission, "request_changes", manager=parties.manager, note="Secret words")
    redact(event)
    fresh = last_event(parties.submission)
    assert "Secret words" not in "".join(bodies(written(fresh, parties.producer)))


def test_sender_names_the_domain(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Trackflow <hello@mail.trackflow.example>"
    parties = make_parties("submitted")
    headers = written(last_event(parties.submission), parties.owner).extra_headers
    assert headers["Message-ID"].endswith(f".{parties.submission.reference}@mail.trackflow.example>")
    assert headers["List-Id"] == "Trackflow <notifications.mail.trackflow.example>"


@pytest.mark.parametrize(
    ("status", "sentence"), [("verified", "Deadlines run on"), ("closed", "The label has closed")]
)
def test_end_of_a_suspension_says_how_it_ended(status: str, sentence: str) -> None:
    parties = make_parties("in_review")
    Label.objects.update(status=status)
    suspension = Suspension.objects.create(label=parties.label, reason="Asked for money.", started_at=now())
    rows = Delivery.objects.with_subject().select_related("person")
    for is_end, said in ((False, "is suspended."), (True, sentence)):
        about = {"suspension": suspension, "is_end": is_end, "channel": Channel.EMAIL, "label": parties.label}
        delivery = Delivery.objects.create(person=parties.producer, **about)
        text, html = bodies(mail.build(rows.get(pk=delivery.pk)))
        assert said in text
        assert said in words_of(html)
        assert "Fingerprint" not in text + html
        assert parties.submission.reference in text


def test_mail_of_a_pass_offers_what_the_page_does() -> None:
    parties = make_parties("in_review")
    event = act(parties.submission, "reject", manager=parties.manager, welcome="this_again")
    text, html = bodies(written(event, parties.producer))
    to_team, _ = bodies(written(event, parties.owner))
    track = parties.submission.track.code
    again = f"/submissions/new/?track={track}&intake={parties.submission.intake.code}"
    for words, path in (
        ("Rework and send again", again),
        ("Send to other labels", f"/labels/?track={track}"),
        ("Send Harbour another track", f"/submissions/new/?intake={parties.submission.intake.code}"),
    ):
        assert f"{words}:\nhttp://127.0.0.1:8001{path}\n" in text
        assert f'href="http://127.0.0.1:8001{escape(path)}"' in html
        assert words not in to_team
