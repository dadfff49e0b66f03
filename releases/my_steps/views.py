"""A person's open steps, at all labels where they work."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from labels.access import memberships_of
from labels.choices import Role
from releases.badges import day_words
from releases.desk_context import today_at
from releases.models import ReleaseStep
from releases.transition_table import WORKED_ON

SIZE = 40
ORDER = ("due_order", "id")


@dataclass(frozen=True)
class Row:
    """An open step with its release; `today` is its label's."""

    step: ReleaseStep
    today: date
    may_work: bool
    key: UUID

    @property
    def due_words(self) -> str:
        return day_words(self.step.due_on, self.today)

    @property
    def is_overdue(self) -> bool:
        return self.step.due_on is not None and self.step.due_on < self.today


@require_safe
def my_steps(request: SignedInRequest) -> HttpResponse:
    """List what is assigned to the reader, due first."""
    roles = {each.label_id: each.role for each in memberships_of(request.user) if not each.is_shut}
    page = pages.page(_rows(request, list(roles)), request.GET, order=ORDER, size=SIZE)
    rows = [
        Row(
            step,
            today_at(step.release.label),
            roles[step.release.label_id] >= Role.REVIEWER and not step.release.label.is_suspended,
            uuid4(),
        )
        for step in page
    ]
    return render(request, "releases/my_steps/my_steps.html", {"page": page, "rows": rows})


def _rows(request: SignedInRequest, labels: list[int]) -> QuerySet[ReleaseStep]:
    """Return the steps at labels where they still work, of releases that go on."""
    own = ReleaseStep.objects.assigned_to(request.user).filter(
        release__label__in=labels, release__state__in=sorted(WORKED_ON)
    )
    return own.select_related("release__label")
