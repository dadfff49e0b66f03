"""Canonical form and digests, against checked-in vectors and against a recomputation of our own.

`golden.json` was written by a script that used json and hashlib alone.
"""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.models import User
from kit import canonical, chain
from submissions import history, revisions
from submissions.choices import Welcome
from submissions.models import Event, Revision, Submission
from submissions.tests.builders import PATHS, act, make_submission

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text())
PEOPLE = {
    name: User(email=f"{name}@example.com", secret=UUID(secret)) for name, secret in GOLDEN["people"].items()
}
VALUES: dict[str, Any] = {
    "empty": {},
    "nothing": None,
    "order": {"a_b": 4, "aa": 5, "a": 2, "B": 1, "a.b": 3},
    "nested": {"list": [1, (), {}, "x", True, False, None]},
    "decimal": Decimal("122.00"),
    "decimal exponent": Decimal("1E+2"),
    "decimal small": Decimal("1E-7"),
    "decimal zero": Decimal("-0.00"),
    "moment": datetime(2026, 3, 29, 1, 0, 0, 500000, tzinfo=UTC),
    "moment elsewhere": datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=2))),
    "old moment": datetime(999, 1, 1, tzinfo=UTC),
    "day": date(2026, 2, 28),
    "bytes": b"\x00\xff\x10",
    "text": 'ä🌅"\\\n\t\x01/\x7f\u2028',
    "word": Welcome.THIS_AGAIN,
    "big": 123456789012345678901234567890,
    "decomposed": "e\u0301",
}


def test_every_vector_is_tried() -> None:
    assert set(VALUES) == set(GOLDEN["canonical"])


@pytest.mark.parametrize("name", VALUES)
def test_canonical_form_is_these_bytes(name: str) -> None:
    assert canonical.encode(VALUES[name]) == GOLDEN["canonical"][name].encode()


def given_event(said: dict[str, Any], previous: str) -> Event:
    plain = {name: said[name] for name in ("sequence", "transition", "from_state", "to_state", "actor_role")}
    people = {name: PEOPLE.get(said[name]) for name in ("actor", "acted_by")}
    words = {name: said[name] for name in ("payload", "private", "note")}
    event = Event(**plain, **people, **words, recorded_at=datetime.fromisoformat(said["recorded_at"]))
    event.salt, event.previous_digest = bytes.fromhex(said["salt"]), bytes.fromhex(previous)
    event.content_digest = bytes.fromhex(said["content_digest"])
    return event


@pytest.mark.parametrize("said", GOLDEN["events"], ids=lambda said: said["transition"])
def test_event_has_these_digests(said: dict[str, Any]) -> None:
    event = given_event(said, said["previous_digest"])
    assert history.content_digest(event).hex() == said["content_digest"]
    sealed = canonical.encode(history.sealed(event, GOLDEN["reference"]))
    assert sealed == said["canonical_sealed"].encode()
    assert history.digest(event, GOLDEN["reference"]).hex() == said["digest"]


def test_history_is_built_into_this_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    salts = iter(bytes.fromhex(said["salt"]) for said in GOLDEN["events"])
    monkeypatch.setattr(chain, "new_salt", lambda: next(salts))
    submission, last = Submission(pk=1, reference=GOLDEN["reference"]), None
    for said in GOLDEN["events"]:
        words = {name: said[name] for name in ("transition", "actor_role", "payload", "private", "note")}
        entry = history.Entry(
            **words, key=uuid4(), actor=PEOPLE.get(said["actor"]), acted_by=PEOPLE.get(said["acted_by"])
        )
        last = history.build(submission, last, entry, moment=datetime.fromisoformat(said["recorded_at"]))
        assert (last.sequence, last.from_state, last.to_state) == (
            said["sequence"],
            said["from_state"],
            said["to_state"],
        )
        assert bytes(last.digest).hex() == said["digest"]


def test_chain_begins_with_the_reference() -> None:
    assert history.first_digest(GOLDEN["reference"]).hex() == GOLDEN["first_previous_digest"]


@pytest.mark.parametrize("name", PEOPLE)
def test_person_has_this_token(name: str) -> None:
    assert history.token(PEOPLE[name], GOLDEN["reference"]) == GOLDEN["tokens"][name]
    assert history.token(PEOPLE[name], "TF-0000-0000") != GOLDEN["tokens"][name]


def given_revision() -> Revision:
    said = GOLDEN["revision"]
    salts = b"".join(bytes.fromhex(said["salts"][name]) for name in sorted(said["salts"]))
    return Revision(number=said["number"], copy=said["copy"], answers=said["answers"], salts=salts)


