"""The demo's data: played once, whole, and looked at from several sides."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max, Min
from django.test import Client
from pytest_django import Settings

from activity.models import Activity
from catalog.links.link import parse_link
from catalog.models import Profile, Track
from catalog.music.genre_table import GENRES, PARENTS
from catalog.music.keys import KEY_CHOICES
from catalog.music.titles import refuse_in_title, title_hints
from demo.cast import PASSWORD, email_of, logins, pages
from demo.digests import send_digests
from demo.engine import mark_old_notices_read
from demo.management.commands.demo_data import summary
from demo.scripts import Step, read_script
from demo.steps import STEPS
from demo.tables import CHANGES, LABELS, NOTES, PEOPLE, PRODUCERS, TRACKS, TrackSpec, read_csv
from demo.tracks import HOSTS, link_at
from demo.working_hours import OFFICE, STUDIO, Day, Hours
from desk.choices import BulkResult
from desk.context import context_of
from desk.models import (
    Bulk,
    Criterion,
    DefaultView,
    Memo,
    Proposal,
    SavedView,
    Tag,
    TeamSettings,
)
from desk.review.plays import silent_host
from desk.similar.earlier_demos import earlier_demos_of
from insights.rebuild import rebuild
from kit.clock import now
from labels.choices import QuestionKind, Status
from labels.directory.response_record import record_summary
from labels.models import Block, Intake, Invitation, Label, Membership, Proof, ReplyTemplate, Report
from labels.reply_templates import refuse_unknown
from notifications.models import AssignedOnly, Delivery, Digest, KindChoice, Notice, Preferences
from notifications.tasks import announce
from submissions import verification
from submissions.choices import LinkProblem, Reason, State, Transition, Welcome
from submissions.models import CoProducer, Event, Message, Revision, Submission
from submissions.transition_table import RULES
from trackflow import urls
from workspace.checklist.page import checklist_of, facts_of
from workspace.intakes.page import Opening, opening_of

assert urls.urlpatterns  # read before DEMO is on: the addresses stay those of every other test
SCRIPTS = [read_script(text) for track in TRACKS for text in track.scripts]


@pytest.fixture(autouse=True)
def demo_settings(settings: Settings) -> None:
    settings.DEMO = True


def test_script_is_read_step_by_step() -> None:
    script = read_script("K86 open+1 pass=genre,another+12")
    assert (script.letter, script.days_ago) == ("K", 86)
    assert script.steps == (Step("open", "", 1), Step("pass", "genre,another", 12))
    with pytest.raises(ValueError, match="no step"):
        read_script("K86 open++")


def test_tables_fit_together() -> None:
    steps = [step for script in SCRIPTS for step in script.steps]
    letters = {intake.letter for label in LABELS for intake in label.intakes}
    assert {script.letter for script in SCRIPTS} <= letters
    assert {step.name for step in steps} <= STEPS.keys()
    assert {track.producer for track in TRACKS} == PRODUCERS.keys()
    assert {step.argument for step in steps if step.name == "ask"} == CHANGES.keys()
    people = {person.login for person in (*PEOPLE, *PRODUCERS.values())}
    assert {login for label in LABELS for login in label.team} <= people
    for table in ("saved_views", "logins"):
        assert {row["login"] for row in read_csv(table)} <= people
    for step in steps:
        match step.name:
            case "pass":
                reason, _, welcome = step.argument.partition(",")
                assert reason in Reason.values
                assert welcome in ("", *Welcome.values)
                assert f"pass={reason}" in NOTES
            case "dead":
                assert step.argument in LinkProblem.values


@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.title)
def test_track_would_pass_the_producers_form(track: TrackSpec) -> None:
    assert track.genre in {genre.slug for genre in GENRES}
    assert not track.subgenre or PARENTS[track.subgenre] == track.genre
    assert track.key in dict(KEY_CHOICES)
    assert len(track.pitch) <= 600
    refuse_in_title(track.title, mix="Original Mix")
    assert title_hints(track.title, artist_name=PRODUCERS[track.producer].artist, mix="Original Mix") == []


@pytest.mark.parametrize("host", HOSTS)
def test_link_is_one_we_know_and_private(host: str) -> None:
    link = parse_link(link_at(host, "maya-okafor", "Älvsborg, 4 a.m.", Random(3)))
    assert link.shape
    assert link.is_private or host == "youtube"  # whose addresses do not tell


@pytest.mark.parametrize("hours", [OFFICE, STUDIO])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Bogota", "UTC"])
def test_time_goes_forward_and_stops_before_now(hours: Hours, zone: str) -> None:
    rng = Random(7)
    for hour in range(0, 24 * 14, 5):
        today = datetime(2026, 10, 20, tzinfo=UTC) + timedelta(hours=hour)
        day = Day(hours, ZoneInfo(zone), today)
        moment = day.ago(rng.randrange(4), rng)
        for _ in range(6):
            before, moment = moment, day.later(moment, rng.randrange(3), rng)
            assert before < moment < today


def test_password_would_be_taken_at_sign_up() -> None:
    for login in logins():
        validate_password(PASSWORD, get_user_model()(email=login.email))


def test_demo_data_needs_the_demo(db: None, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=on"):
        call_command("demo_data")


def test_demo_data_adds_up_and_comes_once(demo_db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(verification.faults()) == []
    events = Event.objects.count()
    assert list(summary())[-1].endswith(f" submissions, {events} events")
    call_command("demo_data", verbosity=0)
    assert "nothing added" in capsys.readouterr().out
    assert Event.objects.count() == events


def test_submissions_stand_in_every_state(demo_db: str) -> None:
    counted = Counter(Submission.objects.values_list("state", flat=True))
    assert set(counted) == set(State.values)
    assert min(counted.values()) >= 3
    assert 140 <= counted.total() <= 160
    assert not Submission.objects.expiring(now() + timedelta(hours=6)).exists()


def test_histories_span_ninety_days_in_order(demo_db: str) -> None:
    span = Event.objects.aggregate(first=Min("recorded_at"), last=Max("recorded_at"))
    assert now() - timedelta(days=91) < span["first"] < span["last"] < now()
    for submission in Submission.objects.sent():
        moments = list(Event.objects.of(submission).values_list("recorded_at", flat=True))
        assert moments == sorted(set(moments))
    shown = set(Event.objects.values_list("transition", flat=True))
    apart = {Transition.REDACT, Transition.MASTER_RECEIVED, Transition.MASTER_REMOVED}
    assert shown == RULES.keys() - apart  # ninety days are too short, and masters lie on shelves
    assert Event.objects.exclude(private__diff=None).exists()
    assert Revision.objects.filter(number__gte=2).count() >= 5
    assert Submission.objects.exclude(previous=None).count() >= 5
    assert Submission.objects.filter(state="scheduled", release_on__gt=now()).count() >= 3
    notes = [note for note in Event.objects.values_list("note", flat=True) if note]
    assert len(set(notes)) > len(notes) / 2


def test_labels_and_people_are_as_the_tables_say(demo_db: str) -> None:
    standing = Counter(Label.objects.values_list("status", flat=True))
    assert standing == {Status.VERIFIED: 5, Status.UNVERIFIED: 2, Status.SUSPENDED: 1}
    kiesweg = Label.objects.get(slug="kiesweg")
    assert Submission.objects.filter(label=kiesweg, producer__memberships__label=kiesweg).exists()
    assert Membership.objects.filter(user__email=email_of("manager")).count() == 2
    assert Track.objects.count() == len(TRACKS)
    assert Proposal.objects.open().count() >= 8
    assert Proposal.objects.open().exclude(send_at=None).exists()
    assert Proposal.objects.exclude(sent_back_because="").filter(dismissed_at=None).exists()
    assert Proposal.objects.exclude(event=None).exists()
    assert SavedView.objects.filter(is_team=True).count() >= 2
    assert SavedView.objects.filter(is_team=False, owner__email=email_of("reviewer")).exists()
    assert DefaultView.objects.get().view.name == "Hot: shortlisted and due soon"
    assert [label.slug for label in Label.objects.filter(logo=None)] == ["papier-carbone"]
    shown = Profile.objects.public()
    assert shown.count() >= 5
    assert all(Client().get(profile.get_absolute_url()).status_code == 200 for profile in shown)


def test_new_labels_ask_for_verification(demo_db: str) -> None:
    asked, waiting = Proof.objects.order_by("label__slug")
    assert (asked.state, str(asked.replied_by), waiting.state) == ("asked_back", "Mira Novak", "waiting")
    assert waiting.confirmed_at
    amal = get_user_model().objects.get(email=email_of("amal"))
    checklist = checklist_of(facts_of(asked.label, amal))
    assert checklist.next
    assert checklist.next.name == "Prove it is your label"
    told = Notice.objects.filter(what="verified your label")
    assert told.count() == 6
    assert max(told.values_list("created_at", flat=True)) < now() - timedelta(days=90)
    assert Label.objects.get(slug="kiesweg").links


def test_team_has_open_and_accepted_invitations(demo_db: str) -> None:
    asked = Invitation.objects.filter(label__slug="kiesweg")
    assert sorted(each.is_open() for each in asked.open()) == [False, True]
    assert asked.exclude(accepted_at=None).count() == 4


def test_everybody_listed_signs_in_and_sees_their_page(demo_db: str) -> None:
    client = Client()
    for login in logins():
        answer = client.post("/accounts/login/", {"login": login.email, "password": PASSWORD})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/home/"), login.email
        assert client.get(login.see).status_code == 200, login.see
        client.logout()
    for _, path in pages()[:3]:
        assert client.get(path).status_code == 200, path


def test_calls_are_open_over_and_paused(demo_db: str) -> None:
    calls = Intake.objects.filter(label__slug="kiesweg").exclude(call_name="")
    found = {opening_of(each, now()) for each in calls.select_related("label")}
    assert found == {Opening.OPEN, Opening.OVER, Opening.PAUSED}
    private = calls.exclude(access_code="").get()
    closes = private.closes_at and private.closes_at.astimezone(private.label.zone)
    assert closes
    assert (closes.month, closes.day, closes.hour) == (6, 30, 23)
    assert set(private.questions.values_list("kind", flat=True)) == set(QuestionKind.values)
    assert Activity.objects.filter(kind=Activity.Kind.CALL_MADE).count() == 3


def test_teams_listened_where_players_tell(demo_db: str) -> None:
    heard = Event.objects.filter(transition="listened").values("submission")
    assert heard.count() >= 50
    assert heard.annotate(people=Count("actor", distinct=True)).filter(people=2).count() >= 2
    assert Submission.objects.filter(state=State.IN_REVIEW).exclude(pk__in=heard).exists()
    assert not any(map(silent_host, Revision.objects.filter(submission__in=heard)))


def test_teams_wrote_memos_and_mentioned_each_other(demo_db: str) -> None:
    called = Activity.objects.filter(kind=Activity.Kind.WROTE).exclude(details={})
    assert Memo.objects.count() >= 5
    assert called.count() >= 3
    assert Memo.objects.latest("written_at").written_at < now()
    told = Delivery.objects.exclude(notice=None)
    assert told.filter(person__email=email_of("manager"), channel="in_app").exists()


def test_reply_templates_are_kept(demo_db: str) -> None:
    kept = ReplyTemplate.objects.of(Label.objects.get(slug="kiesweg"))
    assert Counter(kept.values_list("outcome", flat=True)) == {"reject": 3, "request_changes": 1, "accept": 1}
    for template in kept:
        refuse_unknown(template.text)


def test_bulk_action_is_done(demo_db: str) -> None:
    bulk = Bulk.objects.get()
    assert bulk.ended_at
    assert set(bulk.items.values_list("result", flat=True)) == {BulkResult.DONE, BulkResult.SKIPPED}


def test_block_and_reports_stand(demo_db: str) -> None:
    block = Block.objects.standing().get()
    assert block.label.slug == "kiesweg"
    assert block.why
    assert Submission.objects.filter(
        label=block.label, producer=block.producer, state=State.REJECTED
    ).exists()
    assert Report.objects.exclude(settled_at=None).get().label.is_suspended
    assert Report.objects.filter(settled_at=None).exclude(text="").count() == 1


def test_tags_and_assignments_hang_on_what_waits(demo_db: str) -> None:
    waiting = Submission.objects.filter(label__slug="kiesweg").waiting()
    assert Tag.objects.filter(label__slug="kiesweg").values("hue").distinct().count() == 6
    assert waiting.exclude(team_tags=[]).count() >= 3
    assert waiting.exclude(team_assignee=None).count() >= 3
    assert waiting.filter(team_assignee=None).exists()


def test_teams_scored(demo_db: str) -> None:
    rows = Submission.objects.exclude(team_score=None)
    assert rows.filter(label__slug="kiesweg", team_score_count__gt=1).count() >= 3
    assert rows.filter(label__slug="kiesweg", team_score_is_old=True).exists()
    blind = TeamSettings.objects.get(hides_scores=True).label
    assert Criterion.objects.of(blind).count() == 2
    assert rows.filter(label=blind).count() >= 3


def test_old_news_is_read_and_new_is_not(demo_db: str) -> None:
    loud = Event.objects.exclude(transition="listened").order_by("recorded_at")
    old, new = loud[0], loud.reverse()[0]
    announce(event_id=old.pk)
    announce(event_id=new.pk)
    assert mark_old_notices_read() >= 1
    told = Delivery.objects.filter(channel="in_app")
    assert not told.filter(event=old, read_at=None).exists()
    assert not told.filter(event=new).exclude(read_at=None).exists()


def test_people_settled_notifications_and_got_their_digests(demo_db: str) -> None:
    assert Preferences.objects.filter(quiet_from=22).get().person.email == email_of("manager")
    assert KindChoice.objects.filter(label=None).exists()
    assert AssignedOnly.objects.get().person.email == email_of("reviewer")
    sent = Event.objects.filter(transition="submit", submission__label__slug="kiesweg")
    for event in sent.order_by("recorded_at")[:6]:
        announce(event_id=event.pk)
    assert send_digests(now()) >= 2
    digests = Digest.objects.exclude(sent_at=None)
    assert {digest.sent_at.date() == digest.day for digest in digests if digest.sent_at} == {True}
    told = Delivery.objects.filter(digest__in=digests)
    assert not told.filter(created_at__gt=F("sent_at")).exists()


def test_earlier_demos_are_recognised(demo_db: str) -> None:
    call_command("update_fingerprints", verbosity=0)
    reviewer = get_user_model().objects.get(email=email_of("reviewer"))
    waiting = Submission.objects.filter(label__slug="kiesweg").waiting()
    shared = set[str]()
    for each in waiting:
        last = each.revisions.latest("number")
        shared |= {
            row.shares for row in earlier_demos_of(context_of(reviewer, "kiesweg", each.reference), last).rows
        }
    assert {"link", "track, artist and title"} <= shared


def test_response_records_are_kept(demo_db: str) -> None:
    rebuild(Label.objects.all(), lambda done: None)
    kiesweg, talvi = Label.objects.get(slug="kiesweg"), Label.objects.get(slug="talvi")
    assert len(record_summary(kiesweg).facts) == 5
    assert record_summary(talvi).line == "Not enough data yet: 2 demos in the last 90 days"


def test_label_page_and_embed_are_served(demo_db: str) -> None:
    kiesweg = Label.objects.get(slug="kiesweg")
    page = Client().get(kiesweg.get_absolute_url()).content.decode()
    for words in (
        "<h3>Twelve records a year</h3>",
        "our shop (kiesweg.example)",
        "kiesweg.bandcamp.com",
    ):
        assert words in page
    framed = Client().get(f"{kiesweg.get_absolute_url()}embed/")
    sites = "https://kiesweg.example https://www.kiesweg.example"
    assert framed.headers["Content-Security-Policy"].endswith(sites)


def test_conversations_have_open_and_answered_questions(demo_db: str) -> None:
    kiesweg = Label.objects.get(slug="kiesweg")
    talks = Submission.objects.filter(label=kiesweg).exclude(messages=None).distinct()
    assert {each.asked_at is None for each in talks} == {True, False}
    assert talks.filter(producer__email=email_of("maya")).exists()
    assert Message.objects.filter(is_silent=True).exists()
    assert CoProducer.objects.filter(followed_at__isnull=False).count() == 1
