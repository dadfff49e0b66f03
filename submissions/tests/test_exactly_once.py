"""Forms carry a turn and a key: who acts on a stale page is told, and nothing happens twice."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from kit.clock import at, now
from labels.models import Label, Membership
from labels.tests.builders import make_member
from submissions.errors import NotAllowed, Stale
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM, Actor
from submissions.tests.builders import act, announced, do, history, make_submission

pytestmark = pytest.mark.django_db


# Turns


def test_stale_page_is_told_who_did_what(sent: Submission, manager: User) -> None:
    do(sent, "start_review", Actor.member(manager), turn=sent.turn)
    with pytest.raises(Stale) as refusal:
        do(sent, "reject", Actor.member(manager), turn=sent.turn)
    assert str(refusal.value).startswith("Manager (manager) opened it meanwhile.")
    assert refusal.value.submission.state == "in_review"
    assert history(sent) == ["submit", "start_review"]


@pytest.mark.parametrize(("shows", "name"), [(False, "Harbour’s manager"), (True, "Manager (manager)")])
def test_stale_producer_learns_a_name_only_where_the_label_shows_it(
    shows: bool, name: str, sent: Submission, manager: User, label: Label
) -> None:
    Label.objects.update(shows_names=shows)
    do(sent, "start_review", Actor.member(manager))
    with pytest.raises(Stale, match=rf"^{name.replace('(', '.').replace(')', '.')} opened it"):
        do(sent, "withdraw", Actor.producer(sent.producer), turn=sent.turn)


def test_stale_member_is_told_of_the_producer_and_of_the_system(sent: Submission, manager: User) -> None:
    do(sent, "replace_link", Actor.producer(sent.producer))
    with pytest.raises(Stale, match=f"^{sent.artist} replaced a link"):
        do(sent, "start_review", Actor.member(manager), turn=sent.turn)
    with at(now() + timedelta(days=99)):
        do(sent, "expire", SYSTEM)
    with pytest.raises(Stale, match=r"^Trackflow let it expire"):
        do(sent, "start_review", Actor.member(manager), turn=sent.turn)


def test_quiet_facts_make_no_page_stale(sent: Submission, manager: User) -> None:
    for fact in ("listened", "link_failed", "link_recovered"):
        act(sent, fact, manager=manager)
    assert do(sent, "start_review", Actor.member(manager), turn=sent.turn).sequence == 5


def test_turn_from_the_future_is_stale(sent: Submission, manager: User) -> None:
    with pytest.raises(Stale):
        do(sent, "start_review", Actor.member(manager), turn=sent.turn + 1)


# Keys


def test_repeated_key_returns_the_first_event(sent: Submission, manager: User) -> None:
    key, actor = uuid.uuid4(), Actor.member(manager)
    first = do(sent, "start_review", actor, turn=sent.turn, key=key)
    act(sent, "shortlist", manager=manager)
    again = do(sent, "start_review", actor, turn=sent.turn, key=key)
    assert (again.pk, again.submission.state) == (first.pk, "shortlisted")
    assert history(sent) == ["submit", "start_review", "shortlist"]
    assert announced() == list(Event.objects.order_by("pk").values_list("pk", flat=True))


def test_repeated_key_of_the_system_returns_the_first_event(sent: Submission) -> None:
    key = uuid.uuid4()
    first = do(sent, "link_failed", SYSTEM, key=key)
    assert do(sent, "link_failed", SYSTEM, key=key) == first


def test_key_with_another_transition_is_stale(sent: Submission, manager: User) -> None:
    key = uuid.uuid4()
    do(sent, "start_review", Actor.member(manager), key=key)
    with pytest.raises(Stale, match="opened it meanwhile"):
        do(sent, "shortlist", Actor.member(manager), key=key)


def test_key_of_another_person_is_stale(sent: Submission, manager: User, label: Label) -> None:
    key = uuid.uuid4()
    do(sent, "listened", Actor.member(manager), key=key)
    with pytest.raises(Stale):
        do(sent, "listened", Actor.member(make_member(label)), key=key)


def test_key_repeated_by_who_may_no_more_is_refused(sent: Submission, manager: User) -> None:
    key = uuid.uuid4()
    do(sent, "start_review", Actor.member(manager), key=key)
    Membership.objects.filter(user=manager).delete()
    with pytest.raises(NotAllowed):
        do(sent, "start_review", Actor.member(manager), key=key)


def test_one_key_serves_two_submissions(manager: User, label: Label) -> None:
    """Bulk actions and sends to several labels carry one key."""
    key, both = uuid.uuid4(), [make_submission(label=label) for _ in range(2)]
    events = [do(each, "start_review", Actor.member(manager), key=key) for each in both]
    assert [event.submission for event in events] == both
