"""A label's reply template filled in for one submission."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from labels.models import ReplyTemplate
from labels.reply_templates import fill_placeholders
from submissions.models import Submission


def reply_of(template: ReplyTemplate, submission: Submission, *, user: User) -> dict[str, Any]:
    """Return a template's initial data for the form of a decision: the note, and for a pass reason and welcome."""
    initial = {"note": fill_placeholders(template.text, values_of(submission, user=user))}
    if template.reason:
        initial["reason"] = template.reason
    if template.welcome:
        initial["welcome"] = template.welcome
    return initial


def values_of(submission: Submission, *, user: User) -> dict[str, str]:
    """Return the value of each placeholder; the label's name instead of a member's if it shows no names."""
    label = submission.label
    return {
        "artist": submission.artist or "you",
        "title": submission.shown_title,
        "label": label.name,
        "reference": submission.reference,
        "me": (label.shows_names and user.name) or label.name,
    }


def join_note(typed: str, text: str, replaced: Iterable[str]) -> str:
    """Return `text` below `typed`; an ending that is one of the `replaced` texts is removed first."""
    typed = typed.replace("\r\n", "\n").rstrip()
    endings = [each for each in replaced if typed == each or typed.endswith(f"\n{each}")]
    kept = typed.removesuffix(max(endings, key=len, default="")).rstrip()
    return f"{kept}\n\n{text}" if kept else text
