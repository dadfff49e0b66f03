from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, NullIf

from accounts.models import Picture, User
from catalog.models import Track
from kit.clock import now
from kit.codes import Coded, CodeField
from steps.progress import Progress
from studio.choices import Level, State, Visibility
from studio.models.pack import Pack
from studio.models.search_index import JOINABLE, WORDS

OWN = settings.AUTH_USER_MODEL
SHARE_DONE = Coalesce(F("weight_done") * 100 / NullIf(F("weight"), 0), -1)
"""How much is done in whole per cent, rounded down; -1 where there are no steps."""


BOOLEAN = models.BooleanField()


class AnyOf(ArraySubquery):
    """Keys that are read once, and then each row by its key; a join would read everybody's projects."""

    template = "ANY(ARRAY(%(subquery)s))"


def pack_seen_by(user: Any) -> Q:
    """Return the condition that a project is in a pack of which a person may know; who sees it may not see that."""
    from studio.models.crew import PackCrew  # lazy: its rows point here

    in_crew = PackCrew.objects.filter(pack=OuterRef("pack"), user=user)
    is_public = Q(pack__visibility=Visibility.PUBLIC, pack__discarded_at=None)
    return Q(pack__isnull=False) & (Q(pack__owner=user) | is_public | Q(Exists(in_crew)))


def shared_with(user: Any) -> Func:
    """Return the condition that somebody else's project is shared with a person: by its crew, or by its pack."""
    from studio.models.crew import PackCrew, ProjectCrew  # lazy: its rows point here

    packs = Pack.objects.filter(owner=user).values("pk")
    packs = packs.union(PackCrew.objects.filter(user=user).values("pack"))
    in_packs = Project.objects.exclude(owner=user).filter(pack__in=packs).values("pk")
    shared = ProjectCrew.objects.filter(user=user).values("project").union(in_packs)
    return Func(F("pk"), AnyOf(shared), template="%(expressions)s", arg_joiner=" = ", output_field=BOOLEAN)


class ProjectQuerySet(models.QuerySet["Project"]):
    def current(self) -> Self:
        return self.filter(discarded_at=None)

    def made_by(self, user: User) -> Self:
        """A person's own projects, and those in whose crew they are, or in their pack's."""
        from studio.models.crew import PackCrew, ProjectCrew  # lazy: its rows point here

        crew = ProjectCrew.objects.filter(project=OuterRef("pk"), user=user)
        of_pack = PackCrew.objects.filter(pack=OuterRef("pack"), user=user)
        return self.filter(Q(owner=user) | Q(pack__owner=user) | Exists(crew) | Exists(of_pack))

    def parts_of(self, user: Any) -> list[Self]:
        """Return the same as `made_by` in two lists, so that an index serves each: their own, and the others'."""
        return [self.filter(owner=user), self.exclude(owner=user).filter(shared_with(user))]

    def of_others(self, user: Any) -> Self:
        """All but those that `made_by` finds."""
        return self.exclude(owner=user).exclude(shared_with(user))

    def editable_by(self, user: Any) -> Self:
        """Those of them that a person may edit."""
        found: Self = self.with_level(user).filter(level__gte=Level.EDIT)
        return found

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)

    def with_level(self, user: Any) -> Self:
        """With `level`, what somebody may do with each that `made_by` finds, and whether they may see its pack.

        As `studio.levels` says it.
        """
        from studio.models.crew import PackCrew, ProjectCrew  # lazy: its rows point here

        crew = ProjectCrew.objects.filter(project=OuterRef("pk"), user=user).values("level")
        of_pack = PackCrew.objects.filter(pack=OuterRef("pack"), user=user).values("level")
        none, edit, own = (
            Value(each.value, models.PositiveSmallIntegerField())
            for each in (Level.NONE, Level.EDIT, Level.OWN)
        )
        in_pack = Case(
            When(pack__owner=user, then=edit), default=Least(Coalesce(Subquery(of_pack), none), edit)
        )
        lent = Greatest(Coalesce(Subquery(crew), none), in_pack)
        level = Case(When(owner=user, then=own), default=lent)
        return self.annotate(level=level, sees_pack=Case(When(pack_seen_by(user), then=True), default=False))

    def with_shown(self) -> Self:
        """With the track that owns title and artist, the pack, and the owner with their name."""
        return self.select_related("track", "pack", "owner__profile")


