"""Music in the making in the demo: every state, a pack, an album and a series, requests, and demos that came back."""

from collections import Counter
from datetime import timedelta

from accounts.models import User
from demo.cast import email_of
from kit.clock import now
from notifications.choices import NoticeKind
from notifications.models import Delivery, Notice
from notifications.tasks import tell_studio
from studio.access import project_of
from studio.choices import Act, Mark, PackKind, RequestState, State
from studio.handover.page import demo_panel
from studio.models import CrewRequest, Entry, Pack, Project, StudioEvent
from studio.tasks import follow_demo
from submissions.models import Event


def test_projects_are_in_every_state_and_packs_of_three_kinds(demo_db: str) -> None:
    assert set(Project.objects.values_list("state", flat=True)) == set(State.values)
    assert set(Pack.objects.values_list("kind", flat=True)) == {
        PackKind.EP,
        PackKind.ALBUM,
        PackKind.SERIES,
    }
    owners = Counter(Project.objects.values_list("owner__email", flat=True))
    assert all(owners[email_of(login)] >= 6 for login in ("maya", "jonas"))


def test_series_has_lines_with_every_mark_and_requests_were_answered(demo_db: str) -> None:
    assert set(Entry.objects.values_list("mark", flat=True)) == set(Mark.values)
    answers = set(CrewRequest.objects.values_list("state", flat=True))
    assert answers == {RequestState.PENDING, RequestState.ACCEPTED, RequestState.REFUSED}


def test_released_track_released_its_project_and_one_waits_at_a_label(demo_db: str) -> None:
    maya = User.objects.get(email=email_of("maya"))
    released = Project.objects.get(owner=maya, state=State.RELEASED)
    assert released.shown_title == "Ladbroke Late Bus"
    news = StudioEvent.objects.filter(project=released, act=Act.DEMO_MOVED).order_by("at")
    assert [each.details["demo"] for each in news] == ["accepted", "signed", "scheduled", "released"]
    assert news[0].at < now()
    sent = Project.objects.get(owner=maya, track__title="Turnstile")
    assert demo_panel(project_of(maya, sent.code)).sent[0].is_live
    finished = Project.objects.get(owner=maya, state=State.FINISHED, track=None)
    assert demo_panel(project_of(maya, finished.code)).can_make


def test_jobs_find_every_answer_written_down(demo_db: str) -> None:
    before = StudioEvent.objects.count()
    for pk in Event.objects.filter(submission__track__project__isnull=False).values_list("pk", flat=True):
        follow_demo(event_id=pk)
    assert StudioEvent.objects.count() == before


def test_people_were_told_when_it_happened(demo_db: str) -> None:
    told = Notice.objects.filter(
        kind__in=[NoticeKind.CREW, NoticeKind.CREW_REQUESTS, NoticeKind.CREW_ANSWERS]
    )
    assert told.filter(kind=NoticeKind.CREW_REQUESTS).count() >= 3
    before = Delivery.objects.count()
    for pk in StudioEvent.objects.values_list("pk", flat=True):
        tell_studio(event_id=pk)
    assert Delivery.objects.count() == before
    assert not Delivery.objects.filter(notice__in=told, created_at__gt=now() - timedelta(hours=12)).exists()


def test_nobody_works_in_the_future_or_before_they_joined(demo_db: str) -> None:
    for event in StudioEvent.objects.select_related("actor"):
        assert event.at <= now()
        assert event.actor is None or event.actor.date_joined <= event.at
