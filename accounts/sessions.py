"""Sessions, each loaded together with whoever is signed in: the setting `SESSION_ENGINE`."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Session, User
from kit.outages import is_outage
from kit.statements import Statement, param

SEEN_EVERY = timedelta(hours=1)
"""So seldom is written down that a session was used."""


@cache
def _unexpired() -> Statement[Session]:
    rows = Session.objects.filter(session_key=param("key"), expire_date__gt=param("now"))
    return Statement(rows.select_related("user"))


def unexpired_of(user: User) -> QuerySet[Session]:
    """Return a person's sessions that are not over."""
    return Session.objects.filter(user=user, expire_date__gt=timezone.now())


class SessionStore(db.SessionStore):
    """Django's sessions in the database.

    `user` is whose the session was when it was loaded, None for a visitor's; `seen_at` when it was used before.
    """

    user: User | None = None
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """Return the session's data; empty for one that is gone or over."""
        row = _unexpired().first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
            return {}
        self.user, self.seen_at = row.user, row.last_seen_at
        return self.decode(row.session_data)

    def save(self, must_create: bool = False) -> None:
        """Save it. Django takes each error for a session that was ended meanwhile (400); an outage stays one."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, DatabaseError) and is_outage(error):
                raise error.__context__ from error.__context__.__cause__
            raise

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Any = super().create_model_instance(data)
        row.user_id, row.last_seen_at = data.get(SESSION_KEY), timezone.now()
        return cast("Session", row)

    def note_use(self) -> None:
        """Write down that somebody signed in uses this session, once an hour; saving it does so too."""
        moment = timezone.now()
        if self.user is None or self.seen_at is None or self.modified or moment - self.seen_at < SEEN_EVERY:
            return
        self.seen_at = moment
        Session.objects.filter(session_key=self.session_key).update(last_seen_at=moment)
