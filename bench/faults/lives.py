"""What producers and members do with a demo, as requests to the web server, each with a key of its own."""

import base64
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.urls import reverse

from bench.visitors import Visitor, action_data, signed_in
from catalog.tests.builders import make_producer, make_track
from submissions.models import Submission
from submissions.tests.builders import OFFER, make_draft
from trackflow.testing.cast import Cast

PLANS = (
    ("submit", "start_review", "memo", "shortlist", "accept", "decline"),
    ("submit", "start_review", "question", "message", "reject"),
    ("submit", "start_review", "withdraw"),
    ("submit", "memo", "question", "message", "withdraw"),
    ("submit", "shortlist", "question", "message", "message", "accept", "decline"),
    ("submit", "start_review", "request_changes", "withdraw"),
    ("submit", "bounce", "reject"),
)
"""The ways of demos; what is no transition is a message, a memo, or what a mail service tells."""

SAID: dict[str, dict[str, object]] = {
    "submit": {"do": "send", "note": ""},
    "request_changes": {"note": "A longer intro, please."},
    "reject": {"reason": "genre", "welcome": "another", "unheard": "on"},
    "accept": dict(OFFER),
    "withdraw": {"note": "It is taken elsewhere."},
    "decline": {"note": "Thank you, no."},
}
WITHOUT_EVENT = frozenset({"memo", "question", "message", "bounce"})
PRODUCERS_OWN = frozenset({"withdraw", "decline"})
MAIL_SECRET = "mail:service"  # noqa: S105  # of a server that lives for minutes


@dataclass(frozen=True)
class Step:
    """One thing done: a request, and what must be there, once, when it is acknowledged."""

    word: str
    reference: str
    key: uuid.UUID
    request: str


@dataclass
class Life:
    """A demo and what is done with it, in order; `done` are the transitions that were acknowledged."""

    draft: Submission
    plan: tuple[str, ...]
    done: list[str] = field(default_factory=list)
    was_checked: bool = False

    @property
    def is_over(self) -> bool:
        return len(self.done) == sum(word not in WITHOUT_EVENT for word in self.plan)


class Stage:
    """The people of the load, signed in, and the lives that they have not begun."""

    def __init__(self, luck: Random, producers: int = 12) -> None:
        self.luck, self.cast = luck, Cast()
        self.producers = [self.cast.producer, *(make_producer() for _ in range(producers - 1))]
        self.visitors = {person.pk: signed_in(person) for person in self.producers}
        self.reviewer, self.manager = signed_in(self.cast.reviewer), signed_in(self.cast.manager)
        self.waiting: list[Life] = []

    def fill(self, many: int) -> None:
        """Let so many lives wait to be begun."""
        while len(self.waiting) < many:
            owner = self.luck.choice(self.producers)
            draft = make_draft(producer=owner, label=self.cast.label, track=make_track(owner))
            self.waiting.append(Life(draft, self.luck.choice(PLANS)))

    def steps(self, life: Life) -> Iterator[Step]:
        """Yield what is done next each time; the turn is what the page would show by then."""
        draft, turn = life.draft, life.draft.turn
        for word in life.plan:
            key = uuid.uuid4()
            yield Step(word, draft.reference, key, self._request(word, draft, turn, key))
            turn += word not in WITHOUT_EVENT

    def _request(self, word: str, draft: Submission, turn: int, key: uuid.UUID) -> str:
        slug, reference = self.cast.label.slug, draft.reference
        own = self.visitors[draft.producer_id]
        data: dict[str, object] = {"text": f"About {reference}.", "key": key}
        if word == "memo":
            return self.reviewer.request(reverse("desk:memo", args=[slug, reference]), data)
        if word == "question":
            return self.manager.request(reverse("desk:messages", args=[slug, reference]), data)
        if word == "message":
            return own.request(reverse("submissions:messages", args=[reference]), data)
        if word == "bounce":
            return bounce_of(address_of(key))
        act = action_data(turn, **SAID.get(word, {})) | {"key": key}
        if word == "submit":
            return own.request(reverse("submissions:edit", args=[reference]), act)
        if word in PRODUCERS_OWN:
            return own.request(reverse(f"submissions:{word}", args=[reference]), act)
        return self.manager.request(reverse("desk:act", args=[slug, reference, word]), act)


def address_of(key: uuid.UUID) -> str:
    """Return the address, nobody's, of which a mail service tells under this key."""
    return f"gone-{key.hex}@example.com"


def bounce_of(address: str) -> str:
    """Return the request in which a mail service tells that an address does not exist."""
    told: dict[str, Any] = {"RecordType": "Bounce", "Type": "HardBounce", "Email": address, "ID": 1}
    told |= {
        "MessageID": str(uuid.uuid4()),
        "BouncedAt": "2026-11-05T16:33:54Z",
        "Description": "Unknown user",
    }
    body, login = json.dumps(told), base64.b64encode(MAIL_SECRET.encode()).decode()
    lines = (
        "POST /mail-events/postmark/ HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Authorization: Basic {login}",
    )
    return "\r\n".join(lines) + f"\r\n\r\n{body}"


def page_requests(stage: Stage) -> list[str]:
    """Return what people look at meanwhile."""
    slug = stage.cast.label.slug
    own = next(iter(stage.visitors.values()))
    return [
        Visitor().request(reverse("labels:directory")),
        stage.reviewer.request(reverse("desk:queue", args=[slug])),
        own.request(reverse("submissions:list")),
        Visitor().request("/health/"),
    ]
