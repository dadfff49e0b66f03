"""A label's intakes: create, change, pause, resume, delete."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string

from catalog.models import Genre
from kit import canonical
from kit.codes import ALPHABET
from kit.errors import ChangedMeanwhile, Gone
from labels.intakes.changes import changes, settings_of
from labels.models import Intake, Label

RULE_FIELDS = (
    "call_name",
    "message",
    "opens_at",
    "closes_at",
    "access_code",
    "genre_strictness",
    "tempo_from",
    "tempo_to",
    "tempo_strictness",
    "required_fields",
    "ai_policy",
    "exclusivity_policy",
    "unreleased_only",
    "most_open",
    "most_weekly",
    "promise_days",
    "grace_days",
    "answer_days",
)
"""The fields that an edit saves, besides genres."""
CALL_FIELDS = ("call_name", "access_code")
"""Fields that only calls have."""
MOST_CALLS = 200


def stamp_of(intake: Intake) -> str:
    """Return a fingerprint of everything that can be changed, for a form's hidden field; uses prefetched genres."""
    values: dict[str, Any] = {name: getattr(intake, name) for name in (*RULE_FIELDS, "is_paused")}
    values["genres"] = sorted(genre.slug for genre in intake.genres.all())
    return canonical.stamp(values)


@transaction.atomic
def create(call: Intake, *, genres: Collection[Genre]) -> Intake:
    """Save a new call; ValidationError if the label has too many."""
    Label.objects.select_for_update(of=("self",)).get(pk=call.label_id)
    if Intake.objects.filter(label=call.label_id).exclude(call_name="").count() >= MOST_CALLS:
        raise ValidationError(
            f"A label can have at most {MOST_CALLS} calls. Delete one that nobody has used."
        )
    call.save()
    call.genres.set(genres)
    return call


@transaction.atomic
def change(intake: Intake, *, genres: Collection[Genre], stamp: str) -> list[tuple[str, ...]]:
    """Save an intake's rules and return what changed, as `changes` does; demos sent before keep their terms.

    Raises ChangedMeanwhile if `stamp` does not match the saved intake, Gone for a deleted call.
    """
    fresh = _lock_unchanged(intake, stamp)
    intake.is_paused = fresh.is_paused
    changed = changes(settings_of(fresh, fresh.genres.all()), settings_of(intake, genres))
    intake.save(update_fields=RULE_FIELDS)
    intake.genres.set(genres)
    return changed


@transaction.atomic
def pause(intake: Intake, *, message: str, stamp: str) -> bool:
    """Close an intake for now, with a message for producers; return whether anything changed.

    Raises ChangedMeanwhile and Gone.
    """
    return _set_paused(intake, message=message, stamp=stamp, is_paused=True)


@transaction.atomic
def resume(intake: Intake, *, message: str, stamp: str) -> bool:
    """Open a paused intake again; otherwise as `pause`."""
    return _set_paused(intake, message=message, stamp=stamp, is_paused=False)


@transaction.atomic
def delete(call: Intake) -> None:
    """Delete a call with its questions; ValidationError if it ever had a demo or a draft, Gone if it is deleted."""
    if not call.call_name:
        raise ValidationError("The standing intake cannot be deleted. Close it for now instead.")
    _lock(call)
    try:
        with transaction.atomic():
            call.delete()
    except ProtectedError:
        raise ValidationError(
            "Producers have drafts or demos for this call, so it cannot be deleted. Set a closing date instead."
        ) from None


def suggested_code() -> str:
    """Return a random access code that is easy to read out: `K7MQ-2XRD`."""
    letters = get_random_string(8, "".join(set(ALPHABET) - set("01UV5S")))
    return f"{letters[:4]}-{letters[4:]}"


def _set_paused(intake: Intake, *, message: str, stamp: str, is_paused: bool) -> bool:
    fresh = _lock_unchanged(intake, stamp)
    if (fresh.is_paused, fresh.message) == (is_paused, message):
        return False
    fresh.is_paused, fresh.message = is_paused, message
    fresh.save(update_fields=["is_paused", "message"])
    return True


def _lock_unchanged(intake: Intake, stamp: str) -> Intake:
    fresh = _lock(intake)
    if stamp_of(fresh) != stamp:
        raise ChangedMeanwhile("intake", fresh)
    return fresh


def _lock(intake: Intake) -> Intake:
    rows = Intake.objects.select_related("label").select_for_update(of=("self",))
    fresh = rows.filter(pk=intake.pk).first()
    if fresh is None:
        raise Gone("call")
    return fresh
