"""The set-up checklist: the steps up to the first answered demo."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists

from accounts.models import User
from labels.access import can_manage
from labels.choices import ProofState
from labels.intakes.service import RULE_FIELDS
from labels.models import Intake, Invitation, Label, Membership, Question
from submissions.models import Event, Submission
from submissions.projections import ANSWERS


@dataclass(frozen=True)
class Facts:
    """How far a label has come; everything the checklist depends on."""

    is_described: bool = False
    has_logo: bool = False
    has_about: bool = False
    has_custom_intake: bool = False
    proof: ProofState | None = None
    is_unconfirmed: bool = False
    """The proof is only an address, not confirmed yet."""
    is_verified: bool = False
    has_team: bool = False
    has_embed: bool = False
    has_received: bool = False
    has_answered: bool = False


def facts_of(label: Label, user: User) -> Facts:
    """Return the facts this member may know. Three queries."""
    proof = label.proofs.order_by("-given_at", "-id").first()
    return Facts(
        is_described=bool(label.country and (label.website or label.links)),
        has_logo=label.logo_id is not None,
        has_about=bool(label.about),
        proof=ProofState(proof.state) if proof else None,
        is_unconfirmed=bool(proof and proof.address and not proof.link and not proof.confirmed_at),
        is_verified=label.is_verified or label.is_suspended,
        has_embed=bool(label.embed_sites),
        **_progress(label, user),
        has_custom_intake=_has_custom_intake(label),
    )


def is_setting_up(label: Label, user: User) -> bool:
    """Whether this member manages a label that has received nothing yet. Two queries."""
    return can_manage(label.role_of(user)) and not Submission.objects.at_desk(user, label).exists()


def _progress(label: Label, user: User) -> dict[str, bool]:
    demos = Submission.objects.at_desk(user, label)
    querysets = [
        Membership.objects.filter(label=label).exclude(user=user),
        Invitation.objects.open().filter(label=label),
        demos,
        Event.objects.filter(submission__in=demos, transition__in=ANSWERS),
    ]
    row = Label.objects.filter(pk=label.pk).values_list(*map(Exists, querysets))
    has_colleagues, has_invited, has_received, has_answered = row.get()
    return {
        "has_team": has_colleagues or has_invited,
        "has_received": has_received,
        "has_answered": has_answered,
    }


def _has_custom_intake(label: Label) -> bool:
    """Whether the standing intake differs from its defaults."""
    rows = Intake.objects.filter(label=label, call_name="")
    has_genres = Exists(Intake.genres.through.objects.filter(intake__in=rows))
    has_questions = Exists(Question.objects.filter(intake__in=rows))
    saved = rows.annotate(has_more=has_genres | has_questions).values(*RULE_FIELDS, "has_more").first()
    default = Intake(label=label)
    return saved is not None and (
        saved.pop("has_more") or any(saved[name] != getattr(default, name) for name in RULE_FIELDS)
    )


class StepState(StrEnum):
    """State of a step, in the word the page shows."""

    DONE = "done"
    NEXT = "next"
    OPEN = "to do"
    WAITING = "waiting"


ICONS = {
    StepState.DONE: "check",
    StepState.NEXT: "arrow-right",
    StepState.OPEN: "minus",
    StepState.WAITING: "clock",
}


@dataclass(frozen=True)
class Step:
    """One step; `route` is the URL name of its page, "" where there is nothing to do."""

    name: str
    words: str
    state: StepState
    route: str = ""
    action: str = ""
    is_optional: bool = False
    is_requested: bool = False
    """We asked the label for this and wait for the answer."""

    @property
    def urgency(self) -> int:
        return 0 if self.is_requested else 2 if self.is_optional else 1

    @property
    def icon(self) -> str:
        return ICONS[self.state]


@dataclass(frozen=True)
class Checklist:
    """All steps, with the one to do next."""

    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.state == StepState.NEXT), None)

    @property
    def needed(self) -> list[Step]:
        return [step for step in self.steps if not step.is_optional]

    @property
    def done(self) -> int:
        return sum(step.state == StepState.DONE for step in self.needed)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.needed)


def checklist_of(facts: Facts) -> Checklist:
    """Return the steps for these facts.

    Next is what we requested, else the first required step, else the first optional one.
    """
    steps = tuple(_steps(facts))
    open_ones = [step for step in steps if step.state == StepState.OPEN and step.route]
    if not open_ones:
        return Checklist(steps)
    next_step = min(open_ones, key=lambda step: step.urgency)
    return Checklist(
        tuple(replace(step, state=StepState.NEXT) if step is next_step else step for step in steps)
    )


def _steps(facts: Facts) -> Iterator[Step]:
    yield from _profile_steps(facts)
    yield from _proof_steps(facts)
    yield from _team_steps(facts)
    yield from _demo_steps(facts)


def _profile_steps(facts: Facts) -> Iterator[Step]:
    details = "Country, genres, website and links: what producers look up first."
    wants = "A few sentences on what you sign. They save you demos you would only pass on."
    intake = "It accepts every genre and promises an answer within 14 days until you change that."
    edit = "labels:settings"
    yield Step("Describe the label", details, _done_or_open(facts.is_described), edit, "Complete the profile")
    yield Step(
        "Add a logo",
        "It is shown beside your name everywhere.",
        _done_or_open(facts.has_logo),
        edit,
        "Add a logo",
    )
    yield Step("Say what you want", wants, _done_or_open(facts.has_about), edit, "Write it")
    yield Step(
        "Review your intake",
        intake,
        _done_or_open(facts.has_custom_intake),
        "workspace:intakes",
        "Review",
        True,
    )


def _proof_steps(facts: Facts) -> Iterator[Step]:
    name = "Prove it is your label"
    if facts.is_verified:
        yield Step(name, "Done.", StepState.DONE)
        yield Step("Get verified", "You can receive demos.", StepState.DONE)
        return
    is_given = facts.proof == ProofState.WAITING and not facts.is_unconfirmed
    is_requested = facts.proof == ProofState.ASKED_BACK
    action = "Answer" if is_requested else "Verify"
    yield Step(
        name,
        _proof_words(facts),
        _done_or_open(is_given),
        "workspace:proof",
        action,
        is_requested=is_requested,
    )
    waits = (
        "We check it and tell you by mail." if is_given else "We check your proof once you have submitted it."
    )
    yield Step("Get verified", f"{waits} Until then you receive no demos.", StepState.WAITING)


def _proof_words(facts: Facts) -> str:
    if facts.proof == ProofState.ASKED_BACK:
        return "We have a question for you."
    if facts.is_unconfirmed:
        return "The address is not confirmed yet: open the link in the mail we sent to it."
    return "A link where your label mentions Trackflow, or an email address at your domain."


def _team_steps(facts: Facts) -> Iterator[Step]:
    team = "Colleagues listen and decide with you, each in a role."
    embed = "A button or a form on your own site."
    yield Step(
        "Invite your team", team, _done_or_open(facts.has_team), "workspace:team", "Invite somebody", True
    )
    yield Step(
        "Embed your page", embed, _done_or_open(facts.has_embed), "workspace:embed", "Get the code", True
    )


def _demo_steps(facts: Facts) -> Iterator[Step]:
    receive = "Share the link to your page: that is where producers send demos."
    answer = "Open it, listen, answer."
    first = _done_or_open(facts.has_received) if facts.is_verified else StepState.WAITING
    last = _done_or_open(facts.has_answered) if facts.has_received else StepState.WAITING
    yield Step(
        "Receive the first demo", receive, first, "labels:label" if facts.is_verified else "", "See your page"
    )
    yield Step(
        "Answer the first demo", answer, last, "desk:queue" if facts.has_received else "", "Open the queue"
    )


def _done_or_open(is_done: bool) -> StepState:
    return StepState.DONE if is_done else StepState.OPEN
