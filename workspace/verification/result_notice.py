"""Notices to owners and managers about the result of their proof."""

from datetime import datetime

from django.urls import reverse

from labels.choices import ProofState
from labels.models import Label, Proof
from notifications.notices import tell
from workspace.access import managers_of


def tell_verified(label: Label, moment: datetime) -> None:
    """Tell a label's managers that it can receive demos; once per verification."""
    tell(
        managers_of(label),
        label=label,
        who=None,
        what="verified your label",
        title="You can receive demos now",
        text="Share the link to your page: that is where producers send demos.",
        path=reverse("workspace:setup", args=[label.slug]),
        key=f"verified/{moment.isoformat()}",
    )


def tell_asked_back(proof: Proof, moment: datetime) -> None:
    """Tell a label's managers what we asked, unless they answered meanwhile."""
    if proof.state != ProofState.ASKED_BACK or proof.replied_at != moment:
        return
    tell(
        managers_of(proof.label),
        label=proof.label,
        who=None,
        what="asked you a question",
        title="About your label’s verification",
        text=proof.reply,
        path=reverse("workspace:proof", args=[proof.label.slug]),
        key=f"asked-back/{proof.pk}/{moment.isoformat()}",
    )
