"""What a producer can do next once a submission is over; for its page, its mails and its card in a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from urllib.parse import urlencode

from kit.clock import now
from kit.routes import url_for
from kit.statements import Statement, param
from labels.blocks import is_blocked
from labels.models import Intake
from submissions.choices import Welcome
from submissions.models import Event, Submission
from submissions.preflight.conflicts import allows_another, later_try
from submissions.transition_table import LINKLESS

REWORK, OTHERS = "Rework and send again", "Send to other labels"


@dataclass(frozen=True)
class NextStep:
    """A button: its words, what it leads to, and where. With `fields` it posts them, and begins a draft at once."""

    words: str
    effect: str
    path: str
    icon: str
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)


def next_steps(submission: Submission, event: Event) -> list[NextStep]:
    """Return what is possible after the event that ended a submission, the best first; none after any other event.

    At most three queries. Expects the submission with its track, label and intake; the event may be unsaved.
    """
    if event.to_state not in LINKLESS:
        return []
    if submission.track.archived_at:
        return [_restore(submission)]
    welcome = event.payload.get("welcome")
    steps = [_other_labels(submission)]
    intake = _open_intake(submission)
    if later := later_try(submission):
        return [_later(later), *steps]
    if intake is None:
        return steps if welcome == Welcome.NOTHING else [*steps, _label_page(submission)]
    if allows_another(event.to_state, event.payload):
        steps.insert(0, rework(submission, intake, is_wanted=welcome == Welcome.THIS_AGAIN))
    if welcome == Welcome.ANOTHER:
        steps.insert(0, _another_track(submission, intake))
    elif welcome != Welcome.NOTHING:
        steps.append(_another_track(submission, intake))
    return steps


def card_step(submission: Submission, welcome: str | None, *, is_followed: bool) -> NextStep | None:
    """Return the one step that a card in a list has room for, None unless it is over. No query.

    Expects the submission with its track, label and intake; `welcome` is that of the last pass, `is_followed` whether
    the track was sent there again.
    """
    state = submission.state
    if state not in LINKLESS or submission.track.archived_at or is_followed:
        return None
    if submission.intake.is_open() and allows_another(state, {"welcome": welcome}):
        return rework(submission, submission.intake, is_wanted=False)
    return _other_labels(submission)


def rework(submission: Submission, intake: Intake, *, is_wanted: bool) -> NextStep:
    """Return the step to a new draft for this label, which names the submission as its previous one."""
    begins = "Begins a draft that follows this demo. Change the track first, then send it."
    wish = f"{submission.label} would like to hear it again, reworked. " if is_wanted else ""
    fields = {"track": submission.track.code, "intake": intake.code}
    return NextStep(REWORK, wish + begins, _address("submissions:create", **fields), "edit", fields)


def _other_labels(submission: Submission) -> NextStep:
    path = _address("labels:directory", track=submission.track.code)
    return NextStep(OTHERS, "See which labels fit this track, and why.", path, "search")


def _another_track(submission: Submission, intake: Intake) -> NextStep:
    words, path = f"Send {submission.label} another track", _address("submissions:create", intake=intake.code)
    return NextStep(words, "Choose another of your tracks for this label.", path, "submit")


def _later(later: Submission) -> NextStep:
    if later.is_draft:
        path = url_for("submissions:edit", later.reference)
        return NextStep("Continue your draft", "You have begun to send it again.", path, "edit")
    words, path = f"Open {later.reference}", later.get_absolute_url()
    return NextStep(words, "You sent this track to this label again.", path, "submit")


def _restore(submission: Submission) -> NextStep:
    effect = "The track is in your archive. Restore it to send it again or elsewhere."
    return NextStep("Open the track", effect, submission.track.get_absolute_url(), "archive")


def _label_page(submission: Submission) -> NextStep:
    label = submission.label
    effect = f"{label} is not taking demos at the moment. Its page says when it does."
    return NextStep(f"See {label}’s page", effect, label.get_absolute_url(), "label")


def _open_intake(submission: Submission) -> Intake | None:
    """Return where the label takes this producer's demos now: the same intake, else its standing one or a call."""
    if is_blocked(producer=submission.producer_id, label=submission.label_id):
        return None
    found = _open_intakes().all(label=submission.label_id, now=now())
    usable = [each for each in found if not each.access_code or each.pk == submission.intake_id]
    same = (each for each in usable if each.pk == submission.intake_id)
    return next(same, usable[0] if usable else None)


@cache
def _open_intakes() -> Statement[Intake]:
    return Statement(
        Intake.objects.open_at(param("now")).filter(label=param("label")).order_by("call_name", "id")
    )


def _address(name: str, **query: str) -> str:
    return f"{url_for(name)}?{_query(**query)}"


@lru_cache(maxsize=4096)
def _query(**query: str) -> str:
    return urlencode(query)
