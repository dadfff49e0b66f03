"""The one thing that a producer would do next with a track."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.models import Track
from kit.routes import url_for
from labels.directory.fit import Candidate
from labels.intakes.rule_words import count, listed
from submissions.choices import State
from submissions.models import SendPlan, Submission
from submissions.transition_table import LIVE

NAMED = 3
HOME = frozenset({State.SIGNED, State.SCHEDULED, State.RELEASED})
"""The track has found its label."""


@dataclass(frozen=True)
class NextStep:
    """A sentence, and a button that leads on."""

    sentence: str
    button: str
    href: str
    icon: str = "arrow-right"


def next_step(
    track: Track, candidate: Candidate, tries: Sequence[Submission], plan: SendPlan | None, fitting: int
) -> NextStep:
    """Return the next step; `fitting` is how many labels could get it."""
    if candidate.lacking:
        sentence = f"Before any label can get it, it needs your {listed(candidate.lacking)}."
        href = url_for("catalog:profile") if candidate.lacks_profile else candidate.edit_url
        return NextStep(sentence, "Complete it", href, "edit")
    if waiting := _yours(tries):
        return waiting
    if plan:
        sentence = f"You prepared it for {count(len(plan.to), 'label')} and did not send it yet."
        return NextStep(sentence, "Continue there", plan.url)
    if draft := next((each for each in tries if each.is_draft), None):
        edit = url_for("submissions:edit", draft.reference)
        return NextStep(f"Your draft for {draft.label} is not sent yet.", "Finish and send", edit, "edit")
    return _onward(track, tries, fitting)


def _yours(tries: Sequence[Submission]) -> NextStep | None:
    """Return the step in an offer or a request for changes, the offer first."""
    by_state = {each.state: each for each in reversed(tries)}
    if offered := by_state.get(State.ACCEPTED):
        sentence = f"{offered.label} offers to sign it. The answer is yours."
        return NextStep(sentence, "See the offer", offered.get_absolute_url(), "accepted")
    if asked := by_state.get(State.CHANGES_REQUESTED):
        href = url_for("submissions:resubmit", asked.reference)
        return NextStep(f"{asked.label} asks for changes.", "Send a new revision", href, "resubmit")
    return None


def _onward(track: Track, tries: Sequence[Submission], fitting: int) -> NextStep:
    """Return the step of a track about which nobody waits for its producer."""
    directory = f"{url_for('labels:directory')}?track={track.code}"
    if home := next((each for each in tries if each.state in HOME), None):
        sentence = f"It has found its label: {home.label}."
        return NextStep(sentence, "See how it goes", home.get_absolute_url())
    live = [each.label.name for each in tries if each.state in LIVE]
    could = (
        f"{count(fitting, 'more label')} could get it."
        if fitting
        else "No other open label could get it now."
    )
    if live:
        names = listed(live) if len(live) <= NAMED else count(len(live), "label")
        return NextStep(f"It is with {names}. {could}", "Find more labels", directory, "directory")
    if tries:
        return NextStep(f"No label has it now. {could}", "Send to other labels", directory, "submit")
    return NextStep(
        f"You have not sent it yet. {count(fitting, 'label')} could get it.",
        "Find a label",
        directory,
        "submit",
    )
