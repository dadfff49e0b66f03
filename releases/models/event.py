from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.chain import FORMAT, new_salt
from releases.choices import State, Transition
from releases.models.release import Release
from releases.transition_table import QUIET, RULES, Rule, legal_roles, legal_triples
from submissions.choices import ActorRole

OWN = settings.AUTH_USER_MODEL


def _legal() -> Q:
    triples = Q()
    for name, source, target in legal_triples():
        triples |= Q(transition=name, from_state=source, to_state=target)
    return triples


def _by_who_may() -> Q:
    roles = Q()
    for name, may in legal_roles():
        roles |= Q(transition=name, actor_role__in=[str(role) for role in may])
    return roles


_BY_THE_SYSTEM = Q(actor_role=ActorRole.SYSTEM, actor=None, acted_by=None)
_BY_A_PERSON = Q(actor__isnull=False) & ~Q(actor_role=ActorRole.SYSTEM)


class ReleaseEventQuerySet(models.QuerySet["ReleaseEvent"]):
    def of(self, release: Release) -> Self:
        """A release's history, oldest first."""
        return self.filter(release=release).order_by("sequence")

    def with_people(self) -> Self:
        return self.select_related("actor", "acted_by")

    def loud(self) -> Self:
        """Events that start a new turn: all but those of steps."""
        return self.exclude(transition__in=QUIET)


class ReleaseEvent(models.Model):
    """One append-only row of a release's history. Only `releases.history` makes one."""

    release = models.ForeignKey(Release, models.PROTECT, db_index=False, related_name="events")
    sequence = models.PositiveIntegerField()
    transition = models.CharField(max_length=20, choices=Transition)
    from_state = models.CharField(max_length=20, choices=State)
    to_state = models.CharField(max_length=20, choices=State)
    actor = models.ForeignKey(OWN, models.PROTECT, null=True, related_name="+")
    acted_by = models.ForeignKey(OWN, models.PROTECT, null=True, related_name="+")
    actor_role = models.CharField(max_length=12, choices=ActorRole)
    recorded_at = models.DateTimeField()
    key = models.UUIDField()
    payload = models.JSONField(default=dict)
    private = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    salt = models.BinaryField(default=new_salt)
    content_digest = models.BinaryField()
    previous_digest = models.BinaryField()
    digest = models.BinaryField()
    format = models.PositiveSmallIntegerField(default=FORMAT)
    redacted_at = models.DateTimeField(null=True)

    objects = ReleaseEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "sequence"], name="release_event_sequence"),
            models.UniqueConstraint(fields=["release", "key"], name="release_event_once"),
            # a form that plans a release plans one
            models.UniqueConstraint(
                fields=["key"], condition=Q(sequence=1), name="release_event_planned_once"
            ),
            models.CheckConstraint(condition=_legal(), name="release_event_legal"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="release_event_from_one"),
            models.CheckConstraint(condition=_by_who_may(), name="release_event_role"),
            models.CheckConstraint(condition=_BY_THE_SYSTEM | _BY_A_PERSON, name="release_event_has_actor"),
            models.CheckConstraint(condition=Q(format=FORMAT), name="release_event_format"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.sequence} {self.transition}"

    @property
    def rule(self) -> Rule:
        return RULES[self.transition]

    @property
    def is_fact(self) -> bool:
        return self.from_state == self.to_state

    @property
    def digest_hex(self) -> str:
        return bytes(self.digest).hex()
