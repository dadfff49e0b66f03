"""Telling members of a label something that is the team's alone."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.models import User
from labels.models import Label
from notifications.audience import members_to_tell
from notifications.audience_table import FULLY
from notifications.deliveries import deliver
from notifications.models import Notice
from submissions.models import Submission


@transaction.atomic
def tell(
    people: Iterable[User],
    *,
    label: Label,
    who: User | None,
    what: str,
    path: str,
    key: str | UUID,
    title: str = "",
    text: str = "",
    submission: Submission | None = None,
) -> Notice:
    """Tell people, in the app and by mail, that `who` (None: Trackflow) did `what`; return the notice.

    `what` follows the name, without a full stop: "mentioned you in a memo". `path` is where to look. What it is
    about is the `submission`, which gives its own title, or else the `title`. Only active members of the label
    are told, never `who` did it, never the submission's producer. A second call with a label's same `key` keeps
    the first one's words and tells only people who were not told yet. Mails leave by jobs of this transaction.
    """
    said = {"submission": submission, "who": who, "what": what, "path": path, "text": text}
    own = "" if submission else title
    notice, _ = Notice.objects.get_or_create(label=label, key=str(key), defaults={**said, "title": own})
    told = [(person, FULLY) for person in members_to_tell(people, notice)]
    deliver(told, notice.created_at, notice=notice)
    return notice
