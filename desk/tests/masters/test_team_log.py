"""The team's log says who matched a file to a demo by hand, and who removed it."""

from procrastinate.contrib.django.models import ProcrastinateJob

from activity.models import Activity
from activity.tasks import log_match
from activity.tests.log_lines import logged
from desk.tests.masters.masters_page import matched, page, post
from recordings.masters.service import match_one
from recordings.models import Shelf
from recordings.tests.masters.builders import kept
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.queued_jobs import arguments_of


def log_of(submission: Submission) -> list[str]:
    """Run the jobs that wait for the team's log, each twice, and return its lines."""
    for job in ProcrastinateJob.objects.filter(task_name="activity.log_match").order_by("id"):
        for _ in range(2):
            log_match(**arguments_of(job))
    return logged(submission=submission)


def test_team_log_says_who_matched_a_file_and_who_removed_it(
    cast: Cast, shelf: Shelf, signed: Submission
) -> None:
    code = kept(shelf).reference
    for act_, kind in (("match", "premaster"), ("match", "master"), ("match", "master"), ("remove", "")):
        post(cast.manager, signed, act=act_, recording=code, kind=kind)
    assert log_of(signed) == [
        f"matched the file {code} as the pre-master",
        f"matched the file {code} as the master",
        f"removed the match of the file {code}",
    ]
    assert {row.actor for row in Activity.objects.filter(submission=signed)} == {cast.manager}
    assert f"removed the match of the file {code}" in page(cast.viewer, signed, "submission")


def test_team_log_says_which_candidate_was_turned_away_once(
    cast: Cast, shelf: Shelf, signed: Submission
) -> None:
    recording = kept(shelf, f"{signed.reference} or {cast.demo('signed').reference}.wav")
    match_one(recording.pk)
    for _ in range(2):
        post(cast.manager, signed, act="remove", recording=recording.reference)
    assert log_of(signed) == [f"said that the file {recording.reference} is not this demo’s"]


def test_file_that_matched_itself_is_in_no_log(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    matched(shelf, signed)
    assert log_of(signed) == []
