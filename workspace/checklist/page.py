"""The way to the first answered demo, step by step, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists

from accounts.models import User
from labels.choices import ProofState
from labels.intakes.service import RULES
from labels.models import Intake, Invitation, Label, Membership, Question
from labels.permissions import can_manage
from submissions.models import Event, Submission
from submissions.projections import ANSWERS


@dataclass(frozen=True)
class Facts:
    """What is there, and what has happened."""

    is_described: bool = False
    has_logo: bool = False
    says_wants: bool = False
    has_tuned: bool = False
    proof: ProofState | None = None
    is_unconfirmed: bool = False
    """Whether the proof is an address alone that nobody has confirmed yet."""
    is_verified: bool = False
    has_team: bool = False
    has_embed: bool = False
    has_received: bool = False
    has_answered: bool = False


def facts_of(label: Label, user: User) -> Facts:
    """Return how far a label has come, as this member may know it. Three queries."""
    proof = label.proofs.order_by("-given_at", "-id").first()
    return Facts(
        is_described=bool(label.country and (label.website or label.links)),
        has_logo=label.logo_id is not None,
        says_wants=bool(label.about),
        proof=ProofState(proof.state) if proof else None,
        is_unconfirmed=bool(proof and proof.address and not proof.link and not proof.confirmed_at),
        is_verified=label.is_verified,
        has_embed=bool(label.embed_sites),
        **_happened(label, user),
        has_tuned=_has_tuned(label),
    )


def is_beginning(label: Label, user: User) -> bool:
    """Whether this member sets up a label to which nothing has come yet. Two queries."""
    return can_manage(label.role_of(user)) and not Submission.objects.at_desk(user, label).exists()


def _happened(label: Label, user: User) -> dict[str, bool]:
    demos = Submission.objects.at_desk(user, label)
    asked = [
        Membership.objects.filter(label=label).exclude(user=user),
        Invitation.objects.open().filter(label=label),
        demos,
        Event.objects.filter(submission__in=demos, transition__in=ANSWERS),
    ]
    row = Label.objects.filter(pk=label.pk).values_list(*map(Exists, asked))
    has_colleagues, has_invited, has_received, has_answered = row.get()
    return {
        "has_team": has_colleagues or has_invited,
        "has_received": has_received,
        "has_answered": has_answered,
    }


def _has_tuned(label: Label) -> bool:
    """Whether the standing intake differs from the one that every label begins with."""
    rows = Intake.objects.filter(label=label, call_name="")
    has_genres = Exists(Intake.genres.through.objects.filter(intake__in=rows))
    has_questions = Exists(Question.objects.filter(intake__in=rows))
    own = rows.annotate(has_more=has_genres | has_questions).values(*RULES, "has_more").first()
    fresh = Intake(label=label)
    return own is not None and (
        own.pop("has_more") or any(own[name] != getattr(fresh, name) for name in RULES)
    )


class Stand(StrEnum):
    """How a step stands."""

    DONE = "done"
    NEXT = "next"
    OPEN = "to do"
    WAITING = "waiting"


ICONS = {Stand.DONE: "check", Stand.NEXT: "arrow-right", Stand.OPEN: "minus", Stand.WAITING: "clock"}


@dataclass(frozen=True)
class Step:
    """One step; `route` names the page where it is done, of the label's slug, "" where there is nothing to press."""

    name: str
    words: str
    stand: Stand
    route: str = ""
    action: str = ""
    is_optional: bool = False
    is_asked: bool = False
    """Whether we wait for it."""

    @property
    def urgency(self) -> int:
        return 0 if self.is_asked else 2 if self.is_optional else 1

    @property
    def icon(self) -> str:
        return ICONS[self.stand]


@dataclass(frozen=True)
class Checklist:
    """All steps, and the one that leads on."""

    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.stand == Stand.NEXT), None)

    @property
    def needed(self) -> list[Step]:
        return [step for step in self.steps if not step.is_optional]

    @property
    def done(self) -> int:
        return sum(step.stand == Stand.DONE for step in self.needed)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.needed)


def checklist_of(facts: Facts) -> Checklist:
    """Return the steps as these facts have them.

    Next is what we asked about, else the first that is needed, else the first that helps.
    """
    steps = tuple(_steps(facts))
    open_ones = [step for step in steps if step.stand == Stand.OPEN and step.route]
    if not open_ones:
        return Checklist(steps)
    leading = min(open_ones, key=lambda step: step.urgency)
    return Checklist(tuple(replace(step, stand=Stand.NEXT) if step is leading else step for step in steps))


def _steps(facts: Facts) -> Iterator[Step]:
    yield from _described(facts)
    yield from _proven(facts)
    yield from _staffed(facts)
    yield from _running(facts)


def _described(facts: Facts) -> Iterator[Step]:
    said = "Country, genres, website, links: what a producer looks up first."
    wants = "A few sentences on what you sign. They spare you half of what you would pass on."
    intake = "It takes every genre and promises an answer within 14 days, until you set it otherwise."
    edit = "labels:settings"
    yield Step("Describe the label", said, _stand(facts.is_described), edit, "Describe it")
    yield Step(
        "Add a logo", "It stands beside your name everywhere.", _stand(facts.has_logo), edit, "Add a logo"
    )
    yield Step("Say what you want", wants, _stand(facts.says_wants), edit, "Say it")
    yield Step(
        "Look at your intake", intake, _stand(facts.has_tuned), "workspace:intakes", "Look at it", True
    )


def _proven(facts: Facts) -> Iterator[Step]:
    name = "Show that it is you"
    if facts.is_verified:
        yield Step(name, "Settled.", Stand.DONE)
        yield Step("Be verified", "You may receive demos.", Stand.DONE)
        return
    is_given = facts.proof == ProofState.WAITING and not facts.is_unconfirmed
    is_asked = facts.proof == ProofState.ASKED_BACK
    action = "Answer" if is_asked else "Show it"
    yield Step(name, _proof_words(facts), _stand(is_given), "workspace:proof", action, is_asked=is_asked)
    waits = "We look at what you gave, and tell you by mail." if is_given else "We look at what you give us."
    yield Step("Be verified", f"{waits} Until then you receive nothing.", Stand.WAITING)


def _proof_words(facts: Facts) -> str:
    if facts.proof == ProofState.ASKED_BACK:
        return "We asked you something about it."
    if facts.is_unconfirmed:
        return "The address is not confirmed yet: press the link in the mail we sent there."
    return "A link that speaks of us, or an address at your domain."


def _staffed(facts: Facts) -> Iterator[Step]:
    team, embed = "Others listen with you, each with a role.", "A button or a frame on your own site."
    yield Step("Invite your team", team, _stand(facts.has_team), "workspace:team", "Invite somebody", True)
    yield Step("Embed your page", embed, _stand(facts.has_embed), "workspace:embed", "Embed it", True)


def _running(facts: Facts) -> Iterator[Step]:
    came, answer = "Share the address of your page: that is where they come from.", "Open it, listen, answer."
    first = _stand(facts.has_received) if facts.is_verified else Stand.WAITING
    last = _stand(facts.has_answered) if facts.has_received else Stand.WAITING
    yield Step(
        "Receive the first demo", came, first, "labels:label" if facts.is_verified else "", "See your page"
    )
    yield Step("Answer it", answer, last, "desk:queue" if facts.has_received else "", "To the queue")


def _stand(is_done: bool) -> Stand:
    return Stand.DONE if is_done else Stand.OPEN
