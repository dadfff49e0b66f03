"""What the demo's big label did with many submissions at once."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk import runner
from desk.bulk.orders import order
from desk.models import Bulk, Tag
from desk.tags.service import put
from kit.clock import at
from labels.models import Label
from submissions.choices import State
from submissions.models import Submission

SLUG, TAG = "kiesweg", "For Friday"


def tag_many(manager: User, today: datetime, rng: Random) -> None:
    """Tag what is shortlisted, of which some has the tag already, and run that to its end."""
    label = Label.objects.get(slug=SLUG)
    rows = Submission.objects.at_desk(manager, label).filter(state=State.SHORTLISTED).order_by("pk")
    tag = Tag.objects.of(label).get(name=TAG)
    details = {"tag": tag.pk}
    with at(today - timedelta(minutes=90)):
        put(rows[0], tag, actor=manager)
        key = UUID(int=rng.getrandbits(128))
        bulk = order(BulkAct.TAG, rows, label=label, user=manager, key=key, details=details)
        while Bulk.objects.unfinished().filter(pk=bulk.pk).exists():
            runner.run(bulk)
