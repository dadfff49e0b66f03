"""How far a label has come towards its first answered demo: facts alone, nothing of it is stored."""

from dataclasses import dataclass

from django.db.models import Exists

from accounts.models import User
from labels.choices import ProofState
from labels.intakes.service import RULES
from labels.models import Intake, Invitation, Label, Membership, Question
from labels.permissions import can_manage
from submissions.models import Event, Submission
from submissions.response import ANSWERS


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
