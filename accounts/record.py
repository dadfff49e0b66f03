"""Telling the record (`activity`) from below: who did what, when, and from where."""

from typing import Any
from uuid import uuid4

from allauth.core import context

from accounts.browser_names import browser_name
from accounts.models import User
from accounts.requests import address_of
from accounts.sign_in_record import agent_of
from kit.clock import now
from kit.jobs import announce


def tell(
    kind: str,
    *,
    actor: User | None = None,
    person: User | None = None,
    label_id: int | None = None,
    **details: Any,
) -> None:
    """Announce a row of the record, in the open transaction; `activity.phrase_table` lists kinds and details."""
    address, browser = origin_of_request()
    announce(
        "record",
        kind=kind,
        actor_id=actor.pk if actor else None,
        person_id=person.pk if person else None,
        label_id=label_id,
        moment=now().isoformat(),
        address=address,
        browser=browser,
        key=str(uuid4()),
        details=details,
    )


def origin_of_request() -> tuple[str, str]:
    """Return the internet address and the browser, in words, of the request being answered; "" in a job."""
    request = context.request
    return (address_of(request), browser_name(agent_of(request))) if request else ("", "")
