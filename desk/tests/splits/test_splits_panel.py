"""The splits at the desk: everybody reads them, the owner settles them."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from submissions.models import Event, Submission
from submissions.tests.builders import act, shares_of
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of


def at_desk(user: User, submission: Submission, name: str = "submission", *more: str) -> Any:
    path = reverse(f"desk:{name}", args=[submission.label.slug, submission.reference, *more])
    return client_of(user).get(path)


@pytest.fixture
def disputed(cast: Cast) -> Submission:
    submission = cast.demo("signed")
    act(submission, "set_splits", shares=shares_of("50.00", "50.00"))
    return act(submission, "object_split", note="I wrote the hook.").submission


def test_every_member_reads_the_sheet_and_the_objection(cast: Cast, disputed: Submission) -> None:
    for person in (cast.viewer, cast.reviewer, cast.manager, cast.owner):
        page = at_desk(person, disputed).content.decode()
        for shown in ("Splits", "Somebody objected", "Jo Vox", "50.00 %", "I wrote the hook."):
            assert shown in page


def test_only_the_owner_is_offered_to_settle_them(cast: Cast, disputed: Submission) -> None:
    path = reverse("desk:act", args=["harbour", disputed.reference, "override_splits"])
    for person, offered in ((cast.owner, True), (cast.manager, False), (cast.reviewer, False)):
        assert (path in at_desk(person, disputed).content.decode()) == offered
        assert client_of(person).get(path).status_code == (200 if offered else 403)


def test_owner_settles_them_with_a_note(cast: Cast, disputed: Submission) -> None:
    path = reverse("desk:act", args=["harbour", disputed.reference, "override_splits"])
    data = {"turn": disputed.turn, "key": uuid.uuid4(), "note": ""}
    assert client_of(cast.owner).post(path, data).status_code == 422
    assert client_of(cast.owner).post(path, {**data, "note": "We have it in writing."}).status_code == 303
    event = Event.objects.of(disputed).last()
    assert event
    assert (event.transition, event.actor, event.note) == (
        "override_splits",
        cast.owner,
        "We have it in writing.",
    )
    page = at_desk(cast.owner, disputed).content.decode()
    assert "Settled by the label’s owner" in page
    assert path not in page


def test_demo_without_an_offer_shows_no_splits(cast: Cast) -> None:
    assert 'id="splits"' not in at_desk(cast.manager, cast.demo("in_review")).content.decode()


def test_facts_of_others_sections_are_no_buttons_among_the_decisions(cast: Cast) -> None:
    page = at_desk(cast.owner, cast.demo("signed"))
    assert [action.transition for action in page.context["actions"]] == ["schedule", "rescind"]
