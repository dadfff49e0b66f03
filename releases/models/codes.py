"""What a label gives its releases from: its settings, its pool of bar codes, and the ledger of ISRCs."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from catalog.music.isrc import LAST_NUMBER
from kit.clock import now
from labels.models import Label
from releases.models.release import Release
from submissions.models import Submission

LEAD_DAYS = 28


class ReleaseSettings(models.Model):
    """How a label makes releases. Whoever gives out a code locks this row.

    `number_pattern` is read by `catalog.music.catalogue_numbers`; `isrc_first` is the first number of a year that we
    issue. A release is delivered at least `lead_days` before its date.
    """

    label = models.OneToOneField(Label, models.PROTECT, related_name="release_settings")
    number_pattern = models.CharField("catalogue number pattern", max_length=40, blank=True)
    isrc_prefix = models.CharField("ISRC prefix", max_length=5, blank=True)
    isrc_first = models.PositiveIntegerField(
        "first ISRC of a year",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LAST_NUMBER)],
    )
    lead_days = models.PositiveSmallIntegerField(
        "days from delivery to release", default=LEAD_DAYS, validators=[MaxValueValidator(365)]
    )
    p_line = models.CharField("℗ line", max_length=200, blank=True)
    c_line = models.CharField("© line", max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "release settings"
        constraints = [
            models.UniqueConstraint(
                fields=["isrc_prefix"], condition=~Q(isrc_prefix=""), name="release_settings_prefix_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Release settings of {self.label}"


class BarcodeQuerySet(models.QuerySet["Barcode"]):
    def free(self, label: Label) -> Self:
        """The codes of a label's pool that no release of it holds, in the order in which they were pasted."""
        held = Release.objects.filter(label=label, is_freed=False).exclude(upc="").values("upc")
        return self.filter(label=label).exclude(code__in=held).order_by("id")


class Barcode(models.Model):
    """A UPC or EAN of a label's pool, as 13 digits; it is used while a release of the label holds it."""

    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="barcodes")
    code = models.CharField(max_length=13)
    added_at = models.DateTimeField(default=now, editable=False)

    objects = BarcodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "code"], name="barcode_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{13}$"), name="barcode_digits"),
        ]

    def __str__(self) -> str:
        return self.code


class IssuedISRC(models.Model):
    """A line of the ledger: one number of a prefix and year (two digits), given to a track by an event of its release.

    Append-only, without gaps.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="issued_isrcs")
    prefix = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=12, unique=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="issued_isrcs")
    sequence = models.PositiveIntegerField("event")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="issued_isrcs")
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = "issued ISRC"
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year", "number"], name="issued_isrc_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=LAST_NUMBER), name="issued_isrc_number"
            ),
        ]

    def __str__(self) -> str:
        return self.code
