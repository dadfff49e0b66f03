"""A submission as one member has it before them: fetching it is being allowed to see it."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from desk.models import Proposal
from labels.access import Desk, desk_of
from labels.choices import Role
from submissions.models import Submission
from submissions.permissions import ROLES, Actor
from submissions.transition_table import PROPOSABLE, RULES


@dataclass(frozen=True)
class Case:
    """A member, their desk, and a submission that lies on it."""

    user: User
    desk: Desk
    submission: Submission

    @property
    def url(self) -> str:
        return reverse("desk:submission", args=[self.desk.label.slug, self.submission.reference])

    @property
    def actor(self) -> Actor:
        return Actor.member(self.user)

    @cached_property
    def proposal(self) -> Proposal | None:
        """The open proposal, if there is one."""
        return Proposal.objects.open().of(self.submission).with_people().first()

    @property
    def is_manager(self) -> bool:
        return self.desk.at_least(Role.MANAGER)

    @property
    def is_reviewer(self) -> bool:
        """Reviewer or more."""
        return self.desk.at_least(Role.REVIEWER)

    def may_act(self, transition: str) -> bool:
        """Whether the role may do this; the state may still forbid it."""
        return ROLES.get(self.desk.role) in RULES[transition].roles

    def may_propose(self, transition: str) -> bool:
        return self.is_reviewer and transition in PROPOSABLE

    def is_possible(self, transition: str) -> bool:
        """Whether the state and the label's standing allow it."""
        return self.submission.state in RULES[transition].sources and not self.desk.label.is_suspended


def case_of(user: User, slug: str, reference: str) -> Case:
    """Return the case; Http404 for strangers and for what is not on this member's desk. Two queries."""
    desk = desk_of(user, slug)
    rows = Submission.objects.for_desk(user, slug).with_people().select_related("intake", "previous")
    return Case(user, desk, get_object_or_404(rows, reference=reference))


def again(case: Case) -> Case:
    """Return the case as it is now; None of the old one's rows is touched."""
    return case_of(case.user, case.desk.label.slug, case.submission.reference)
