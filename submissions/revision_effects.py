"""Effects that make a revision: submit, resubmit and replace a link."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q

from catalog.links.link import parse_link
from catalog.links.shape import IS_SHORT
from catalog.models import Track
from labels.blocks import is_blocked
from labels.questions import answers as questions_answers
from labels.questions.changes import valid_answers
from labels.rules import Demo, closed_sentence, refusals
from submissions import details, exclusivity, payloads, revisions
from submissions.choices import LinkSlot
from submissions.demo_parts import read_parts
from submissions.details import Context, Effect
from submissions.errors import NotPossible
from submissions.models import Draft, Submission
from submissions.preflight.conflicts import earlier_try, may_follow, others
from submissions.transition_table import LIVE, UNDECIDED


def submit(context: Context) -> Effect:
    submission, draft = context.submission, _draft_of(context)
    exclusivity.lock_track(submission)
    read_parts(submission)
    demo = demo_of(submission, access_code=draft.access_code, moment=context.now)
    if demo.is_closed:
        raise ValidationError({"intake": f"{closed_sentence(submission.intake)} Your draft is kept."})
    submission.previous = _refuse_repeat(context)
    if bound := exclusivity.binding_sentence(submission):
        raise ValidationError({"track": bound})
    copied = revisions.plain_copy(demo.copied)
    frozen = _checked(context, demo, draft)
    revision = revisions.build(submission, None, copied, frozen)
    _forget(draft)
    payload = payloads.Submit(
        intake=submission.intake.code,
        promise_days=submission.intake.promise_days,
        grace_days=submission.intake.grace_days,
        revision=revision.number,
        revision_digest=bytes(revision.digest).hex(),
        previous=submission.previous.reference if submission.previous else None,
    )
    return Effect(payload, revision=revision)


def resubmit(context: Context) -> Effect:
    submission, draft = context.submission, _draft_of(context)
    read_parts(submission)
    demo = Demo(revisions.raw_copy(submission), is_resubmission=True)
    copied = revisions.plain_copy(demo.copied)
    frozen = _checked(context, demo, draft)
    changes = revisions.differences(context.revision, copied, frozen)
    if not changes and not context.note.strip():
        raise ValidationError(
            "Nothing has changed since the label saw it. Edit the track, or answer in a note."
        )
    revision = revisions.build(submission, context.revision, copied, frozen)
    _forget(draft)
    payload = payloads.Resubmit(
        revision=revision.number,
        revision_digest=bytes(revision.digest).hex(),
        changed_links=revisions.changed_links(changes),
    )
    return Effect(payload, details.Changes(revisions.sealed_differences(changes)), revision)


def replace_link(context: Context, *, slot: str, url: str) -> Effect:
    column = next((name for name, each in revisions.LINKS.items() if each == slot), None)
    if column is None or slot not in LinkSlot.values or context.revision is None:
        raise ValidationError({"slot": "Choose the link to replace."})
    try:
        link = parse_link(url)
    except ValidationError as error:
        raise ValidationError({"url": error}) from error
    if link.is_short:
        raise ValidationError({"url": IS_SHORT})
    copied = context.revision.copy | {column: link.url}
    changes = revisions.differences(context.revision, copied, context.revision.answers)
    if not changes:
        raise ValidationError({"url": "The label already has this link."})
    old = {column: context.revision.copy.get(column, "")}
    Track.objects.filter(pk=context.submission.track_id, **old).update(**{column: link.url})
    revision = revisions.build(context.submission, context.revision, copied, context.revision.answers)
    payload = payloads.ReplaceLink(str(slot), revision.number, bytes(revision.digest).hex())
    return Effect(payload, details.Changes(revisions.sealed_differences(changes)), revision)


def refuse_other_live(context: Context) -> None:
    """Raise NotPossible when another submission of this track is live at this label."""
    submission = context.submission
    exclusivity.lock_track(submission)
    other = others(submission).filter(state__in=LIVE).first()
    if other:
        raise NotPossible(f"{other.reference}, a newer submission of this track, is live here.")


def demo_of(submission: Submission, *, access_code: str, moment: datetime) -> Demo:
    """Return the demo as the intake's rules check it at this moment."""
    between = {"producer": submission.producer_id, "label": submission.label_id}
    week = Q(submitted_at__gt=moment - timedelta(days=7))
    counts = {"open": Count("pk", filter=Q(state__in=UNDECIDED)), "week": Count("pk", filter=week)}
    past = Submission.objects.filter(**between).aggregate(**counts)
    return Demo(
        copied=revisions.raw_copy(submission),
        open_count=past["open"],
        week_count=past["week"],
        access_code=access_code,
        is_closed=not submission.intake.is_open(moment) or is_blocked(**between),
    )


def _checked(context: Context, demo: Demo, draft: Draft) -> list[dict[str, Any]]:
    """Return the frozen answers. Raises ValidationError by field for everything that the intake refuses."""
    intake, errors = context.submission.intake, dict[str, Any]()
    for refusal in refusals(intake, demo):
        if not refusal.is_gentle:
            errors.setdefault(refusal.field, []).append(refusal.sentence)
    frozen: list[dict[str, Any]] = []
    try:
        frozen = questions_answers.freeze_answers(
            intake,
            questions_answers.clean_answers(intake, valid_answers(intake, draft.answers, draft.asked)),
        )
    except ValidationError as error:
        error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
    return frozen


def _refuse_repeat(context: Context) -> Submission | None:
    """Return the submission that this one follows, if any. Raises ValidationError if the track may not come again."""
    submission = context.submission
    last = earlier_try(submission)
    if last is None or may_follow(last):
        return last
    sentence = "You sent this track to %(label)s before: see %(reference)s."
    params = {"label": submission.label.name, "reference": last.reference}
    raise ValidationError({"track": ValidationError(sentence, code="repeat", params=params)})


def _draft_of(context: Context) -> Draft:
    """Return the stored draft, or an unsaved one with the last revision's answers."""
    answers = questions_answers.initial_answers(context.revision.answers) if context.revision else {}
    fallback = Draft(submission=context.submission, answers=answers)
    return Draft.objects.filter(submission=context.submission).first() or fallback


def _forget(draft: Draft) -> None:
    if draft.pk:
        draft.delete()
