"""Each event, and each other subject, belongs to exactly one kind on each side that can be told of it."""

import pytest

from notifications.choices import NoticeKind, Side
from notifications.kind_table import (
    KINDS,
    OF_TOPICS,
    PRODUCER_KINDS,
    STUDIO_KINDS,
    SUBJECT_KINDS,
    TEAM_KINDS,
    Kind,
)
from notifications.kinds import kind_of
from notifications.models import Delivery
from notifications.models.delivery import SUBJECTS
from notifications.tests.parties import make_parties
from submissions.transition_table import RULES
from trackflow.testing.announcements import announce_event, last_event


@pytest.mark.parametrize("kinds", [TEAM_KINDS, PRODUCER_KINDS])
def test_each_transition_belongs_to_one_kind(kinds: tuple[Kind, ...]) -> None:
    for transition, rule in RULES.items():
        covering = [kind.key for kind in kinds if rule.topic in kind.topics]
        assert len(covering) == 1, (transition, covering)
        assert OF_TOPICS[kinds[0].side, rule.topic].key == covering[0]


def test_other_subjects_name_kinds_that_exist() -> None:
    assert {kind.side for kind in TEAM_KINDS} == {Side.TEAM}
    assert {kind.side for kind in PRODUCER_KINDS} == {Side.PRODUCER}
    assert {kind.side for kind in STUDIO_KINDS} == {Side.PRODUCER}
    assert len(KINDS) == len(TEAM_KINDS) + len(PRODUCER_KINDS) + len(STUDIO_KINDS)
    of_studio = {kind.key for kind in STUDIO_KINDS}
    for key in NoticeKind.values:
        assert (Side.PRODUCER if key in of_studio else Side.TEAM, key) in KINDS
    assert set(SUBJECTS) - {"event", "notice"} <= set(SUBJECT_KINDS)
    for key in SUBJECT_KINDS.values():
        assert (Side.TEAM, key) in KINDS
        assert (Side.PRODUCER, key) in KINDS


@pytest.mark.django_db
def test_new_demo_is_news_to_the_team_and_a_confirmation_to_its_producer() -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    rows = Delivery.objects.with_subject().select_related("person").filter(channel="email")
    assert {(each.person, kind_of(each).key) for each in rows} == {
        (parties.producer, "confirmations"),
        (parties.owner, "new_demos"),
        (parties.manager, "new_demos"),
    }
