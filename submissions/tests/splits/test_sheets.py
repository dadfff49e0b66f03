"""Sheets through the door: what is frozen, what `sign` makes, who confirms, and what a release needs."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from catalog.models import Collaborator
from catalog.tests.builders import make_producer, make_track
from kit import canonical
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_user
from submissions.details import Context
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Event, Share, SplitSheet, Submission
from submissions.permissions import Actor
from submissions.redaction import redact, redact_person
from submissions.splits import effects, sheets
from submissions.tests.builders import act, do, history, make_submission, shares_of, waiting_share
from submissions.verification import faults

pytestmark = pytest.mark.django_db


def signed(label: Label, *people: tuple[str, str, str | None], maya: User | None = None) -> Submission:
    """Return a signed submission of a track with these collaborators: name, address, percentage."""
    track = make_track(maya or make_producer("maya@example.com", artist_name="Maya Verde"))
    for name, email, split in people:
        Collaborator.objects.create(track=track, name=name, email=email, role="producer", split=split)
    return make_submission("signed", track=track, label=label)


def answers(submission: Submission) -> list[tuple[int, str]]:
    shares = Share.objects.current().filter(sheet__submission=submission)
    return list(shares.order_by("position").values_list("position", "answer"))


def fresh(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


# What `sign` makes


def test_track_made_alone_is_settled_by_signing(label: Label) -> None:
    submission = signed(label)
    sheet = SplitSheet.objects.get(submission=submission)
    assert sheet.shares == [
        {"name": "Maya Verde", "email": "maya@example.com", "role": "primary", "percentage": "100.00"}
    ]
    assert (sheet.event.transition, fresh(submission).splits) == ("sign", "confirmed")
    assert list(faults()) == []


def test_collaborators_with_all_shares_are_the_first_sheet(label: Label) -> None:
    submission = signed(
        label, ("Maya Verde", "", "60.00"), ("Jo Vox", "JO@example.com", "40.00"), ("Mix", "", None)
    )
    sheet = SplitSheet.objects.get(submission=submission)
    assert [share["email"] for share in sheet.shares] == ["", "jo@example.com"]
    assert answers(submission) == [(1, "confirmed"), (2, "")]
    assert fresh(submission).splits == "waiting"


@pytest.mark.parametrize("shares", [("60.00", "30.00"), (None, None)])
def test_open_shares_are_asked_for(label: Label, shares: tuple[str | None, str | None]) -> None:
    submission = signed(label, ("Maya Verde", "", shares[0]), ("Jo Vox", "", shares[1]))
    assert not SplitSheet.objects.exists()
    said = Event.objects.of(submission).latest("sequence").payload
    assert [said[name] for name in ("sheet", "sheet_digest", "shares", "own")] == [None] * 4
    assert fresh(submission).splits == ""


def test_sheet_made_before_signing_stays(label: Label) -> None:
    submission = make_submission("accepted", label=label)
    act(submission, "set_splits")
    act(submission, "sign")
    assert SplitSheet.objects.get(submission=submission).event.transition == "set_splits"


# The producer's sheet


def test_producer_sets_the_splits_and_their_own_share_is_confirmed(label: Label) -> None:
    submission = signed(label, ("Jo", "", None))
    event = act(submission, "set_splits", shares=shares_of("60.00", "25.5", "14.50"))
    sheet = SplitSheet.objects.get(submission=submission)
    assert event.payload == {
        "sheet": 1,
        "sheet_digest": sheet.digest_hex,
        "shares": 3,
        "own": [1],
    }
    content = canonical.encode({"number": 1, "shares": sheet.shares})
    assert canonical.digest(bytes(sheet.salt), content) == bytes(sheet.digest)
    assert [share["percentage"] for share in sheet.shares] == ["60.00", "25.50", "14.50"]
    assert answers(submission) == [(1, "confirmed"), (2, ""), (3, "")]


def test_producers_share_is_known_by_any_confirmed_address(label: Label) -> None:
    submission = signed(label)
    EmailAddress.objects.create(user=submission.producer, email="studio@example.com", verified=True)
    EmailAddress.objects.create(user=submission.producer, email="typed@example.com", verified=False)
    rows = shares_of("50.00", "30.00", "20.00")
    for row, email in zip(rows, ["studio@example.com", "typed@example.com", "jo@example.com"], strict=True):
        row["email"] = email
    act(submission, "set_splits", shares=rows)
    sheet = sheets.current_sheet(submission)
    assert sheet
    assert [share.is_own for share in sheet.lines.all()] == [True, False, False]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([], "List everyone"),
        (shares_of("60.00", "30.00"), "add up to 90.00"),
        (shares_of("60.00", "40.01"), "add up to 100.01"),
        (shares_of("100.00", "0.00"), "Line 2 needs"),
        (shares_of("50.005", "49.995"), "Line 1 needs"),
        (shares_of("fifty", "50.00"), "Line 1 needs a share"),
        (shares_of("NaN", "50.00"), "Line 1 needs a share"),
        (shares_of("-1.00", "101.00"), "Line 1 needs"),
        ([{**shares_of("100.00")[0], "name": "  "}], "Line 1 needs a name"),
        ([{**shares_of("100.00")[0], "role": "king"}], "Line 1 needs"),
        ([{**shares_of("100.00")[0], "email": "nobody"}], "Line 1: check the address"),
        ([{**shares_of("100.00")[0], "name": "x" * 121}], "Line 1 needs a name"),
    ],
)
def test_wrong_sheet_is_refused(label: Label, wrong: list[Any], sentence: str) -> None:
    submission = signed(label)
    with pytest.raises(ValidationError, match=sentence):
        act(submission, "set_splits", shares=wrong)
    assert history(submission)[-1] == "sign"


def test_same_sheet_again_keeps_the_confirmations(label: Label) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    act(submission, "confirm_split")
    with pytest.raises(ValidationError, match="Nothing has changed"):
        act(submission, "set_splits")
    assert answers(submission)[0] == (1, "confirmed")


@given(cents=st.lists(st.integers(1, 9_999), min_size=1, max_size=19))
def test_only_sheets_that_add_up_to_a_hundred_are_taken(cents: list[int]) -> None:
    shares = [
        {"name": "N", "email": "", "role": "writer", "percentage": str(Decimal(each).scaleb(-2))}
        for each in cents
    ]
    context = Context(Submission(label=Label()), "producer", None, "", [])  # type: ignore[arg-type]  # not read
    if sum(cents) < 10_000:
        rest = str(Decimal(10_000 - sum(cents)).scaleb(-2))
        whole = [effects._checked(1, each) for each in [*shares, {**shares[0], "percentage": rest}]]
        assert sum(each["percentage"] for each in whole) == sheets.WHOLE
    if sum(cents) != 10_000:
        with pytest.raises(ValidationError):
            effects.set_splits(context, shares=shares)


# Answers


def test_everybody_confirms_and_the_record_can_come_out(label: Label, manager: User) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    act(submission, "schedule", manager=manager)
    with pytest.raises(NotPossible, match="not everyone with a share has confirmed"):
        act(submission, "release", manager=manager)
    act(submission, "confirm_split")
    event = act(submission, "confirm_split")
    assert (event.actor, event.actor_role, event.private) == (None, "collaborator", {"person": "Sam Keys"})
    assert event.payload["share"] == 3
    assert fresh(submission).splits == "confirmed"
    act(submission, "release", manager=manager)
    assert list(faults()) == []


def test_somebody_objects_and_confirms_after_all(label: Label) -> None:
    submission = signed(label)
    act(submission, "set_splits", shares=shares_of("50.00", "50.00"))
    share = waiting_share(submission)
    assert share
    how: Any = {"nonce": share.nonce, "sheet_digest": share.sheet.digest_hex}
    with pytest.raises(ValidationError, match="Say what is wrong"):
        act(submission, "object_split", note=" ", **how)
    act(submission, "object_split", note="I wrote half of it.", **how)
    assert fresh(submission).splits == "objected"
    with pytest.raises(NotPossible, match="answered already"):
        act(submission, "object_split", note="Again.", **how)
    act(submission, "confirm_split", **how)
    assert fresh(submission).splits == "confirmed"
    for transition in ("confirm_split", "object_split"):
        with pytest.raises(NotPossible, match="already"):
            act(submission, transition, note="Once more.", **how)
    assert list(faults()) == []


def test_new_sheet_voids_confirmations_and_old_links(label: Label) -> None:
    submission = signed(label)
    act(submission, "set_splits", shares=shares_of("50.00", "50.00"))
    old = waiting_share(submission)
    assert old
    act(submission, "confirm_split")
    act(submission, "set_splits", shares=shares_of("40.00", "60.00"))
    assert fresh(submission).splits == "waiting"
    with pytest.raises(NotPossible, match="newer split sheet"):
        act(submission, "confirm_split", nonce=old.nonce, sheet_digest=old.sheet.digest_hex)


def test_another_digest_than_the_sheets_is_refused(label: Label) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    with pytest.raises(NotPossible, match="newer split sheet"):
        act(submission, "confirm_split", sheet_digest="00" * 32)


def test_link_of_another_submission_is_refused(label: Label) -> None:
    submission, other = signed(label), make_submission("signed", label=make_label("Elsewhere"))
    act(submission, "set_splits")
    act(other, "set_splits")
    share = waiting_share(other)
    assert share
    with pytest.raises(NotAllowed, match="another person"):
        act(submission, "confirm_split", nonce=share.nonce, sheet_digest=share.sheet.digest_hex)


def test_producers_own_line_has_no_link(label: Label) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    own = Share.objects.get(sheet__submission=submission, sheet__number=2, is_own=True)
    with pytest.raises(NotAllowed):
        act(submission, "confirm_split", nonce=own.nonce, sheet_digest=own.sheet.digest_hex)


def test_account_with_the_confirmed_address_is_named(label: Label) -> None:
    submission, jo = signed(label), make_user("jo@example.com")
    act(submission, "set_splits")
    with pytest.raises(NotAllowed, match="has not confirmed this address"):
        do(submission, "confirm_split", Actor.collaborator(jo))
    EmailAddress.objects.create(user=jo, email="Jo@example.com", verified=True)
    event = do(submission, "confirm_split", Actor.collaborator(jo))
    assert (event.actor, event.actor_role) == (jo, "collaborator")
    assert list(faults()) == []


def test_one_key_confirms_once(label: Label) -> None:
    submission, key = signed(label), uuid4()
    act(submission, "set_splits")
    share = waiting_share(submission)
    assert share
    how: Any = {"nonce": share.nonce, "sheet_digest": share.sheet.digest_hex, "key": key}
    assert act(submission, "confirm_split", **how) == act(submission, "confirm_split", **how)


# The owner's override


def test_owner_settles_the_splits_until_there_is_a_new_sheet(label: Label, manager: User) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    act(submission, "object_split")
    with pytest.raises(ValidationError, match="Say why"):
        act(submission, "override_splits", note="")
    act(submission, "override_splits")
    assert fresh(submission).splits == "overridden"
    with pytest.raises(NotPossible, match="settled already"):
        act(submission, "override_splits")
    act(submission, "set_splits", shares=shares_of("1.00", "99.00"))
    assert fresh(submission).splits == "waiting"
    assert list(faults()) == []


def test_owner_settles_splits_that_nobody_set(label: Label, manager: User) -> None:
    submission = signed(label, ("Jo", "", None))
    event = act(submission, "override_splits")
    assert event.payload == {"sheet": None, "sheet_digest": None}
    act(submission, "schedule", manager=manager)
    act(submission, "release", manager=manager)
    assert list(faults()) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER])
def test_nobody_below_the_owner_settles_the_splits(label: Label, role: Role) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    with pytest.raises(NotAllowed):
        do(submission, "override_splits", Actor.member(make_member(label, role)))


# Redaction


def test_redacted_sheet_is_empty_and_its_answers_stay(label: Label) -> None:
    submission = signed(label)
    event = act(submission, "set_splits")
    act(submission, "confirm_split")
    redact(event)
    sheet = sheets.current_sheet(submission)
    assert sheet
    assert (sheet.shares, bytes(sheet.salt), sheet.redacted_at is not None) == ([], b"", True)
    assert fresh(submission).splits == "waiting"
    act(submission, "confirm_split")
    assert fresh(submission).splits == "confirmed"
    assert list(faults()) == []


def test_redacting_a_producer_empties_their_sheets(label: Label) -> None:
    submission = signed(label)
    act(submission, "set_splits")
    redact_person(submission.producer)
    assert set(SplitSheet.objects.values_list("shares__0", flat=True)) == {None}
    assert list(faults()) == []
