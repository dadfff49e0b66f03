"""Effects: each checks a transition's details and returns its payload. Raises ValidationError for wrong input."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from kit import canonical
from kit.forms import need_short
from submissions import details, payloads, redaction, revision_effects
from submissions.choices import (
    LinkProblem,
    LinkSlot,
    Reason,
    RescindReason,
    Transition,
    Welcome,
    WithdrawReason,
)
from submissions.deadlines import nudge_refusal
from submissions.deliverables import effects as deliverables
from submissions.details import Context, Effect
from submissions.errors import NotPossible
from submissions.holds import effects as holds
from submissions.masters import effects as masters
from submissions.offers import effects as offers
from submissions.splits import effects as splits

T = Transition
EXTENSION_DAYS = 30


def plain(context: Context) -> Effect:
    return Effect()


def request_changes(context: Context, *, prepared_by: str = "", preparer: int = 0) -> Effect:
    _need_note(context, "Say what you would like changed.")
    return Effect(payloads.AnswerBy(context.answer_by()), details.Decision(prepared_by, preparer))


def reject(
    context: Context,
    *,
    reason: str,
    welcome: str,
    heard_elsewhere: bool = False,
    prepared_by: str = "",
    preparer: int = 0,
) -> Effect:
    _need_choice("reason", reason, Reason.values, "Say why: choose a reason.")
    _need_choice("welcome", welcome, Welcome.values, "Say what would be welcome next.")
    payload = payloads.Reject(str(reason), str(welcome), heard_elsewhere)
    return Effect(payload, details.Decision(prepared_by, preparer))


def reopen(context: Context) -> Effect:
    _need_note(context, "Say why you reopen it.")
    revision_effects.refuse_other_live(context)
    return Effect()


def rescind(context: Context, *, reason: str) -> Effect:
    _need_choice("reason", reason, RescindReason.values, "Say why: choose a reason.")
    _need_note(context, "The producer has your offer. Say why you withdraw it.")
    return Effect(payloads.Reasoned(str(reason)))


def schedule(context: Context, *, release_on: date, release: str, catalogue_number: str = "") -> Effect:
    number = need_short("catalogue_number", catalogue_number, 40)
    if release_on < context.now.astimezone(context.submission.label.zone).date():
        raise ValidationError({"release_on": "The release date has passed. Choose today or a later day."})
    return Effect(payloads.Schedule(release, release_on.isoformat(), number))


def unschedule(context: Context, *, release: str) -> Effect:
    return Effect(payloads.OfRelease(_its_release(context, release)))


def release(context: Context, *, release: str) -> Effect:
    splits.refuse_unsettled(context)
    release_on = context.submission.release_on
    today = context.now.astimezone(context.submission.label.zone).date()
    if context.role == "system" and (release_on is None or release_on > today):
        raise NotPossible("Its release day has not come.")
    return Effect(payloads.OfRelease(_its_release(context, release)))


def sign(context: Context, **details: Any) -> Effect:
    """The producer's yes to the last offer, which makes the first split sheet where the shares are known."""
    signed, first = offers.sign(context, **details), splits.first_sheet(context)
    return replace(signed, payload=replace(signed.payload, **asdict(first.payload)), write=first.write)


def withdraw(context: Context, *, reason: str = "") -> Effect:
    _need_choice("reason", reason, ["", *WithdrawReason.values], "Choose one of these reasons, or none.")
    return Effect(payloads.Withdraw(str(reason)))


def expire(context: Context) -> Effect:
    clock = context.clock
    if clock.due is None or clock.expires is None or context.now < clock.expires:
        raise NotPossible("Its time is not over.")
    return Effect(payloads.Expire(clock.ball.value, canonical.moment(clock.due)))


def listened(context: Context, *, seconds: int, total: int) -> Effect:
    if not 0 < seconds <= total <= 86_400:
        raise ValidationError({"seconds": "Seconds heard lie between one and the track’s length."})
    return Effect(payloads.Listened(seconds, total))


