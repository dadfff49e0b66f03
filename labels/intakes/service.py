"""How a label's intakes come into being, change, pause and end."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string

from catalog.models import Genre
from kit import canonical
from kit.codes import ALPHABET
from labels.intakes.changes import changes, settings_of
from labels.models import Intake, Label

RULES = (
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
"""The columns that an edit writes; genres beside them."""
OF_CALLS = ("call_name", "access_code")
"""Those that the standing intake has not."""
SHORTEST_CODE = 4
MOST_CALLS = 200


class ChangedMeanwhile(Exception):
    """Somebody changed the intake after the page was made; nothing was written. `fresh` is what it is now."""

    def __init__(self, fresh: Intake) -> None:
        super().__init__("Somebody changed this intake meanwhile. Nothing of yours is saved yet.")
        self.fresh = fresh


def stamp_of(intake: Intake) -> str:
    """Return sixteen hex digits of all that can be changed, for a form to carry; uses prefetched genres."""
    said: dict[str, Any] = {name: getattr(intake, name) for name in (*RULES, "is_paused")}
    said["genres"] = sorted(genre.slug for genre in intake.genres.all())
    return canonical.digest(canonical.encode(said)).hex()[:16]


@transaction.atomic
def create(call: Intake, *, genres: Collection[Genre]) -> Intake:
    """Store a new call of a label. Raises ValidationError where the label has too many."""
    Label.objects.select_for_update(of=("self",)).get(pk=call.label_id)
    if Intake.objects.filter(label=call.label_id).exclude(call_name="").count() >= MOST_CALLS:
        raise ValidationError(f"A label has at most {MOST_CALLS} calls. Delete one that nobody answered.")
    call.save()
    call.genres.set(genres)
    return call


@transaction.atomic
def change(intake: Intake, *, genres: Collection[Genre], stamp: str) -> list[tuple[str, ...]]:
    """Write an intake's rules, and return what changed as `changes` does; what was sent before keeps its terms.

    Raises ChangedMeanwhile where `stamp` is of another state than the stored one.
    """
    fresh = _locked(intake, stamp)
    intake.is_paused = fresh.is_paused
    changed = changes(settings_of(fresh, fresh.genres.all()), settings_of(intake, genres))
    intake.save(update_fields=RULES)
    intake.genres.set(genres)
    return changed


@transaction.atomic
def pause(intake: Intake, *, message: str, stamp: str) -> bool:
    """Close an intake for now, with what producers read meanwhile; return whether anything changed.

    Raises ChangedMeanwhile.
    """
    return _switch(intake, message=message, stamp=stamp, is_paused=True)


@transaction.atomic
def resume(intake: Intake, *, message: str, stamp: str) -> bool:
    """Open again what was closed by hand; the same otherwise."""
    return _switch(intake, message=message, stamp=stamp, is_paused=False)


@transaction.atomic
def delete(call: Intake) -> None:
    """Delete a call with its questions. Raises ValidationError where a demo or a draft was ever made for it."""
    if not call.call_name:
        raise ValidationError("The standing intake stays. Close it for now instead.")
    try:
        with transaction.atomic():
            call.delete()
    except ProtectedError:
        raise ValidationError(
            "Producers have drafts or demos for this call, so it stays. Let it end by its closing date."
        ) from None


def suggested_code() -> str:
    """Return a code that is easily told on the telephone: `K7MQ-2XRD`."""
    letters = get_random_string(8, "".join(set(ALPHABET) - set("01UV5S")))
    return f"{letters[:4]}-{letters[4:]}"


def _switch(intake: Intake, *, message: str, stamp: str, is_paused: bool) -> bool:
    fresh = _locked(intake, stamp)
    if (fresh.is_paused, fresh.message) == (is_paused, message):
        return False
    fresh.is_paused, fresh.message = is_paused, message
    fresh.save(update_fields=["is_paused", "message"])
    return True


def _locked(intake: Intake, stamp: str) -> Intake:
    fresh = Intake.objects.select_related("label").select_for_update(of=("self",)).get(pk=intake.pk)
    if stamp_of(fresh) != stamp:
        raise ChangedMeanwhile(fresh)
    return fresh
