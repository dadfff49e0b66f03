import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.choices import ProofState
from labels.models.label import Label


class Proof(models.Model):
    """What a label gives us to be verified: a link that mentions us, or an address at its own domain.

    `reply` is an admin's question; the label's answer puts the proof back to waiting.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="proofs")
    link = models.URLField(blank=True)
    address = models.EmailField("address at your domain", blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)  # the mailed link is signed over it
    confirmed_at = models.DateTimeField(null=True, editable=False)
    said = models.TextField("anything we should know", max_length=2000, blank=True)
    state = models.CharField(max_length=20, choices=ProofState, default=ProofState.WAITING, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=now, editable=False)
    reply = models.TextField(max_length=2000, blank=True, editable=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("label", condition=~Q(state="granted"), name="proof_one_open"),
            models.CheckConstraint(condition=~Q(link="") | ~Q(address=""), name="proof_of_something"),
        ]
        indexes = [
            # waiting proofs for the admin, oldest first
            models.Index(fields=["state", "given_at", "id"], name="proof_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.get_state_display()}"
