from datetime import date, datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Upper

from accounts.models import User
from kit.clock import now
from kit.codes import Coded, CodeField
from kit.statements import run
from labels.models import Label
from releases.choices import Kind, State
from releases.models.series import Series
from releases.transition_table import DATED, LIVE
from steps.choices import Area
from steps.progress import Progress

NO_DATE = date(9000, 1, 1)
"""Sorts what has no date last."""

DATE_ORDER = Coalesce("release_on", Value(NO_DATE))
DUE_ORDER = Coalesce("due_next", Value(NO_DATE))
GOES_ON = Q(state__in=sorted(LIVE))
HOLDS_CODES = Q(is_freed=False)


# NO KEY: rows that refer to it can be written meanwhile. Django has no FOR SHARE.
HOLD = """
SELECT 1 FROM releases_release release JOIN labels_label label ON label.id = release.label_id
WHERE release.id = %s FOR NO KEY UPDATE OF release FOR SHARE OF label
"""


class ReleaseQuerySet(models.QuerySet["Release"]):
    def for_desk(self, user: User, slug: str) -> Self:
        """The releases of a label that a member works at; whoever is no member gets none."""
        return self.filter(label__slug=slug, label__memberships__user=user)

    def of(self, label: Label) -> Self:
        return self.filter(label=label)

    def live(self) -> Self:
        """Still to come out."""
        return self.filter(state__in=LIVE)

    def dated(self) -> Self:
        """With a date that producers know."""
        return self.filter(state__in=DATED)

    def due_until(self, latest: date) -> Self:
        """Delivered, and due by this date."""
        return self.filter(state=State.DELIVERED, release_on__lte=latest)

    def due_soon(self, latest: date) -> Self:
        """Whose next step is due by this date, the one due first first."""
        return self.annotate(due_order=DUE_ORDER).filter(due_order__lte=latest).order_by("due_order", "id")

    def dormant_since(self, moment: datetime) -> Self:
        """Whose last event is older."""
        return self.filter(moved_at__lt=moment)

    def nearly_complete(self, percent: int) -> Self:
        """With an open step, and at least so much done."""
        worked_on = self.filter(open_steps__gt=0, weight_done__gt=0).annotate(hundred=F("weight_done") * 100)
        return worked_on.filter(hundred__gte=F("weight") * percent)

    def locked(self, pk: int) -> "Release":
        """Return the fresh row with its label, locked until the transaction ends; the label is locked for share."""
        run(HOLD, [pk])
        return self.select_related("label", "series").get(pk=pk)

    def by_date(self) -> Self:
        """Earliest first, those without a date last: the order of list and board."""
        return self.annotate(date_order=DATE_ORDER).order_by("date_order", "id")


class Release(Coded):
    """A record coming out at a label.

    Everything below `created_at` changes only with an event, through `releases.workflow.perform`; the database refuses
    anything else. No territories mean the world. `words_from` is the event that the words came with.
    """

    reference = CodeField(prefix="RL")
    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="releases")
    created_at = models.DateTimeField(default=now, editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.NEW, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)

    kind = models.CharField(max_length=12, choices=Kind, blank=True, editable=False)
    title = models.CharField(max_length=150, blank=True, editable=False)
    edition = models.CharField(max_length=80, blank=True, editable=False)
    artist = models.CharField(max_length=200, blank=True, editable=False)
    p_line = models.CharField("℗ line", max_length=200, blank=True, editable=False)
    c_line = models.CharField("© line", max_length=200, blank=True, editable=False)
    artwork_url = models.CharField("artwork link", max_length=2000, blank=True, editable=False)
    genre = models.CharField(max_length=60, blank=True, editable=False)
    words_from = models.PositiveIntegerField(default=0, editable=False)

    catalogue_number = models.CharField(max_length=40, blank=True, editable=False)
    upc = models.CharField("UPC", max_length=13, blank=True, editable=False)
    release_on = models.DateField("release date", null=True, editable=False)
    first_release_on = models.DateField("first release date", null=True, editable=False)
    original_on = models.DateField("original release date", null=True, editable=False)
    pre_order_on = models.DateField("pre-order date", null=True, editable=False)
    territories = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    excluded = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, editable=False, db_index=False, related_name="releases"
    )
    part = models.PositiveSmallIntegerField(null=True, editable=False)

    # what the other events add up to
    delivered_at = models.DateTimeField("last delivered", null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    is_freed = models.BooleanField("its codes are free again", default=False, editable=False)
    is_explicit = models.BooleanField(default=False, editable=False)
    track_count = models.PositiveSmallIntegerField(default=0, editable=False)
    weight = models.PositiveIntegerField(default=0, editable=False)
    weight_done = models.PositiveIntegerField(default=0, editable=False)
    open_steps = models.PositiveSmallIntegerField(default=0, editable=False)
    # the open step that is due first, without dates the first one
    due_next = models.DateField(null=True, editable=False)
    next_step = models.PositiveSmallIntegerField(null=True, editable=False)
    next_area = models.CharField(max_length=10, choices=Area, blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="release_state_known"),
            models.UniqueConstraint(
                "label",
                Upper("catalogue_number"),
                condition=HOLDS_CODES & ~Q(catalogue_number=""),
                name="release_number_once",
            ),
            models.UniqueConstraint(
                fields=["label", "upc"], condition=HOLDS_CODES & ~Q(upc=""), name="release_upc_once"
            ),
            models.UniqueConstraint(
                fields=["series", "part"], condition=~Q(state=State.CANCELLED), name="release_part_once"
            ),
        ]
        indexes = [
            # list, month and same-day warning
            models.Index("label", DATE_ORDER, "id", name="release_by_date"),
            models.Index(fields=["label", "release_on", "id"], name="release_day"),
            # list and board by state
            models.Index("label", "state", DATE_ORDER, "id", name="release_by_state"),
            # board by the next step's area
            models.Index("label", "next_area", DATE_ORDER, "id", condition=GOES_ON, name="release_by_area"),
            # what comes out today
            models.Index(
                fields=["release_on"], condition=Q(state=State.DELIVERED), name="release_to_come_out"
            ),
            # what came out on some days
            models.Index(
                fields=["label", "released_at"], condition=Q(released_at__isnull=False), name="release_out"
            ),
            # overdue steps
            models.Index("label", DUE_ORDER, "id", condition=GOES_ON, name="release_by_due"),
            # a series with its parts
            models.Index(fields=["series", "part"], name="release_of_series"),
            # dormant releases: no event for some days
            models.Index(fields=["label", "moved_at"], condition=GOES_ON, name="release_dormant"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.shown_title}"

    @property
    def shown_title(self) -> str:
        """The title with its edition; a redacted one is called that."""
        if not self.title:
            return "(redacted)"
        return f"{self.title} ({self.edition})" if self.edition else self.title

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_dated(self) -> bool:
        """Whether it has a date that producers know."""
        return self.state in DATED

    @property
    def progress(self) -> Progress:
        return Progress(self.weight_done, self.weight)

    def is_late(self, today: date) -> bool:
        """Whether its day has come, or passed, without it being delivered; `today` is the label's."""
        return self.state == State.SCHEDULED and self.release_on is not None and self.release_on <= today
