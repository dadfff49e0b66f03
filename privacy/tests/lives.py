"""A person with a life on Trackflow: a mark in every field that is theirs, another one in what is others'."""

from itertools import count
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import Picture, User
from accounts.tests.pictures import picture_bytes
from catalog.models import Collaborator, ShortLink, Track
from catalog.tests.builders import make_producer, make_track
from desk.models import ExportChoice, Memo, Proposal, Review, SavedView
from labels import blocks
from labels.choices import Role
from labels.models import Label, Membership, Proof, Report
from labels.team.invitations import invite
from labels.tests.builders import make_label, make_member
from notifications.models import Preferences, RefusedAddress
from releases.tests.builders import make_release
from submissions.conversation.service import write
from submissions.models import LabelList, SavedNote, Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, items_of, make_draft, make_submission

MARK, OTHER, TEAM = "qzxmark", "qzxother", "qzxteam"
numbers = count(1)


def marked(what: str = "", kind: str = MARK) -> str:
    """Return a value that is found again, and is another one each time."""
    return f"{kind}{next(numbers)}x{what}"


def address(kind: str = MARK) -> str:
    return f"{marked(kind=kind)}@example.com"


def make_person() -> User:
    """Return a producer in whose every field there is the mark."""
    person = make_producer(
        address(),
        artist_name=marked(),
        contact_email=address(),
        city=marked(),
        bio=marked(),
        slug=marked(),
        is_public=True,
        soundcloud_url=f"https://soundcloud.com/{marked()}",
        instagram_url=f"https://instagram.com/{marked()}",
        spotify_url=f"https://open.spotify.com/artist/{marked()}",
        ra_url=f"https://ra.co/dj/{marked()}",
        avatar=Picture.objects.create(data=picture_bytes(), thumbnail=b""),
    )
    person.name, person.shortcuts = marked(), {"accept": marked()}
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email=address(), verified=True)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": marked()})
    RefusedAddress.objects.create(
        address=person.email, person=person, reason="bounce", provider="x", detail=marked()
    )
    SavedNote.objects.create(producer=person, name=marked(), text=marked())
    LabelList.objects.create(producer=person, name=marked())
    Preferences.objects.create(person=person, digest_hour=5)
    return person


def make_marked_track(person: User) -> Track:
    """Return a track with a mark in each of its texts, and a collaborator."""
    said = ("title", "mix", "pitch", "references", "link_password", "licence_proof", "pro", "release_window")
    link = f"https://soundcloud.com/{marked()}/s-{marked()}"
    track = make_track(
        person,
        **{name: marked() for name in said},
        audio_url=link,
        backup_url=f"{link}2",
        isrc="QZXM12345678",
    )
    Collaborator.objects.create(track=track, name=marked(), email=address(OTHER), role="producer")
    short = f"https://on.soundcloud.com/{uuid4().hex}"
    ShortLink.objects.create(digest=uuid4().hex, url=short, target=link)
    return track


STATES = ("submitted", "in_review", "accepted", "signed", "rejected", "changes_requested")


def live_a_life(person: User, label: Label, manager: User) -> dict[str, Submission]:
    """Return the person's submissions in many states, with all that one can write there; a draft, a track unsent."""
    demos: dict[str, Any] = {}
    for state in STATES:
        track = make_marked_track(person)
        demos[state] = make_submission(state, track=track, label=label, manager=manager)
    for state in ("scheduled", "released"):
        release = make_release(state, owner=person, label=label, manager=manager)
        demos[state] = release.tracks.get().submission
    demos["draft"] = make_draft(track=make_marked_track(person), label=label)
    demos["draft"].draft.note = marked("note")
    demos["draft"].draft.save()
    make_marked_track(person)
    demo = demos["in_review"]
    write(demo, text=marked("hello"), actor=Actor.producer(person), key=uuid4())
    write(demo, text=marked("answer"), actor=Actor.member(manager), key=uuid4())
    act(
        demos["signed"], "ask_for", manager=manager, items=items_of("Contract data", kind="personal"), note=""
    )
    act(demos["signed"], "hand_in", value={"legal_name": marked(), "address": marked()})
    act(demos["accepted"], "counter", note=marked())
    return demos


def let_the_team_write(demo: Submission, member: User) -> None:
    """Let a member write about a demo what its producer is never to see."""
    Memo.objects.create(submission=demo, author=member, text=marked(kind=TEAM), key=uuid4())
    revision = demo.revisions.get()
    Review.objects.create(submission=demo, revision=revision, member=member, comment=marked(kind=TEAM))
    Proposal.objects.create(
        submission=demo,
        transition="reject",
        turn=demo.turn,
        key=uuid4(),
        prepared_by=member,
        note=marked(kind=TEAM),
    )
    blocks.block(demo.label, demo.producer, actor=member, why=marked(kind=TEAM))


def work_at_a_label(person: User, quay: Label) -> None:
    """Let the person manage another label, and write there; somebody else's demo is passed on by them."""
    owner = make_member(quay, Role.OWNER)
    Membership.objects.create(label=quay, user=person, role=Role.MANAGER)
    stranger = make_producer(address(OTHER), artist_name=marked(kind=OTHER), bio=marked(kind=OTHER))
    demo = make_submission("submitted", label=quay, track=make_track(stranger, title=marked(kind=OTHER)))
    review = {"submission": demo, "revision": demo.revisions.get(), "member": person}
    Review.objects.create(**review, comment=marked("score"))
    act(demo, "reject", manager=person, note=marked("no"))
    SavedView.objects.create(label=quay, owner=person, name=marked(), query=marked())
    ExportChoice.objects.create(label=quay, user=person, columns=[marked()], format="csv")
    blocks.block(quay, demo.producer, actor=person, why=marked("why"))
    Report.objects.create(label=quay, reporter=person, reason="spam", text=marked("report"))
    Proof.objects.create(label=quay, given_by=person, address=address(), said=marked("said"))
    invite(quay, email=address(OTHER), role=Role.VIEWER, days=7, by=owner)
    again = EmailAddress.objects.filter(user=person).latest("pk")
    elsewhere = make_label("Pier")
    invite(elsewhere, email=again.email, role=Role.VIEWER, days=7, by=make_member(elsewhere, Role.OWNER))
