"""What an intake asks for and promises, in words."""

from dataclasses import dataclass

from labels import wording
from labels.models import Intake
from labels.record_words import Recorded, recorded


@dataclass(frozen=True)
class Terms:
    """The terms on which an intake takes demos now."""

    intake: Intake
    is_open: bool
    opening: str
    rules: list[tuple[str, str]]
    promise: str
    grace: str
    recorded: Recorded


def terms_of(intake: Intake) -> Terms:
    """Return an intake's terms; asks for its label with `record`, genres and questions."""
    return Terms(
        intake=intake,
        is_open=intake.is_open(),
        opening=wording.opening(intake),
        rules=wording.rules(intake),
        promise=wording.promise(intake),
        grace=wording.grace(intake),
        recorded=recorded(intake.label),
    )
