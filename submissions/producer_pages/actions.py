"""What a producer may do with a submission that was sent, and what the label will see of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from kit.forms import ActionForm
from submissions.choices import State, Transition
from submissions.models import Submission
from submissions.producer_pages.forms import DeclineForm, ReplaceLinkForm, SignForm, WithdrawForm
from submissions.transition_table import IN_SUSPENSION, RULES

T = Transition


@dataclass(frozen=True)
class Act:
    """An act in words: its button, its page's title, what the label sees, what is said once done."""

    transition: Transition
    button: str
    title: str
    effect: str
    done: str
    url_name: str
    form: type[ActionForm] = ActionForm
    look: str = ""


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        T.RESUBMIT: Act(
            T.RESUBMIT,
            "Work on the new revision",
            "Send a new revision",
            "{label} sees the new revision beside the last one, field by field. It goes back to their inbox"
            " and their clock runs on.",
            "The new revision is on its way.",
            "resubmit",
            look="button--primary",
        ),
        T.SIGN: Act(
            T.SIGN,
            "Take the offer",
            "Take the offer",
            "{label} sees at once that you took the offer, and goes on to set a release date."
            " This cannot be undone.",
            "You took the offer.",
            "sign",
            SignForm,
            "button--state state-signed",
        ),
        T.DECLINE: Act(
            T.DECLINE,
            "Turn it down",
            "Turn the offer down",
            "{label} sees that you turned the offer down, and your words. They no longer see your links."
            " This cannot be undone.",
            "You turned the offer down.",
            "decline",
            DeclineForm,
        ),
        T.REPLACE_LINK: Act(
            T.REPLACE_LINK,
            "Replace a link",
            "Replace a link",
            "{label} gets the new link at once, as a new revision. The history keeps that the link changed,"
            " not where the old one led.",
            "The link is replaced.",
            "replace-link",
            ReplaceLinkForm,
        ),
        T.WITHDRAW: Act(
            T.WITHDRAW,
            "Take it back",
            "Take it back",
            "{label} sees that you took it back, with your reason and your words. They no longer see your"
            " links. This cannot be undone; what happened so far stays in the history.",
            "You took it back.",
            "withdraw",
            WithdrawForm,
        ),
    }
)


@dataclass(frozen=True)
class Choice:
    """An act that is open for one submission now."""

    act: Act
    effect: str
    href: str


def choices_of(submission: Submission) -> list[Choice]:
    """Return what the producer may do now, the expected first."""
    return [choice(submission, act) for act in ACTS.values() if is_open(submission, act.transition)]


def choice(submission: Submission, act: Act) -> Choice:
    href = reverse(f"submissions:{act.url_name}", args=[submission.reference])
    return Choice(act, act.effect.format(label=submission.label), href)


def is_open(submission: Submission, transition: str) -> bool:
    """Whether the door would let the producer do this now."""
    is_held = submission.label.is_suspended and transition not in IN_SUSPENSION
    return State(submission.state) in RULES[transition].sources and not is_held
