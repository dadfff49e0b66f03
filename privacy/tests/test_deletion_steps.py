"""Each step of a deletion: when it begins, that it may be repeated, what the labels are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label
from notifications.models import Notice
from privacy import mails, tasks
from privacy.deletion import end
from privacy.deletion import service as deletion
from privacy.deletion.forget import forget
from submissions.models import Event, Submission
from submissions.tests.builders import history
from submissions.verification import faults
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7, minutes=1)


def asked_for_deletion(person: User) -> User:
    with at(now() - WEEK):
        return deletion.ask(person)


def test_nothing_happens_before_the_week_is_over(cast: Cast) -> None:
    deletion.ask(cast.producer)
    demo = cast.demo("in_review")
    assert deletion.go_through() == 0
    assert deletion.delete(cast.producer.pk) is False
    assert history(demo)[-1] == "start_review"


def test_again_does_nothing_more(cast: Cast) -> None:
    demo = cast.demo("in_review")
    asked_for_deletion(cast.producer)
    assert deletion.go_through() == 1
    assert deletion.go_through() == 0, "its job is queued already"
    assert deletion.delete(cast.producer.pk) is True
    assert deletion.delete(cast.producer.pk) is False
    forget(cast.producer)
    forget(cast.producer)
    assert history(demo).count("withdraw") == 1
    assert list(faults()) == []


def test_job_that_was_killed_in_between_begins_again(cast: Cast) -> None:
    """Each step is committed alone; whatever was done of them, the whole ends the same."""
    demos = [cast.demo("in_review"), cast.demo("accepted"), cast.demo("draft")]
    asked_for_deletion(cast.producer)
    end.end_submissions(cast.producer)
    end.leave_teams(cast.producer)
    end.forget_by_name(cast.producer)
    assert deletion.delete(cast.producer.pk) is True
    assert [history(demo)[-1:] for demo in demos[:2]] == [["withdraw"], ["decline"]]
    assert not Submission.objects.filter(pk=demos[2].pk).exists()
    assert Event.objects.filter(transition__in=["withdraw", "decline"]).count() == 2


def test_deletion_waits_for_a_label_that_would_have_no_owner(cast: Cast) -> None:
    asked_for_deletion(cast.insider)
    Membership.objects.filter(label=cast.label, role=Role.OWNER).exclude(user=cast.insider).delete()
    assert deletion.delete(cast.insider.pk) is False
    cast.insider.refresh_from_db()
    assert cast.insider.is_active
    Membership.objects.filter(user=cast.manager).update(role=Role.OWNER)
    assert deletion.delete(cast.insider.pk) is True


def test_who_keeps_the_account_loses_nothing_and_hears_nothing_more(cast: Cast) -> None:
    due = deletion.ask(cast.producer).deletes_at
    assert due
    assert deletion.keep(cast.producer) is True
    assert deletion.keep(cast.producer) is False
    for kind in ("asked", "tomorrow"):
        mails.tell_deletion(cast.producer.pk, kind, due.isoformat())
    assert mail.outbox == []
    with at(now() + WEEK):
        assert deletion.go_through() == 0


def test_nobody_keeps_what_is_being_deleted(cast: Cast) -> None:
    asked_for_deletion(cast.producer)
    with pytest.raises(deletion.Refused, match="being deleted now"):
        deletion.keep(cast.producer)


def test_mails_say_when_and_lead_back(cast: Cast, settings: Any) -> None:
    due = deletion.ask(cast.producer).deletes_at
    assert due
    for kind in ("asked", "tomorrow"):
        mails.tell_deletion(cast.producer.pk, kind, due.isoformat())
    assert [each.to for each in mail.outbox] == [[cast.producer.email]] * 2
    assert all(f"{settings.BASE_URL}/settings/delete/" in str(each.body) for each in mail.outbox)
    scheduled = ProcrastinateJob.objects.get(task_name=deletion.MAIL, args__kind="tomorrow")
    assert scheduled.scheduled_at == due - timedelta(days=1)


def test_many_people_are_found_by_one_query(
    cast: Cast, django_assert_num_queries: Callable[..., Any]
) -> None:
    deletion.ask(cast.producer)
    with django_assert_num_queries(1):
        assert deletion.go_through() == 0
    assert Label.objects.filter(pk=make_label("Pier").pk).exists()


def test_label_with_a_deal_is_told_when_the_week_begins_and_when_the_account_is_kept(cast: Cast) -> None:
    signed = cast.demo("signed")
    cast.demo("in_review")
    deletion.ask(cast.producer)
    tell_as_queued()
    tell_as_queued()
    (told,) = Notice.objects.filter(what__contains="account")
    assert (told.submission, told.label) == (signed, signed.label)
    assert "deletes their account on" in told.what
    managers = Membership.objects.at_least(Role.MANAGER).filter(label=signed.label)
    assert {each.person_id for each in told.deliveries.all()} == {each.user_id for each in managers} != set()
    deletion.keep(cast.producer)
    tell_as_queued()
    whats = list(
        Notice.objects.filter(what__contains="account").order_by("pk").values_list("what", flat=True)
    )
    assert whats == [told.what, "tells you that the producer keeps their account"]


def tell_as_queued() -> None:
    """Do what the queued jobs for labels would do."""
    for job in ProcrastinateJob.objects.filter(task_name=deletion.TELL_LABELS).order_by("pk"):
        words = {name: job.args[name] for name in ("user_id", "kind", "due")}
        tasks.tell_labels_of_deletion(**words)
