"""Attacks on offers by raw SQL as the runtime role, and past foreign keys: each is refused."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from psycopg import errors

from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions import history, projections
from submissions.choices import OfferSide
from submissions.models import Event, Offer, Submission
from submissions.offers import records
from submissions.offers.terms import Terms
from submissions.tests.attacker import REFUSED, Raw, columns_of, insert, unchanged_history
from submissions.tests.builders import TERMS, act, make_submission
from trackflow.testing.databases import TestDatabases

OFFER = "submissions_offer"


@pytest.fixture(scope="module")
def offered(module_db: str) -> Submission:
    """A submission with an offer of its label’s, which one test after the other attacks and leaves unchanged."""
    return make_submission("accepted", label=make_label("Harbour"))


@pytest.fixture
def own(committed_db: str) -> Submission:
    """The same in a database of its own, for a test that goes on with it before it attacks."""
    return make_submission("accepted", label=make_label("Harbour"))


@pytest.fixture
def raw(offered: Submission, test_databases: TestDatabases) -> Iterator[Raw]:
    with test_databases.raw(test_databases.runtime) as connection, unchanged_history(connection):
        yield connection


def entry_of(submission: Submission, transition: str, payload: dict[str, Any]) -> Event:
    """Return the unsaved next event, by the producer for what is theirs, else by a manager."""
    role = "producer" if transition in ("counter", "sign") else "manager"
    manager = submission.label.memberships.filter(role=Role.MANAGER).earliest("pk").user
    actor = submission.producer if role == "producer" else manager
    events = list(Event.objects.of(submission).with_people())
    entry = history.Entry(transition, role, uuid4(), actor=actor, payload=payload)
    return history.build(submission, events[-1], entry, moment=events[-1].recorded_at)


def write(
    raw: Raw, submission: Submission, transition: str, offer: Offer | None, payload: dict[str, Any]
) -> None:
    """Write an event with its offer, and move the submission on, as the application would."""
    event = entry_of(submission, transition, payload)
    key = insert(raw, "submissions_event", columns_of(event))
    if offer:
        insert(raw, OFFER, columns_of(offer) | {"event_id": key})
    columns = projections.from_events([*Event.objects.of(submission), event])
    raw.execute(
        """UPDATE submissions_submission SET state = %(state)s, version = version + 1, is_held = %(is_held)s,
        is_exclusive = %(is_exclusive)s WHERE id = %(id)s""",
        columns | {"id": submission.pk},
    )
    raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


def built(submission: Submission, side: OfferSide, /, **wrong: Any) -> tuple[Offer, dict[str, Any]]:
    """Return the next offer with these columns changed, and the payload that its event has."""
    offer = records.build(submission, records.last_offer(submission), side, Terms.read(TERMS), "")
    for name, value in wrong.items():
        setattr(offer, name, value)
    payload = {"offer": offer.number, "offer_digest": offer.digest_hex, "answer_by": "2999-01-01T00:00:00.0Z"}
    return offer, payload


@pytest.mark.parametrize(
    ("transition", "side"), [("revise_offer", OfferSide.LABEL), ("counter", OfferSide.PRODUCER)]
)
def test_right_offer_is_taken(transition: str, side: OfferSide, raw: Raw, offered: Submission) -> None:
    """What the attacks below do wrong is all that is wrong with them."""
    with raw.transaction(force_rollback=True):
        write(raw, offered, transition, *built(offered, side))


WRONG: dict[str, tuple[str, OfferSide, dict[str, Any]]] = {
    "label's offer as the producer's": ("revise_offer", OfferSide.PRODUCER, {}),
    "counter-offer as the label's": ("counter", OfferSide.LABEL, {}),
    "unknown side": ("revise_offer", OfferSide.LABEL, {"side": "judge"}),
    "another number": ("revise_offer", OfferSide.LABEL, {"number": 3}),
    "the number before": ("revise_offer", OfferSide.LABEL, {"number": 1}),
    "no salt": ("revise_offer", OfferSide.LABEL, {"salt": b""}),
    "short digest": ("revise_offer", OfferSide.LABEL, {"digest": b"\0" * 31}),
    "counter-offer with another text": ("counter", OfferSide.PRODUCER, {"text": "All mine."}),
    "redacted from birth": ("revise_offer", OfferSide.LABEL, {"redacted_at": "2999-01-01"}),
}


@pytest.mark.parametrize("trick", WRONG)
def test_offer_that_does_not_follow(trick: str, raw: Raw, offered: Submission) -> None:
    transition, side, wrong = WRONG[trick]
    with pytest.raises(REFUSED), raw.transaction():
        write(raw, offered, transition, *built(offered, side, **wrong))


def test_event_without_its_offer(raw: Raw, offered: Submission) -> None:
    _, payload = built(offered, OfferSide.LABEL)
    refused = pytest.raises(errors.IntegrityConstraintViolation, match="made no offer")
    with refused, raw.transaction():
        write(raw, offered, "revise_offer", None, payload)


def test_offer_that_is_not_the_one_its_event_names(raw: Raw, offered: Submission) -> None:
    offer, payload = built(offered, OfferSide.LABEL)
    refused = pytest.raises(errors.IntegrityConstraintViolation, match="does not follow")
    with refused, raw.transaction():
        write(raw, offered, "revise_offer", offer, payload | {"offer_digest": "00" * 32})


def test_offer_of_an_event_that_makes_none(raw: Raw, offered: Submission) -> None:
    offer, _ = built(offered, OfferSide.LABEL)
    first = Event.objects.of(offered).get(sequence=1)
    with pytest.raises(REFUSED):
        insert(raw, OFFER, columns_of(offer) | {"event_id": first.pk})


def signature(offer: Offer, /, **said: Any) -> dict[str, Any]:
    sheet = dict.fromkeys(("sheet", "sheet_digest", "shares", "own"))
    return {"offer": offer.number, "offer_digest": offer.digest_hex, "is_exclusive": True, **sheet, **said}


@pytest.mark.parametrize(
    "said", [{"offer_digest": "00" * 32}, {"offer": 2}, {"is_exclusive": False}, {"offer_digest": None}]
)
def test_signature_of_another_offer(said: dict[str, Any], raw: Raw, offered: Submission) -> None:
    offer = offered.offers.get()
    with raw.transaction(force_rollback=True):
        write(raw, offered, "sign", None, signature(offer))
    refused = pytest.raises(errors.IntegrityConstraintViolation, match="of another offer than the last one")
    with refused, raw.transaction():
        write(raw, offered, "sign", None, signature(offer, **said))


def test_signature_of_the_offer_before(own: Submission, test_databases: TestDatabases) -> None:
    first = own.offers.get()
    manager = Label.objects.get(pk=own.label_id).memberships.earliest("pk").user
    fresh = act(own, "revise_offer", manager=manager).submission
    with test_databases.raw(test_databases.runtime) as raw, unchanged_history(raw):
        refused = pytest.raises(
            errors.IntegrityConstraintViolation, match="of another offer than the last one"
        )
        with refused, raw.transaction():
            write(raw, fresh, "sign", None, signature(first))


# One hold and one exclusive deal per track


@pytest.fixture
def elsewhere(own: Submission) -> Submission:
    """The same track with an offer of another label’s."""
    label = make_label("Quay")
    make_member(label, Role.MANAGER)
    return make_submission("accepted", label=label, track=own.track)


def test_second_exclusive_deal(elsewhere: Submission, own: Submission, test_databases: TestDatabases) -> None:
    act(elsewhere, "sign")
    with test_databases.raw(test_databases.runtime) as raw, unchanged_history(raw):
        refused = pytest.raises(errors.IntegrityConstraintViolation, match="bound elsewhere")
        with refused, raw.transaction():
            write(raw, own, "sign", None, signature(own.offers.get()))


def test_flag_that_the_history_does_not_say(raw: Raw, offered: Submission) -> None:
    """Setting it with an event, or leaving it out, is refused at the end of the transaction."""
    event = entry_of(offered, "sign", signature(offered.offers.get()))
    refused = pytest.raises(errors.IntegrityConstraintViolation, match="its history does not")
    with refused, raw.transaction():
        insert(raw, "submissions_event", columns_of(event))
        raw.execute(
            "UPDATE submissions_submission SET state = 'signed', version = version + 1 WHERE id = %s",
            [offered.pk],
        )
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


# What was offered stays

REWRITES = [
    "UPDATE {} SET salt = salt",
    "UPDATE {} SET terms = '{{}}'",
    "UPDATE {} SET text = 'All rights.'",
    "UPDATE {} SET redacted_at = now()",
    "UPDATE {} SET number = number + 1",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "INSERT INTO {0} SELECT * FROM {0}",
    "MERGE INTO {} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
]


@pytest.mark.parametrize("role", ["runtime", "owner", "superuser"])
@pytest.mark.parametrize("rewrite", REWRITES)
def test_offer_is_rewritten(
    rewrite: str, role: str, offered: Submission, test_databases: TestDatabases
) -> None:
    url = getattr(test_databases, role)
    if url is None:
        pytest.skip("Only the embedded database gives us a superuser.")
    with test_databases.raw(url) as raw, unchanged_history(raw), pytest.raises(REFUSED):
        raw.execute(rewrite.format(OFFER))


@pytest.mark.parametrize("rewrite", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET id = -id"])
def test_offer_is_rewritten_as_a_replica_would(
    rewrite: str, offered: Submission, test_databases: TestDatabases
) -> None:
    if test_databases.superuser is None:
        pytest.skip("Only the embedded database gives us a superuser.")
    with test_databases.raw(test_databases.superuser) as raw, unchanged_history(raw):
        raw.execute("SET session_replication_role = replica")
        with pytest.raises(errors.RestrictViolation):
            raw.execute(rewrite.format(OFFER))


def test_redaction_empties_an_offer_and_keeps_its_digest(raw: Raw, offered: Submission) -> None:
    event = Event.objects.of(offered).get(transition="accept")
    before = offered.offers.get()
    with raw.transaction(force_rollback=True):
        raw.execute("SELECT submissions_redact(%s, %s)", [event.pk, "2999-01-01"])
        row = raw.execute(f"SELECT terms, text, salt, digest FROM {OFFER}").fetchone()
        assert row == ({}, "", b"", bytes(before.digest))
