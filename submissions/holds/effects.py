"""Effects of holds: asked, agreed, refused, ended. Where one stands is checked by `permissions.refusal_for`."""

from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import ValidationError

from kit import canonical
from submissions import exclusivity, payloads
from submissions.choices import ActorRole
from submissions.details import Context, Effect
from submissions.errors import NotPossible
from submissions.holds.status import MOST_DAYS, read_hold


def hold(context: Context, *, days: int) -> Effect:
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError({"days": f"Ask for 1 to {MOST_DAYS} days."})
    return Effect(payloads.HoldDays(days))


def agree_hold(context: Context, *, close: Collection[str] = ()) -> Effect:
    exclusivity.lock_track(context.submission)
    if bound := exclusivity.binding_sentence(context.submission):
        raise NotPossible(bound)
    until = context.now + timedelta(days=read_hold(context.events).days)
    closes = exclusivity.closed_by(context.submission, close, exclusively=False)
    return Effect(payloads.HeldUntil(canonical.moment(until)), closes=closes)


def end_hold(context: Context) -> Effect:
    due = read_hold(context.events).due
    if context.role == ActorRole.SYSTEM and (due is None or context.now < due):
        raise NotPossible("The hold is not over.")
    return Effect()
