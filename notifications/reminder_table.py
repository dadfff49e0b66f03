"""What a reminder says, by its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from submissions.choices import ReminderKind


@dataclass(frozen=True, slots=True)
class Words:
    """`what` follows "Trackflow", with the day in it; `subject` is that of a mail of its own."""

    what: str
    subject: str


REMINDED: Mapping[str, Words] = MappingProxyType(
    {
        ReminderKind.HALF: Words(
            "reminds you at half time: an answer is due by {day}", "An answer is due: {title}"
        ),
        ReminderKind.TWO_DAYS: Words(
            "reminds you: an answer is due by {day}", "An answer is due in two days: {title}"
        ),
        ReminderKind.DAY: Words("reminds you: an answer is due on {day}", "An answer is due today: {title}"),
        ReminderKind.ESCALATED: Words(
            "reminds you: an answer was due on {day}", "An answer is overdue: {title}"
        ),
        ReminderKind.OFFER: Words(
            "reminds you: an offer waits for your answer until {day}",
            "The offer from {label} waits for your answer: {title}",
        ),
        ReminderKind.CHANGES: Words(
            "reminds you: the label waits for your changes until {day}",
            "{label} waits for your changes: {title}",
        ),
        ReminderKind.CLEARING: Words(
            "will remove links, notes, messages and answers on {day}, as the label keeps them no longer",
            "{label} keeps your demo for two more weeks: {title}",
        ),
    }
)
