"""Plays the whole demo in chronological order, from its first day to now."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from django.db.models import F
from tqdm import tqdm

from accounts.models import User
from catalog.models import Profile
from demo.conversation import converse, let_follow
from demo.desk import save_views, tag_and_assign, tag_in_bulk, write_memos
from demo.digests import settle_notifications
from demo.label_lists import keep_for_sending
from demo.labels import DemoIntake, create_label
from demo.office import ask_for_verification, block_and_report, close_who_is_behind
from demo.outbox import fill_outbox
from demo.people import create_people, draw_pictures
from demo.release_plans import plan_releases
from demo.scores import score_submissions
from demo.scripts import read_script
from demo.steps import STEPS
from demo.story import Notes, Story, play_steps
from demo.studio import answers_to_demos, make_music, tell_of_music
from demo.tables import LABELS, PRODUCERS, TRACKS, LabelSpec
from demo.tracks import create_track
from demo.workspace import invite_others, open_calls, write_reply_templates
from kit.clock import at, now
from labels import status
from labels.models import Label
from notifications.choices import Channel
from notifications.models import Delivery
from submissions.reminders.service import remind_all

BIG_LABEL = "kiesweg"
FRESH_DAYS = 3

Plot = Iterator[datetime]


def play(*, seed: int = 1978, is_silent: bool = False) -> None:
    """Create people, labels, tracks and their submissions; the same for the same seed and moment."""
    today, rng = now(), _random(seed)
    people = create_people(today)
    intakes: dict[str, DemoIntake] = {}
    for spec in LABELS:
        intakes |= create_label(spec, people, today)
    label = Label.objects.get(slug=BIG_LABEL)
    write_reply_templates(label, people["owner"], today)
    invite_others(label, people, today)
    stories = list(_stories(people, intakes, today, rng))
    plots = [*(play_steps(story, STEPS) for story in stories), *_suspensions(people, today)]
    steps = sum(len(story.script.steps) + 1 for story in stories)
    with tqdm(desc="Playing the last 90 days", total=steps, unit=" steps", disable=is_silent) as bar:
        for _ in _in_order(plots):
            bar.update()
        bar.total = bar.n
    _fill_desks(people, today, rng)
    keep_for_sending(people)
    make_music(people, today, _random(seed))
    deque(answers_to_demos(), maxlen=0)
    tell_of_music()
    settle_notifications(people)
    _bring_up_to_date(people, today)


def _bring_up_to_date(people: Mapping[str, User], today: datetime) -> None:
    """Play what happens beside single submissions."""
    block_and_report(people, today)
    draw_pictures(Profile.objects.order_by("pk"), Label.objects.order_by("pk"))
    ask_for_verification(people, today)
    close_who_is_behind(today)
    remind_all()


def mark_old_notices_read() -> int:
    """Mark old notifications as read; return how many."""
    unread = Delivery.objects.filter(channel=Channel.IN_APP, read_at=None)
    old = unread.filter(created_at__lt=now() - timedelta(days=FRESH_DAYS))
    return old.update(read_at=F("created_at") + timedelta(hours=6))


def _fill_desks(people: Mapping[str, User], today: datetime, rng: Random) -> None:
    label = Label.objects.get(slug=BIG_LABEL)
    open_calls(label, people["owner"], today)
    save_views(people)
    score_submissions(people, today)
    write_memos(Label.objects.listed().order_by("pk"), today, rng)
    tag_and_assign(label, today, rng)
    tag_in_bulk(label, people["manager"], today, rng)
    fill_outbox(label, people, today, rng)
    plan_releases(label, people, today, rng)
    converse(label, people, today, rng)
    let_follow(people, today)


def _stories(
    people: Mapping[str, User], intakes: Mapping[str, DemoIntake], today: datetime, rng: Random
) -> Iterable[Story]:
    notes = Notes(rng)
    for spec in TRACKS:
        scripts = [read_script(text) for text in spec.scripts]
        own = _random(f"{spec.title} {rng.random()}")
        made = _evening(today, max(script.days_ago for script in scripts), own)
        producer, owner = PRODUCERS[spec.producer], people[spec.producer]
        track = create_track(spec, producer, owner, made, own)
        for script in scripts:
            target, luck = intakes[script.letter], _random(own.random())
            yield Story(spec, script, track, producer, owner, target, notes, luck, today)


def _random(seed: float | str) -> Random:
    return Random(seed)  # noqa: S311  tells stories, keeps no secret


def _evening(today: datetime, days_ago: int, rng: Random) -> datetime:
    return today - timedelta(days=days_ago + rng.randrange(2, 21), minutes=rng.randrange(600))


def _suspensions(people: Mapping[str, User], today: datetime) -> Iterable[Plot]:
    for spec in LABELS:
        if spec.suspended:
            moment = today - timedelta(days=spec.suspended)
            yield _suspension(Label.objects.get(slug=spec.slug), spec, moment, people["admin"])


def _suspension(label: Label, spec: LabelSpec, moment: datetime, admin: User) -> Plot:
    yield moment
    status.suspend(label, reason=spec.suspended_because, by=admin)


def _in_order(plots: Iterable[Plot]) -> Iterator[datetime]:
    """Run the steps of all plots in chronological order, each at its own pinned time; yield the times."""
    waiting = [(moment, place, plot) for place, plot in enumerate(plots) if (moment := next(plot, None))]
    heapify(waiting)
    while waiting:
        moment, place, plot = heappop(waiting)
        with at(moment):
            following = next(plot, None)
        if following:
            heappush(waiting, (following, place, plot))
        yield moment
