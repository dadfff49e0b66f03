from django.db import models
from django.db.models import Q

from submissions.choices import OfferSide
from submissions.models.event import Event
from submissions.models.submission import Submission


class Offer(models.Model):
    """The n-th frozen terms and text of a submission; append-only except for redaction.

    Its event's payload repeats the digest: SHA-256(salt ‖ canonical {number, side, terms, text}).
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="offers")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=10, choices=OfferSide)
    event = models.OneToOneField(Event, models.PROTECT, related_name="offer")
    terms = models.JSONField()
    text = models.TextField(blank=True)
    salt = models.BinaryField()
    digest = models.BinaryField()
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="offer_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="offer_from_one"),
            models.CheckConstraint(condition=Q(side__in=OfferSide.values), name="offer_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} offer {self.number}"

    @property
    def digest_hex(self) -> str:
        return bytes(self.digest).hex()

    @property
    def is_counter(self) -> bool:
        return self.side == OfferSide.PRODUCER
