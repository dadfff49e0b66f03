"""Jobs that write the team's log."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from activity import log
from activity.models import Activity
from labels.models import Label

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="activity.log_profile", retry=RETRY)
def log_profile(*, label_id: int, user_id: int, fields: list[str], key: str) -> None:
    """Log a member's changes to the label's profile; a listener of profile changes."""
    label, user = Label.objects.get(pk=label_id), User.objects.get(pk=user_id)
    log.write_once(key, Activity.Kind.PROFILE_CHANGED, label=label, actor=user, fields=fields)
