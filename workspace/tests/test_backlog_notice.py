"""What a label's managers are told when many demos expire."""

from datetime import timedelta

import pytest

from activity.models import Activity
from activity.sentences import lines_of
from kit.clock import now
from labels.models import Backlog
from notifications.models import Delivery, Notice
from trackflow.testing.cast import Cast
from workspace.tasks import tell_backlog

pytestmark = pytest.mark.django_db


def test_team_is_told_of_each_step_once(cast: Cast) -> None:
    day = timedelta(days=1)
    backlog = Backlog.objects.create(label=cast.label, expired=12, warned_at=now() - 9 * day)
    tell_backlog(backlog_id=backlog.pk)
    backlog.closed_at = now() - 5 * day
    backlog.save()
    for _ in range(2):
        tell_backlog(backlog_id=backlog.pk)
    backlog.ended_at = now()
    backlog.save()
    tell_backlog(backlog_id=backlog.pk)
    assert list(Notice.objects.order_by("pk").values_list("what", flat=True)) == [
        "warns you: 12 demos expired in the last 30 days without your answer",
        "closed your label to new demos, since too many expired without your answer",
        "opened your label to new demos again",
    ]
    told = Delivery.objects.filter(notice__isnull=False, channel="in_app").values_list("person", flat=True)
    assert set(told) == {cast.owner.pk, cast.manager.pk, cast.insider.pk}
    lines = [(line.who, line.what) for line in lines_of(Activity.objects.order_by("pk").with_people())]
    assert lines == [
        ("Trackflow", "warned that 12 demos expired without an answer"),
        ("Trackflow", "closed the label to new demos"),
        ("Trackflow", "opened the label to new demos again"),
    ]
