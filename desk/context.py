"""A submission as one member sees it; fetching it checks access."""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache, cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from accounts.requests import SignedInRequest, impersonator_of
from desk.models import Proposal, TeamSettings
from desk.outbox.service import proposal_refusal
from desk.page_rows import PageRows, page_rows_of
from desk.queue import annotations
from desk.queue.artist_counts import with_artist_counts
from desk.queue.listing import Listing, listing_of
from desk.review.pass_defaults import PassDefaults, pass_defaults_of
from desk.scores.visibility import with_score_order, with_score_visibility
from kit.routes import url_for
from kit.statements import Statement, param
from labels.access import Desk, desk_of, read_only_because
from labels.choices import Role
from notifications.models import Delivery
from submissions.choices import ActorRole
from submissions.errors import WorkflowError
from submissions.models import Submission
from submissions.models.search_index import DUE_ORDER, RELEASE_ORDER, TEMPO_ORDER
from submissions.permissions import ROLES, Actor, refusal_for, role_refusal
from submissions.transition_table import PROPOSABLE, RULES


@dataclass(frozen=True)
class DeskContext:
    """A member, their desk and a submission on it; `acted_by` is an admin who impersonates the member."""

    user: User
    desk: Desk
    submission: Submission
    listing: Listing | None = None
    acted_by: User | None = None
    pass_defaults: PassDefaults = PassDefaults()
    compared: tuple[str, ...] = ()
    """References of the comparison that an action returns to."""

    @property
    def suffix(self) -> str:
        """The query string of the list beside it and of the comparison it stands in, "" if there is neither."""
        listed = self.listing.suffix if self.listing else ""
        picks = urlencode([("pick", each) for each in self.compared])
        return f"{listed}{'&' if listed else '?'}{picks}" if picks else listed

    @property
    def back_url(self) -> str:
        """Where an action's own page leads back to: the comparison it was chosen in, else the submission."""
        compare = url_for("desk:compare", self.desk.label.slug)
        return compare + self.suffix if self.compared else self.url

    @property
    def url(self) -> str:
        return self.url_of("submission")

    def url_of(self, name: str, *more: str) -> str:
        """Return an address of this submission that keeps the list beside it."""
        return url_for(f"desk:{name}", *self.address, *more) + self.suffix

    @property
    def address(self) -> tuple[str, str]:
        return self.desk.label.slug, self.submission.reference

    @property
    def actor(self) -> Actor:
        return Actor.member(self.user, self.acted_by)

    @cached_property
    def proposal(self) -> Proposal | None:
        """The open proposal, the one being sent first, if there is one."""
        return Proposal.objects.open().of(self.submission).with_people().order_by("-is_held").first()

    def read_rows(self) -> PageRows:
        """Return what the page shows besides the submission's own row, its open proposal too. One query."""
        rows = page_rows_of(self.submission, self.user)
        vars(self)["proposal"] = next(iter(rows.proposals), None)
        return rows

    @property
    def is_manager(self) -> bool:
        return self.desk.at_least(Role.MANAGER)

    @property
    def is_reviewer(self) -> bool:
        """Reviewer or more."""
        return self.desk.at_least(Role.REVIEWER)

    @property
    def role(self) -> ActorRole | None:
        """The role in which the member acts, None for a viewer."""
        return ROLES.get(self.desk.role)

    def may_act(self, transition: str) -> bool:
        """Whether the role allows this; the state may still forbid it."""
        return role_refusal(self.role, RULES[transition].roles) is None

    def refusal_of(
        self, transition: str, *, is_proposal: bool = False, happened: Container[str] | None = None
    ) -> WorkflowError | None:
        """Return why the member cannot do or propose this now, None if they can; `happened` as in `refusal_for`."""
        self.submission.label = self.desk.label
        if is_proposal:
            return proposal_refusal(self.submission, RULES[transition], self.role)
        return refusal_for(self.submission, RULES[transition], self.role, happened=happened)

    def may_propose(self, transition: str) -> bool:
        return self.is_reviewer and transition in PROPOSABLE

    def undo_seconds(self, transition: str) -> int:
        """Return for how many seconds a decision of theirs can be undone, 0 for not at all. One query at most."""
        if transition not in PROPOSABLE or self.acted_by or read_only_because(self.desk.label):
            return 0
        return TeamSettings.of(self.desk.label).undo_seconds

    def prefers_outbox(self, transition: str) -> bool:
        """Whether the team settings put this into the outbox first. One query at most."""
        if transition not in PROPOSABLE or self.proposal or read_only_because(self.desk.label):
            return False
        return TeamSettings.objects.filter(label=self.desk.label, sends_at_once=False).exists()


def manager_desk_of(user: User, slug: str, sentence: str = "") -> Desk:
    """Return the desk of a manager; raises Http404 for strangers and PermissionDenied below manager."""
    desk = desk_of(user, slug)
    if not desk.at_least(Role.MANAGER):
        raise PermissionDenied(sentence)
    return desk


def context_of(user: User, slug: str, reference: str) -> DeskContext:
    """Return the context; raises Http404 for strangers and for what is not on the member's desk. Two queries."""
    desk = desk_of(user, slug)
    found = _on_desk().first(user=user.pk, label=desk.label.pk, reference=reference)
    if found is None:
        raise Http404
    found.label = desk.label
    return DeskContext(user, desk, found)


@cache
def _on_desk() -> Statement[Submission]:
    """Return the statement for one submission, with what a list and its order need of it."""
    rows = Submission.objects.at_desk(param("user"), param("label")).filter(reference=param("reference"))
    rows = rows.select_related("producer", "team_assignee", "intake", "previous")
    orders = {"due_order": DUE_ORDER, "tempo_order": TEMPO_ORDER, "release_order": RELEASE_ORDER}
    rows = annotations.with_assignee(with_artist_counts(annotations.with_tags(rows))).annotate(**orders)
    rows = with_score_order(with_score_visibility(rows, param("user")))
    return Statement(rows.annotate(newest_unread=Delivery.objects.newest_unread_by(param("user"))))


def context_at(request: SignedInRequest, slug: str, reference: str) -> DeskContext:
    """Return the context with the list that the address names. Two queries; raises Http404."""
    context = context_of(request.user, slug, reference)
    return replace(
        context,
        listing=listing_of(request, request.user, context.desk),
        acted_by=impersonator_of(request),
        compared=tuple(request.GET.getlist("pick")),
        pass_defaults=pass_defaults_of(request, context.desk.label),
    )


def refreshed(context: DeskContext) -> DeskContext:
    """Return a context with all rows read again; the old one is left alone."""
    fresh = context_of(context.user, *context.address)
    return replace(
        fresh,
        listing=context.listing,
        acted_by=context.acted_by,
        compared=context.compared,
        pass_defaults=context.pass_defaults,
    )
