"""Password strength, by zxcvbn's estimate."""

from typing import Any

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

LONGEST_MEASURED = 72  # zxcvbn slows down with length; the start of a longer password decides


class StrengthValidator:
    """Refuses a password whose zxcvbn score (0 to 4) is below `least`, with zxcvbn's advice."""

    def __init__(self, least: int = 3) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        hints = [hint for hint in (getattr(user, "email", ""), getattr(user, "name", "")) if hint]
        found = zxcvbn(password[:LONGEST_MEASURED], user_inputs=[*hints, "trackflow"])
        if found["score"] < self.least:
            raise ValidationError(_advice(found["feedback"]), code="password_too_weak")

    def get_help_text(self) -> str:
        return "Several uncommon words are stronger than one with symbols."


def _advice(feedback: dict[str, Any]) -> list[str]:
    advice = ["This password is too easy to guess.", feedback["warning"], *feedback["suggestions"]]
    return [sentence if sentence.endswith(".") else f"{sentence}." for sentence in advice if sentence]
