"""What an intake asks for and promises, in words."""

from dataclasses import dataclass

from labels.directory.response_record import RecordSummary, record_summary
from labels.intakes import rule_words
from labels.models import Intake


@dataclass(frozen=True)
class Terms:
    """The terms on which an intake takes demos now."""

    intake: Intake
    is_open: bool
    opening: str
    rules: list[tuple[str, str]]
    promise: str
    grace: str
    record_summary: RecordSummary


def terms_of(intake: Intake) -> Terms:
    """Return an intake's terms; asks for its label with `record`, genres and questions."""
    return Terms(
        intake=intake,
        is_open=intake.is_open(),
        opening=rule_words.opening(intake),
        rules=rule_words.rules(intake),
        promise=rule_words.promise(intake),
        grace=rule_words.grace(intake),
        record_summary=record_summary(intake.label),
    )
