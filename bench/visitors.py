"""Who looks, and at what: the people, submissions and requests of a loaded database."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Abs

from accounts.models import User
from labels.choices import Role
from labels.models import Label, Membership
from submissions.models import Submission
from trackflow.testing.clients import session_of

TOKEN = "x" * 32
"""Of cookie and form alike: what guards against forged forms compares the two."""
USUAL_SUBMISSIONS = 80
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Visitor:
    """Somebody with a session, or nobody."""

    session: str = ""

    def request(
        self, path: str, data: dict[str, object] | None = None, headers: Mapping[str, str] = NOTHING
    ) -> str:
        """Return a whole request, as a browser would send it, on a connection that ends with it."""
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}" if self.session else ""
        lines = {"Host": "127.0.0.1", "Connection": "close", "Accept": "text/html", "Cookie": cookies}
        lines |= headers
        body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}) if data is not None else ""
        if data is not None:
            lines |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        return f"{'GET' if data is None else 'POST'} {path} HTTP/1.1\r\n{head}\r\n{body}"


@dataclass(frozen=True)
class Cast:
    """The big label, a reviewer and a manager of it, and a producer with about as many submissions at any size."""

    label: Label
    reviewer: User
    manager: User
    producer: User

    @classmethod
    def find(cls) -> "Cast":
        label = Label.objects.order_by("pk")[0]
        team = Membership.objects.filter(label=label).order_by("pk").select_related("user")
        reviewer, manager = team.filter(role=Role.REVIEWER)[0], team.filter(role=Role.MANAGER)[0]
        usual = Abs(Count("pk") - USUAL_SUBMISSIONS)
        producers = Submission.objects.values("producer").annotate(distance=usual)
        found = producers.order_by("distance", "producer")[0]
        return cls(label, reviewer.user, manager.user, User.objects.get(pk=found["producer"]))


def signed_in(user: User) -> Visitor:
    assert settings.SESSION_COOKIE_NAME == "sessionid"
    return Visitor(session_of(user))


def action_data(turn: int, **more: object) -> dict[str, object]:
    """Return what a form that acts on a submission sends."""
    return {"turn": turn, "key": uuid.uuid4(), **more}
