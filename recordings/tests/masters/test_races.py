"""Workers and people at one recording at the same moment: one match, one event."""

import pytest

from labels.tests.builders import make_label, make_member
from recordings.masters.service import match_by_hand, match_one, remove_match
from recordings.models import Recording
from recordings.tests.builders import make_shelf
from recordings.tests.masters.builders import kept
from submissions.models import Submission
from submissions.tests.builders import history, make_submission
from trackflow.testing.races import Press, at_once


def told(demo: Submission) -> list[str]:
    return [name for name in history(demo) if name.startswith("master")]


@pytest.mark.usefixtures("committed_db")
def test_three_workers_and_a_manager_at_once_tell_once() -> None:
    label = make_label()
    manager = make_member(label)
    demo = make_submission("signed", label=label, manager=manager)
    one, other = (kept(make_shelf(label=label), f"{demo.reference}.wav") for _ in range(2))
    presses: list[Press] = [lambda: match_one(one.pk), lambda: match_one(other.pk)] * 2
    presses.append(lambda: match_by_hand(one, demo, kind="master", by=manager))
    assert [each for each in at_once(presses) if isinstance(each, Exception)] == []
    assert told(demo) == ["master_received"]
    assert set(Recording.objects.values_list("submission", flat=True)) == {demo.pk}


@pytest.mark.usefixtures("committed_db")
def test_match_that_two_managers_remove_is_taken_back_once() -> None:
    label = make_label()
    manager = make_member(label)
    demo = make_submission("signed", label=label, manager=manager)
    recording = kept(make_shelf(label=label), f"{demo.reference}.wav")
    match_one(recording.pk)
    found = at_once([lambda: remove_match(recording, demo, by=manager)] * 3)
    assert found == [None] * 3
    assert told(demo) == ["master_received", "master_removed"]
