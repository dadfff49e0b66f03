"""Sessions, each loaded together with whoever is signed in: the setting `SESSION_ENGINE`."""

from functools import cache
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts.models import Session, User
from kit.statements import Statement, param


@cache
def _unexpired() -> Statement[Session]:
    rows = Session.objects.filter(session_key=param("key"), expire_date__gt=param("now"))
    return Statement(rows.select_related("user"))


class SessionStore(db.SessionStore):
    """Django's sessions in the database. `user` is whose the session was when it was loaded, None for a visitor's."""

    user: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """Return the session's data; empty for one that is gone or over."""
        row = _unexpired().first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
            return {}
        self.user = row.user
        return self.decode(row.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return cast("Session", row)
