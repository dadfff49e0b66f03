"""What remains of an anonymised person in higher apps: a listener of anonymisation, safe to repeat."""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from desk.models import DefaultView, ExportChoice, Presence, Proposal, Review, SavedView
from kit.clock import now
from labels.models import Block, Proof, Report
from notifications.models import AssignedOnly, KindChoice, Notice, Preferences
from privacy.models import Export
from releases.models import CalendarFeed
from submissions.models import CoProducer, MessageReading

OWN_ROWS = (
    (Export, "person"),
    (Preferences, "person"),
    (KindChoice, "person"),
    (AssignedOnly, "person"),
    (MessageReading, "person"),
    (DefaultView, "user"),
    (ExportChoice, "user"),
    (Presence, "user"),
)
"""Rows that are of use to nobody else."""


@transaction.atomic
def forget(person: User) -> None:
    """Delete a person's settings and exports; empty what they wrote, and what is noted of them, where it can change."""
    for model, name in OWN_ROWS:
        model._default_manager.filter(**{name: person}).delete()
    SavedView.objects.filter(owner=person, is_team=False).delete()
    CalendarFeed.objects.filter(user=person, revoked_at=None).update(revoked_at=now())
    CoProducer.objects.filter(followed_by=person, ended_at=None).update(ended_at=now())
    Notice.objects.filter(Q(who=person) | Q(person=person)).update(text="")
    Review.objects.filter(member=person).update(comment="")
    Proposal.objects.filter(prepared_by=person).exclude(settled_at=None).update(note="")
    Block.objects.filter(producer=person).update(why="")
    Block.objects.filter(blocked_by=person).update(why="")
    Report.objects.filter(reporter=person).update(text="")
    _forget_proofs(person)


def _forget_proofs(person: User) -> None:
    """Empty what they said to verify a label; of an address its domain stays, which is what was proven."""
    for proof in Proof.objects.filter(given_by=person):
        domain = proof.address.rpartition("@")[2]
        proof.said, proof.address = "", f"removed@{domain}" if domain else ""
        proof.save(update_fields=["said", "address"])
