"""Who changes teams and staff, for the record that the database keeps of it (`labels.team.record`)."""

from django.db import connection

from accounts.models import User
from kit.clock import now


def name_author(by: User) -> None:
    """Name this person, and the time of a pinned clock, in what the open transaction changes of teams and staff."""
    statement = "SELECT set_config('trackflow.by', %s, true), set_config('trackflow.at', %s, true)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(by.pk), now().isoformat()])