def link_failed(context: Context, *, slot: str, problem: str) -> Effect:
    _need_choice("slot", slot, LinkSlot.values, "Name the link.")
    _need_choice("problem", problem, LinkProblem.values, "Name the problem.")
    if slot in context.clock.dead_links:
        raise NotPossible("This link is known to be dead.")
    return Effect(payloads.DeadLink(str(slot), str(problem)))


def link_recovered(context: Context, *, slot: str) -> Effect:
    if slot not in context.clock.dead_links:
        raise NotPossible("This link was not dead.")
    return Effect(payloads.LinkBack(str(slot)))


def redact(context: Context, *, months: int) -> Effect:
    """Remove what is private from all before, as the label keeps it for so many months."""
    if months < 1:
        raise ValidationError({"months": "A label keeps demos for at least a month."})
    return Effect(payloads.Redact(months), write=redaction.empty_before)


def extend(context: Context, *, until: datetime) -> Effect:
    latest = context.now + timedelta(days=EXTENSION_DAYS)
    soonest = max(context.now, context.clock.due or context.now + (context.clock.left or timedelta()))
    if not soonest < until <= latest:
        raise ValidationError(
            {"until": f"Choose a time after {soonest:%-d %B %Y, %H:%M} and within 30 days."}
        )
    return Effect(payloads.NewDate(canonical.moment(until)))


def nudge(context: Context) -> Effect:
    if refusal := nudge_refusal(context.clock, context.now):
        raise NotPossible(refusal)
    return Effect()


def _its_release(context: Context, release: str) -> str:
    if release != context.submission.release_code:
        raise NotPossible(f"It follows {context.submission.release_code}, not {release}.")
    return release


def _need_note(context: Context, sentence: str) -> None:
    if not context.note.strip():
        raise ValidationError({"note": sentence})


def _need_choice(name: str, value: str, values: list[str], sentence: str) -> None:
    if value not in values:
        raise ValidationError({name: sentence})


EFFECTS: dict[str, Callable[..., Effect]] = {
    T.SUBMIT: revision_effects.submit,
    T.START_REVIEW: plain,
    T.SHORTLIST: plain,
    T.REQUEST_CHANGES: request_changes,
    T.RESUBMIT: revision_effects.resubmit,
    T.ACCEPT: offers.accept,
    T.REVISE_OFFER: offers.accept,
    T.COUNTER: offers.counter,
    T.REJECT: reject,
    T.REOPEN: reopen,
    T.SIGN: sign,
    T.DECLINE: plain,
    T.RESCIND: rescind,
    T.SCHEDULE: schedule,
    T.UNSCHEDULE: unschedule,
    T.RELEASE: release,
    T.WITHDRAW: withdraw,
    T.EXPIRE: expire,
    T.REDACT: redact,
    T.LISTENED: listened,
    T.REPLACE_LINK: revision_effects.replace_link,
    T.LINK_FAILED: link_failed,
    T.LINK_RECOVERED: link_recovered,
    T.EXTEND: extend,
    T.NUDGE: nudge,
    T.SET_SPLITS: splits.set_splits,
    T.CONFIRM_SPLIT: splits.confirm_split,
    T.OBJECT_SPLIT: splits.object_split,
    T.OVERRIDE_SPLITS: splits.override_splits,
    T.HOLD: holds.hold,
    T.AGREE_HOLD: holds.agree_hold,
    T.REFUSE_HOLD: plain,
    T.END_HOLD: holds.end_hold,
    T.ASK_FOR: deliverables.ask_for,
    T.HAND_IN: deliverables.hand_in,
    T.APPROVE: deliverables.approve,
    T.ASK_AGAIN: deliverables.ask_again,
    T.WAIVE: deliverables.waive,
    T.MASTER_RECEIVED: masters.master_received,
    T.MASTER_REMOVED: masters.master_removed,
}
