"""A deleted account: what a real worker leaves of it in the whole database."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection

from accounts.models import Picture, User
from accounts.tests.pictures import picture_bytes
from catalog.models import Collaborator, Profile, ShortLink, Track
from catalog.tests.builders import make_producer, make_track
from desk.models import SavedView
from kit.clock import at, now
from labels import blocks
from labels.choices import Role
from labels.models import Label, Membership, Report
from labels.team.invitations import invite
from labels.tests.builders import make_label, make_member
from notifications.models import Preferences, RefusedAddress
from privacy.deletion import service as deletion
from privacy.tests.builders import ready_export
from submissions.conversation.service import write
from submissions.models import Event, LabelList, SavedNote, Submission
from submissions.tests.builders import act, make_draft, make_submission
from submissions.verification import faults

MARK = "qzxmark"
Jobs = Callable[[], None]
numbers = count(1)


def marked(what: str = "") -> str:
    """Return a value that is found again, and is another one each time."""
    return f"{MARK}{next(numbers)}{what}"


def make_person() -> User:
    """Return a producer, also a label's reviewer, in whose every field there is the mark."""
    person = make_producer(
        f"{marked()}@example.com",
        artist_name=marked(),
        contact_email=f"{marked()}@example.com",
        city=marked(),
        bio=marked(),
        slug=marked(),
        is_public=True,
        soundcloud_url=f"https://soundcloud.com/{marked()}",
        avatar=Picture.objects.create(data=picture_bytes(), thumbnail=b""),
    )
    person.name, person.shortcuts = marked(), {"accept": marked()}
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email=f"{marked()}@example.com", verified=True)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": marked()})
    RefusedAddress.objects.create(address=person.email, person=person, reason="bounce", provider="x", detail=marked())
    SavedNote.objects.create(producer=person, name=marked(), text=marked())
    LabelList.objects.create(producer=person, name=marked())
    Preferences.objects.create(person=person, digest_hour=5)
    return person


def make_marked_track(person: User, *, is_alone: bool = False) -> Track:
    said = ("title", "mix", "pitch", "references", "link_password", "licence_proof", "pro", "release_window")
    link = f"https://soundcloud.com/{marked()}/s-{marked()}"
    track = make_track(
        person, **dict.fromkeys(said, marked()), audio_url=link, backup_url="", isrc="QZXM12345678"
    )
    if not is_alone:
        Collaborator.objects.create(track=track, name=marked(), email=f"{marked()}@example.com", role="producer")
    ShortLink.objects.create(digest=marked(), url=link, target=link)
    return track


def live_a_life(person: User, label: Label, manager: User) -> dict[str, Submission]:
    """Return the person's submissions in many states, with all that one can write there."""
    from submissions.permissions import Actor

    demos = {}
    for state in ("submitted", "in_review", "accepted", "signed", "released", "rejected", "changes_requested"):
        track = make_marked_track(person, is_alone=state == "released")
        demos[state] = make_submission(state, track=track, label=label, manager=manager)
    demos["draft"] = make_draft(track=make_marked_track(person), label=label)
    make_marked_track(person)
    demo = demos["in_review"]
    write(demo, text=marked("hello"), actor=Actor.producer(person), key=uuid4())
    write(demo, text=marked("answer"), actor=Actor.member(manager), key=uuid4())
    act(demos["signed"], "ask_for", manager=manager, items=items(), note="")
    act(demos["signed"], "hand_in", legal_name=marked(), address=marked())
    act(demos["accepted"], "counter", note=marked())
    return demos


def items() -> list[dict[str, Any]]:
    from submissions.tests.builders import items_of

    return items_of("Contract data", kind="personal")


def work_at_a_label(person: User, rival: Label) -> None:
    """Let the person review at another label, and write there."""
    owner = make_member(rival, Role.OWNER)
    Membership.objects.create(label=rival, user=person, role=Role.MANAGER)
    demo = make_submission("submitted", label=rival)
    act(demo, "reject", manager=person, note=marked("no"))
    SavedView.objects.create(label=rival, owner=person, name=marked(), query="")
    blocks.block(rival, demo.producer, actor=person, why=marked("why"))
    Report.objects.create(label=rival, reporter=person, reason="spam", text=marked("report"))
    invite(rival, email=f"{marked()}@example.net", role=Role.VIEWER, days=7, by=owner)
    invite(rival, email=EmailAddress.objects.filter(user=person).last().email, role=Role.VIEWER, days=7, by=owner)


def found(text: str) -> dict[str, int]:
    """Return how many rows of each table hold this text, in whatever column, bytes as hex included."""
    rows = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE to_jsonb(row)::text ILIKE %s OR to_jsonb(row)::text LIKE %s',
                [f"%{text}%", f"%{text.encode().hex()}%"],
            )
            rows[table] = cursor.fetchone()[0]
    return {table: number for table, number in rows.items() if number}


@pytest.fixture
def life(committed_db: str) -> Iterator[tuple[User, dict[str, Submission]]]:
    """A person with a life on Trackflow who asked eight days ago for their account to be deleted."""
    with at(now() - timedelta(days=8)):
        label = make_label("Harbour")
        person = make_person()
        demos = live_a_life(person, label, make_member(label, Role.MANAGER))
        work_at_a_label(person, make_label("Quay"))
        ready_export(person)
        deletion.ask(person)
    yield person, demos


OTHERS_WORDS = {"labels_invitation"}
"""The address of somebody else whom they invited nobody by."""


def test_real_worker_leaves_nothing_but_what_the_page_says(
    life: tuple[User, dict[str, Submission]], run_jobs: Jobs
) -> None:
    person, demos = life
    assert list(faults()) == []
    before = {event.pk: bytes(event.digest) for event in Event.objects.all()}
    assert len(found(MARK)) > 15
    run_jobs()
    assert deletion.go_through() == 1
    run_jobs()
    person.refresh_from_db()
    assert person.anonymised_at
    assert list(faults()) == []
    assert {pk: bytes(Event.objects.get(pk=pk).digest) for pk in before} == before
    from procrastinate.contrib.django.models import ProcrastinateJob

    ProcrastinateJob.objects.filter(status="succeeded").delete()  # as the real worker does
    assert found(MARK) == {}
    states = {name: Submission.objects.get(pk=demo.pk).state for name, demo in demos.items() if name != "draft"}
    assert states == {
        "submitted": "withdrawn",
        "in_review": "withdrawn",
        "changes_requested": "withdrawn",
        "accepted": "declined",
        "signed": "signed",
        "released": "released",
        "rejected": "rejected",
    }
    assert not Submission.objects.filter(pk=demos["draft"].pk).exists()
    assert not Membership.objects.filter(user=person).exists()