def test_revision_has_this_digest() -> None:
    revision, said = given_revision(), GOLDEN["revision"]
    encoded = {
        name: canonical.encode(value).decode() for name, value in revisions.field_values(revision).items()
    }
    assert encoded == said["canonical"]
    assert {name: salt.hex() for name, salt in revisions.field_salts(revision).items()} == said["salts"]
    assert revisions.field_digests(revision) == said["fields"]
    assert revisions.digest(revision).hex() == said["digest"]
    assert GOLDEN["events"][0]["payload"]["revision_digest"] == said["digest"]


def test_revision_is_built_with_a_salt_of_its_own_for_each_field() -> None:
    said = given_revision()
    built = revisions.build(Submission(pk=1), None, said.copy, said.answers)
    salts = revisions.field_salts(built)
    assert salts.keys() == GOLDEN["revision"]["fields"].keys()
    assert len(set(salts.values())) == len(salts)
    assert built.digest == revisions.digest(built) != revisions.digest(said)


# Recomputed with nothing of ours


def encoded(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def check_chain(reference: str, events: list[dict[str, Any]], secrets: dict[Any, UUID]) -> None:
    """Check events as the database or the vectors have them, with salts and digests in hex."""
    previous = sha256(b"trackflow/1/", reference.encode())
    for event in events:
        content = {"note": event["note"], "private": event["private"]}
        assert event["content_digest"] == sha256(bytes.fromhex(event["salt"]), encoded(content))
        names = ("sequence", "transition", "from_state", "to_state", "actor_role", "recorded_at", "payload")
        sealed = {name: event[name] for name in names}
        for who in ("actor", "acted_by"):
            sealed[who] = sha256(secrets[event[who]].bytes, reference.encode()) if event[who] else None
        sealed |= {"format": 1, "reference": reference}
        sealed |= {"content_digest": event["content_digest"], "previous_digest": previous}
        previous = sha256(encoded(sealed))
        assert event["digest"] == previous


def test_vectors_agree_with_the_specification() -> None:
    secrets = {name: UUID(secret) for name, secret in GOLDEN["people"].items()}
    check_chain(GOLDEN["reference"], GOLDEN["events"], secrets)
    revision = GOLDEN["revision"]
    salts = b"".join(bytes.fromhex(revision["salts"][name]) for name in sorted(revision["salts"]))
    check_revision(revision["copy"], revision["answers"], salts, revision["digest"])


def check_revision(copied: dict[str, Any], answers: list[dict[str, Any]], salts: bytes, digest: str) -> None:
    """Check a revision as the database or the vectors have it."""
    values = copied | {name: link(copied[name]) for name in ("audio_url", "backup_url") if name in copied}
    for each in answers:
        said = link(each["value"]) if each["kind"] == "link" else each["value"]
        values[f"answer_{each['question']}"] = each | {"value": said}
    assert len(salts) == 16 * len(values)
    fields = {
        name: sha256(salts[16 * place : 16 * place + 16], encoded(values[name]))
        for place, name in enumerate(sorted(values))
    }
    assert digest == sha256(encoded(fields))


def link(url: str) -> str:
    return f"sha256:{sha256(url.encode())}" if url else ""


STORED = """
    SELECT sequence, transition, from_state, to_state, actor_id AS actor, acted_by_id AS acted_by, actor_role,
        to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at, payload, private, note,
        encode(salt, 'hex') AS salt, encode(content_digest, 'hex') AS content_digest, encode(digest, 'hex') AS digest
    FROM submissions_event WHERE submission_id = %s ORDER BY sequence"""


def stored(submission: Submission) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(STORED, [submission.pk])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    parse = dict.fromkeys(("payload", "private"), json.loads)
    return [
        {name: parse.get(name, lambda value: value)(value) for name, value in row.items()} for row in rows
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state for state in PATHS if state != "draft"])
def test_what_the_database_holds_agrees_with_the_specification(state: str) -> None:
    submission = make_submission(state)
    if state == "changes_requested":
        act(submission, "replace_link")
        act(submission, "resubmit", note="Größer 🎛\u200d, “louder”.")
    secrets = dict(User.objects.values_list("pk", "secret"))
    check_chain(submission.reference, stored(submission), secrets)
    for revision in submission.revisions.all():
        check_revision(revision.copy, revision.answers, bytes(revision.salts), bytes(revision.digest).hex())
