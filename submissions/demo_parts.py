"""What a demo consists of besides its row: its track with people and genres, and what its intake asks."""

from functools import cache

from catalog.models import Collaborator, Track
from kit.bundles import Bundle, keep_lists
from kit.statements import Statement, param
from labels.models import Intake, Question
from submissions.models import Submission


def read_parts(submission: Submission) -> None:
    """Read it as it is now, for its form, its rules and its copy. One query."""
    found = _parts().read(track=submission.track_id, intake=submission.intake_id)
    [submission.track] = found["track"]
    submission.producer = submission.track.owner
    submission.intake.label = submission.label
    keep_lists(submission.track, collaborators=found["people"])
    genres = [each.genre for each in found["genres"]]
    keep_lists(submission.intake, questions=found["questions"], genres=genres)


@cache
def _parts() -> Bundle:
    track, intake = param("track"), param("intake")
    accepted = Intake.genres.through.objects.filter(intake=intake)
    tracks = Track.objects.filter(pk=track).select_related("genre", "subgenre", "owner__profile")
    return Bundle(
        track=Statement(tracks),
        people=Statement(Collaborator.objects.filter(track=track)),
        questions=Statement(Question.objects.filter(intake=intake)),
        genres=Statement(accepted.select_related("genre").order_by("genre__name")),
    )
