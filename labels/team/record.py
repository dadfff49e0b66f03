"""The record of who was in a team when: the database writes it, `accounts.change_author` says who did it."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import zip_longest

from labels.models import MembershipChange

LEEWAY = timedelta(minutes=2)
"""By which the clocks of application and database may differ."""


class TeamRecord:
    """All changes of teams, in memory; read inside the snapshot that is looked at, or later."""

    def __init__(self) -> None:
        self._changes: dict[tuple[int | None, int], list[tuple[datetime, str]]] = defaultdict(list)
        rows = MembershipChange.objects.order_by("since", "pk")
        for label, person, since, role in rows.values_list("label_id", "person_id", "since", "role"):
            self._changes[label, person].append((since, role))

    def had_role(self, person: int, role: str, label: int | None, moment: datetime) -> bool:
        """Whether they had this role in a label's team, or among our staff, within two minutes of a moment."""
        changes = self._changes.get((label, person), [])
        return any(
            held == role and since <= moment + LEEWAY and (after is None or after[0] >= moment - LEEWAY)
            for (since, held), after in zip_longest(changes, changes[1:])
        )
