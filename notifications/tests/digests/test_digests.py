"""One digest per person and day, with all that waits, sent once whatever happens."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from accounts.models import User
from catalog.tests.builders import make_track
from kit import clock
from notifications import tasks
from notifications.digests import service
from notifications.models import Delivery, Digest, KindChoice, Preferences
from notifications.tests.parties import Parties, make_parties
from submissions.tests.builders import make_submission
from submissions.verification import faults
from trackflow.testing.announcements import announce_event, jobs_named, last_event, make_jobs_due
from trackflow.testing.post_office import PostOffice

Run = Callable[[], None]
DAY = timedelta(days=1)


def next_morning(person: User, hour: int = 9) -> datetime:
    """Return this hour of the next day in a person's zone."""
    tomorrow = clock.now().astimezone(person.zone) + DAY
    return tomorrow.replace(hour=hour, minute=0, second=0, microsecond=0)


def bodies(mail: object) -> list[str]:
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]  # type: ignore[attr-defined]


def hours_have_come(parties: Parties) -> None:
    """Let the digests of the label's team be due at this hour."""
    for person in (parties.owner, parties.manager):
        Preferences.objects.create(person=person, digest_hour=clock.now().hour)


def send_demos(parties: Parties, count: int) -> None:
    """Let the producer send more demos and the worker announce them."""
    for number in range(count):
        track = make_track(parties.producer, title=f"Tape {number}")
        submission = make_submission("submitted", manager=parties.manager, label=parties.label, track=track)
        announce_event(last_event(submission))


def make_and_send(moment: datetime) -> int:
    """Do what the worker does at a moment; return how many digests were made."""
    with clock.at(moment):
        made = service.make_due()
        for digest in Digest.objects.filter(sent_at=None).order_by("pk"):
            tasks.send_digest(digest_id=digest.pk)
    return made


def test_twenty_four_demos_make_one_mail_for_each_of_two_people(
    post_office: PostOffice, run_jobs: Run
) -> None:
    with clock.at(clock.now() - DAY):
        parties = make_parties("submitted")
        send_demos(parties, 23)
    hours_have_come(parties)
    run_jobs()
    mails = [mail for mail in post_office.mails if mail["To"] != parties.producer.email]
    first, second = sorted(mails, key=lambda mail: str(mail["To"]))
    assert {first["To"], second["To"]} == {parties.owner.email, parties.manager.email}
    assert first["Subject"] == "24 updates from Harbour"
    rows = Delivery.objects.filter(person=parties.owner, channel="email").select_related("event__submission")
    assert {(row.outcome, row.sent_at is not None) for row in rows} == {("in_digest", True)}
    for body in bodies(first):
        for row in rows:
            assert row.event
            assert row.event.digest_hex in body
            assert f"/desk/{parties.label.slug}/{row.event.submission.reference}/" in body
    assert list(faults()) == []


@pytest.mark.django_db
def test_second_digest_of_a_day_is_never_made(mailoutbox: list[object]) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    morning = next_morning(parties.owner)
    assert make_and_send(morning) == 2
    send_demos(parties, 1)
    assert make_and_send(morning + timedelta(hours=3)) == 0
    assert len(mailoutbox) == 2
    assert make_and_send(morning + DAY) == 2
    assert len(mailoutbox) == 4


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "made"), [(7, 0), (8, 2), (23, 2)])
def test_digest_comes_from_its_hour_on_also_after_downtime(hour: int, made: int) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    assert make_and_send(next_morning(parties.owner, hour)) == made


@pytest.mark.django_db
def test_hour_is_that_of_the_persons_zone_and_choice(mailoutbox: list[object]) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    User.objects.filter(pk=parties.owner.pk).update(time_zone="Asia/Tokyo")
    Preferences.objects.create(person=parties.owner, digest_hour=18)
    parties.owner.refresh_from_db()
    before, after = (next_morning(parties.owner, hour) for hour in (17, 18))
    with clock.at(before):
        service.make_due()
    assert not Digest.objects.filter(person=parties.owner).exists()
    with clock.at(after):
        service.make_due()
    assert Digest.objects.get(person=parties.owner).day == after.date()


@pytest.mark.django_db
def test_digest_that_fails_all_day_is_told_by_the_next_one(
    mailoutbox: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    morning = next_morning(parties.owner)
    with clock.at(morning):
        service.make_due()
    first = Digest.objects.get(person=parties.owner)
    with clock.at(morning + DAY):
        tasks.send_digest(digest_id=first.pk)
        assert mailoutbox == []
        service.make_due()
        second = Digest.objects.get(person=parties.owner, day=first.day + DAY)
        tasks.send_digest(digest_id=second.pk)
        tasks.send_digest(digest_id=first.pk)
        tasks.send_digest(digest_id=second.pk)
    assert len(mailoutbox) == 1
    row = Delivery.objects.get(person=parties.owner, channel="email")
    assert (row.digest, row.outcome) == (second, "in_digest")


def test_crash_after_the_servers_yes_sends_the_same_digest_again(
    post_office: PostOffice, committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    morning = next_morning(parties.owner)
    with clock.at(morning):
        service.make_due()
    digest = Digest.objects.get(person=parties.owner)

    def crash(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    with clock.at(morning):
        with monkeypatch.context() as patch:
            patch.setattr(Digest, "save", crash)
            with pytest.raises(KeyboardInterrupt):
                tasks.send_digest(digest_id=digest.pk)
        send_demos(parties, 1)
        tasks.send_digest(digest_id=digest.pk)
        tasks.send_digest(digest_id=digest.pk)
    first, second = post_office.mails
    assert first["Message-ID"] == second["Message-ID"] == f"<digest-{digest.pk}@localhost>"
    assert bodies(first) == bodies(second)


def test_server_that_is_down_is_tried_again(post_office: PostOffice, run_jobs: Run) -> None:
    with clock.at(clock.now() - DAY):
        parties = make_parties("submitted")
        announce_event(last_event(parties.submission))
    hours_have_come(parties)
    post_office.is_ill = True
    run_jobs()
    assert post_office.mails == []
    assert jobs_named("notifications.send_digest") == [("todo", 1)] * 2
    post_office.is_ill = False
    make_jobs_due()
    run_jobs()
    assert len(post_office.mails) == 3
    assert not Delivery.objects.unsent().exists()


@pytest.mark.django_db
def test_who_left_or_chose_otherwise_meanwhile_is_not_told(mailoutbox: list[object]) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    parties.label.memberships.filter(user=parties.manager).delete()
    chosen = {"side": "team", "kind": "new_demos", "label": None, "way": "app"}
    KindChoice.objects.create(person=parties.owner, **chosen)
    assert make_and_send(next_morning(parties.owner)) == 2
    assert mailoutbox == []
    team = Delivery.objects.filter(channel="email").exclude(person=parties.producer)
    assert {(row.outcome, row.digest, row.sent_at) for row in team} == {("off", None, None)}
    assert make_and_send(next_morning(parties.owner) + DAY) == 0


@pytest.mark.django_db
def test_digest_asks_the_same_number_of_questions_however_much_it_tells(
    django_assert_num_queries: Callable[[int], object], mailoutbox: list[object]
) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    morning = next_morning(parties.owner)
    for count in (0, 4):
        send_demos(parties, count)
        with clock.at(morning), transaction.atomic():
            service.make(parties.owner, morning.date())
            digest = Digest.objects.get(person=parties.owner, sent_at=None)
            with django_assert_num_queries(10):  # type: ignore[attr-defined]
                service.send(digest.pk)
        morning += DAY
    assert len(mailoutbox) == 2