class Project(Coded):
    """A track in the making. Once it has a `track`, that owns title and artist.

    Everything below `created_at` changes through `studio.actions.perform` alone.
    """

    code = CodeField(prefix="PJ")
    owner = models.ForeignKey(OWN, models.PROTECT, related_name="projects")
    created_at = models.DateTimeField(default=now, editable=False)

    track = models.OneToOneField(
        Track, models.PROTECT, null=True, blank=True, related_name="project", editable=False
    )
    title = models.CharField(max_length=150, blank=True)
    artist = models.CharField(max_length=200, blank=True)
    album = models.CharField(max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED, editable=False)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    pack = models.ForeignKey(
        Pack, models.PROTECT, null=True, blank=True, db_index=False, related_name="projects"
    )
    position = models.PositiveSmallIntegerField("place in its pack", null=True, blank=True)
    is_optional = models.BooleanField("the pack can do without it", default=False)
    notes = models.TextField(max_length=5000, blank=True)
    cover = models.OneToOneField(
        Picture, models.SET_NULL, to_field="code", null=True, blank=True, related_name="+"
    )
    download_url = models.CharField("download link", max_length=2000, blank=True)
    video_url = models.CharField("video link", max_length=2000, blank=True)
    released_at = models.DateTimeField(null=True, editable=False)
    discarded_at = models.DateTimeField(null=True, editable=False)

    # what steps and events add up to
    touched_at = models.DateTimeField("last worked on", default=now, editable=False)
    weight = models.PositiveIntegerField(default=0, editable=False)
    weight_done = models.PositiveIntegerField(default=0, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(track=None) & ~Q(title="") | Q(track__isnull=False, title="", artist=""),
                name="project_title_has_one_home",
            ),
            models.CheckConstraint(
                condition=Q(pack=None, position=None, is_optional=False)
                | Q(pack__isnull=False, position__isnull=False),
                name="project_place_in_pack",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RELEASED, released_at__isnull=False)
                | ~Q(state=State.RELEASED) & Q(released_at=None),
                name="project_released_at",
            ),
            models.CheckConstraint(
                condition=Q(weight_done__lte=models.F("weight")), name="project_done_of_weight"
            ),
            models.CheckConstraint(condition=Q(year=None) | Q(year__range=(1900, 2999)), name="project_year"),
        ]
        indexes = [
            # board and table: a person's projects by state, lately worked on first
            models.Index(
                fields=["owner", "state", "-touched_at", "-id"],
                condition=Q(discarded_at=None),
                name="project_by_state",
            ),
            # table and Next: a person's projects, lately worked on first
            models.Index(
                fields=["owner", "-touched_at", "-id"],
                condition=Q(discarded_at=None),
                name="project_lately",
            ),
            # table: those nearest to their end first
            models.Index(
                F("owner"),
                SHARE_DONE.desc(),
                F("id").desc(),
                condition=Q(discarded_at=None),
                name="project_by_share_done",
            ),
            # the bin
            models.Index(
                fields=["owner", "-discarded_at", "-id"],
                condition=Q(discarded_at__isnull=False),
                name="project_discarded",
            ),
            # public projects that somebody could join, lately worked on first; and by their words
            models.Index(fields=["-touched_at", "-id"], condition=JOINABLE, name="project_open"),
            GinIndex(WORDS, condition=JOINABLE & Q(track=None), name="project_open_words"),
            # a pack's projects in order
            models.Index(fields=["pack", "position", "id"], name="project_of_pack"),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """Its title, or that of its track, with the mix name."""
        return (self.track.full_title if self.track else self.title) or "(untitled)"

    @property
    def icon(self) -> str:
        return State(self.state).icon

    @property
    def progress(self) -> Progress:
        return Progress(self.weight_done, self.weight)


class ProjectLink(models.Model):
    """A link of a project, with what its crew should know of it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="links")
    url = models.CharField(max_length=2000)
    message = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.url
