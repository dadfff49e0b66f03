"""What each transition needs and says. Every function raises ValidationError for what was typed wrong."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError

from kit import canonical
from submissions import details, revision_effects
from submissions.choices import LinkProblem, LinkSlot, Reason, Transition, Welcome, WithdrawReason
from submissions.context import Scene, Step
from submissions.errors import NotPossible

T = Transition
EXTENSION_DAYS = 30


def plain(scene: Scene) -> Step:
    return Step()


def request_changes(scene: Scene, *, prepared_by: str = "", preparer: int = 0) -> Step:
    _need_note(scene, "Say what you would like changed.")
    return Step(details.AnswerBy(scene.answer_by()), details.Decision(prepared_by, preparer))


def accept(scene: Scene, *, terms: str = "", prepared_by: str = "", preparer: int = 0) -> Step:
    _need_short("terms", terms, 4000)
    return Step(details.AnswerBy(scene.answer_by()), details.Offer(prepared_by, preparer, terms))


def reject(scene: Scene, *, reason: str, welcome: str, prepared_by: str = "", preparer: int = 0) -> Step:
    _need_choice("reason", reason, Reason.values, "Say why: choose a reason.")
    _need_choice("welcome", welcome, Welcome.values, "Say what would be welcome next.")
    return Step(details.Reject(str(reason), str(welcome)), details.Decision(prepared_by, preparer))


def reopen(scene: Scene) -> Step:
    _need_note(scene, "Say why you reopen it.")
    revision_effects.refuse_other_live(scene)
    return Step()


def rescind(scene: Scene, *, reason: str) -> Step:
    _need_choice("reason", reason, Reason.values, "Say why: choose a reason.")
    _need_note(scene, "The producer has your offer. Say why you withdraw it.")
    return Step(details.Rescind(str(reason)))


def schedule(scene: Scene, *, release_on: date, catalogue_number: str = "") -> Step:
    _need_short("catalogue_number", catalogue_number, 40)
    if release_on < scene.now.astimezone(scene.submission.label.zone).date():
        raise ValidationError({"release_on": "The release date has passed. Choose today or a later day."})
    return Step(details.Schedule(release_on.isoformat(), catalogue_number))


def release(scene: Scene) -> Step:
    release_on = scene.submission.release_on
    today = scene.now.astimezone(scene.submission.label.zone).date()
    if scene.role == "system" and (release_on is None or release_on > today):
        raise NotPossible("Its release day has not come.")
    return Step()


def withdraw(scene: Scene, *, reason: str = "") -> Step:
    _need_choice("reason", reason, ["", *WithdrawReason.values], "Choose one of these reasons, or none.")
    return Step(details.Withdraw(str(reason)))


def expire(scene: Scene) -> Step:
    clock = scene.clock
    if clock.due is None or clock.expires is None or scene.now < clock.expires:
        raise NotPossible("Its time is not over.")
    return Step(details.Expire(clock.ball.value, canonical.moment(clock.due)))


def listened(scene: Scene, *, seconds: int, total: int) -> Step:
    if not 0 < seconds <= total <= 86_400:
        raise ValidationError({"seconds": "Seconds heard lie between one and the track’s length."})
    return Step(details.Listened(seconds, total))


def link_failed(scene: Scene, *, slot: str, problem: str) -> Step:
    _need_choice("slot", slot, LinkSlot.values, "Name the link.")
    _need_choice("problem", problem, LinkProblem.values, "Name the problem.")
    if slot in scene.clock.dead_links:
        raise NotPossible("This link is known to be dead.")
    return Step(details.DeadLink(str(slot), str(problem)))


def link_recovered(scene: Scene, *, slot: str) -> Step:
    if slot not in scene.clock.dead_links:
        raise NotPossible("This link was not dead.")
    return Step(details.LinkBack(str(slot)))


def extend(scene: Scene, *, until: datetime) -> Step:
    if scene.clock.is_extended:
        raise NotPossible("More time was taken once already.")
    latest = scene.now + timedelta(days=EXTENSION_DAYS)
    soonest = max(scene.now, scene.clock.due or scene.now + (scene.clock.left or timedelta()))
    if not soonest < until <= latest:
        raise ValidationError(
            {"until": f"Choose a time after {soonest:%-d %B %Y, %H:%M} and within 30 days."}
        )
    return Step(details.Extend(canonical.moment(until)))


def _need_note(scene: Scene, sentence: str) -> None:
    if not scene.note.strip():
        raise ValidationError({"note": sentence})


def _need_short(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise ValidationError({name: f"Use at most {most} characters; these are {len(text)}."})


def _need_choice(name: str, value: str, values: list[str], sentence: str) -> None:
    if value not in values:
        raise ValidationError({name: sentence})


STEPS: dict[str, Callable[..., Step]] = {
    T.SUBMIT: revision_effects.submit,
    T.START_REVIEW: plain,
    T.SHORTLIST: plain,
    T.REQUEST_CHANGES: request_changes,
    T.RESUBMIT: revision_effects.resubmit,
    T.ACCEPT: accept,
    T.REJECT: reject,
    T.REOPEN: reopen,
    T.SIGN: plain,
    T.DECLINE: plain,
    T.RESCIND: rescind,
    T.SCHEDULE: schedule,
    T.RELEASE: release,
    T.WITHDRAW: withdraw,
    T.EXPIRE: expire,
    T.LISTENED: listened,
    T.REPLACE_LINK: revision_effects.replace_link,
    T.LINK_FAILED: link_failed,
    T.LINK_RECOVERED: link_recovered,
    T.EXTEND: extend,
}
