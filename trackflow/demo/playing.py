"""The whole demo, played from its first day to this moment in the order in which things happened."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from tqdm import tqdm

from accounts.models import User
from catalog.models import Profile
from kit.clock import at, now
from labels import status
from labels.models import Label
from trackflow.demo.acts import ACTS
from trackflow.demo.bulk import tag_many
from trackflow.demo.calls import call
from trackflow.demo.catalogue import create_track
from trackflow.demo.conduct import misbehave
from trackflow.demo.houses import Door, create_house
from trackflow.demo.label_table import HOUSES, STAFF
from trackflow.demo.notes import Notes
from trackflow.demo.onboarding import set_up_newcomers
from trackflow.demo.people import create_people
from trackflow.demo.pictures import dress
from trackflow.demo.producer_table import PRODUCERS
from trackflow.demo.replies import keep_replies
from trackflow.demo.saved import save_views
from trackflow.demo.scores import score
from trackflow.demo.script import read
from trackflow.demo.story import Story, unfold
from trackflow.demo.tags import tag
from trackflow.demo.talk import talk
from trackflow.demo.team import ask_around
from trackflow.demo.track_table import CUTS
from trackflow.demo.waiting import fill_outbox

Steps = Iterator[datetime]
MAKERS = {producer.login: producer for producer in PRODUCERS}


def play(*, seed: int = 1978, is_silent: bool = False) -> None:
    """Create people, labels, tracks and their submissions; the same for the same seed and moment."""
    today, rng = now(), _random(seed)
    people = create_people(STAFF, PRODUCERS, today)
    doors: dict[str, Door] = {}
    for house in HOUSES:
        doors |= create_house(house, people, today)
    keep_replies(Label.objects.get(slug="kiesweg"), people["owner"], today)
    ask_around(Label.objects.get(slug="kiesweg"), people, today)
    stories = list(_stories(people, doors, today, rng))
    plots = [*(unfold(story, ACTS) for story in stories), *_suspensions(doors, today)]
    steps = sum(len(story.script.words) + 1 for story in stories)
    with tqdm(desc="Playing the last 90 days", total=steps, unit=" steps", disable=is_silent) as bar:
        for _ in _in_order(plots):
            bar.update()
        bar.total = bar.n
    call(Label.objects.get(slug="kiesweg"), people["owner"], today)
    save_views(people)
    score(people, today)
    talk(Label.objects.listed().order_by("pk"), today, rng)
    tag(today, rng)
    tag_many(people["manager"], today, rng)
    fill_outbox(Label.objects.get(slug="kiesweg"), people, today, rng)
    misbehave(people, today)
    dress(Profile.objects.order_by("pk"), Label.objects.order_by("pk"))
    set_up_newcomers(people, today)


def _stories(
    people: Mapping[str, User], doors: Mapping[str, Door], today: datetime, rng: Random
) -> Iterable[Story]:
    notes = Notes(rng)
    for cut in CUTS:
        scripts = [read(text) for text in cut.scripts]
        own = _random(f"{cut.title} {rng.random()}")
        made = _evening(today, max(script.days_ago for script in scripts), own)
        producer, owner = MAKERS[cut.login], people[cut.login]
        track = create_track(cut, producer, owner, made, own)
        for script in scripts:
            yield Story(
                cut, script, track, producer, owner, doors[script.letter], notes, _random(own.random()), today
            )


def _random(seed: float | str) -> Random:
    return Random(seed)  # noqa: S311  tells stories, keeps no secret


def _evening(today: datetime, days_ago: int, rng: Random) -> datetime:
    return today - timedelta(days=days_ago + rng.randrange(2, 21), minutes=rng.randrange(600))


def _suspensions(doors: Mapping[str, Door], today: datetime) -> Iterable[Steps]:
    labels = {door.desk.label.slug: door.desk.label for door in doors.values()}
    for house in HOUSES:
        if house.suspended:
            yield _suspension(labels[house.slug], today - timedelta(days=house.suspended))


def _suspension(label: Label, moment: datetime) -> Steps:
    yield moment
    status.suspend(label)


def _in_order(plots: Iterable[Steps]) -> Iterator[datetime]:
    """Do the steps of all plots, the earliest first, each under its own clock; yield when each happened."""
    waiting = [(moment, place, plot) for place, plot in enumerate(plots) if (moment := next(plot, None))]
    heapify(waiting)
    while waiting:
        moment, place, plot = heappop(waiting)
        with at(moment):
            following = next(plot, None)
        if following:
            heappush(waiting, (following, place, plot))
        yield moment
