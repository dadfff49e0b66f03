"""What labels are told that have a signed deal with somebody whose account is to be deleted."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from labels.choices import Role
from labels.models import Membership
from notifications import notices
from notifications.sentences import page_of
from submissions.choices import State
from submissions.models import Submission

LOSES = (
    "On that day this demo loses its producer’s name and its terms, and its track leaves the release. Save the deal "
    "memo before, and talk to them."
)


@transaction.atomic
def tell_labels(person: User, *, due: datetime, is_kept: bool) -> int:
    """Notify managers of labels that signed something of this person; return about how many demos.

    A second call with the same moment tells nobody again.
    """
    if is_kept:
        what, text = "tells you that the producer keeps their account", ""
    else:
        what, text = f"tells you that the producer deletes their account on {due:%-d %B}", LOSES
    deals = Submission.objects.filter(producer=person, state__in=(State.SIGNED, State.SCHEDULED))
    rows = list(deals.select_related("label").order_by("pk"))
    for deal in rows:
        notices.tell(
            _managers(deal),
            label=deal.label,
            submission=deal,
            who=None,
            what=what,
            text=text,
            path=page_of(deal, team=True),
            key=f"deletion-{'kept' if is_kept else 'asked'}-{deal.pk}-{due.isoformat()}",
        )
    return len(rows)


def _managers(deal: Submission) -> list[User]:
    team = Membership.objects.active().at_least(Role.MANAGER).filter(label=deal.label)
    return [member.user for member in team.select_related("user")]
