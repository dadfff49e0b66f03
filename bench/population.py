"""Labels, teams and producers: created once by bulk inserts, read by every process."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.models import User
from bench.plan import SPAN, Plan
from bench.word_table import CITIES, FAMILY, GIVEN, HOUSES, MONIKERS, PLACES
from catalog.models import Genre, Profile
from demo.people import draw_picture
from labels.choices import Role, Status
from labels.models import Intake, Label, Membership
from submissions.choices import ActorRole

TEAM = (Role.OWNER, Role.MANAGER, Role.REVIEWER, Role.REVIEWER, Role.REVIEWER, Role.VIEWER)
CALLS = ("Summer compilation", "Remix contest", "Women in bass")
PROMISE, GRACE = 21, 42
ROLES = {Role.OWNER: ActorRole.OWNER, Role.MANAGER: ActorRole.MANAGER, Role.REVIEWER: ActorRole.REVIEWER}
Actor = tuple[User, str]


@dataclass(frozen=True)
class Desk:
    """A label with what histories need of it."""

    label: Label
    intakes: list[Intake]
    deciders: list[Actor]
    reviewers: list[Actor]


@dataclass(frozen=True)
class Population:
    desks: list[Desk]
    profiles: list[Profile]
    genres: list[tuple[Genre, Genre | None]]


def make(plan: Plan) -> None:
    """Insert labels, intakes, teams and producers."""
    rng, founded = Random(1), plan.until - SPAN - timedelta(days=30)
    labels = [_label(number, founded) for number in range(plan.labels)]
    for label in labels:
        label.logo = draw_picture(label.name)
    Label.objects.bulk_create(labels)
    Intake.objects.bulk_create(
        Intake(code=_code(rng), label=label, call_name=call, promise_days=PROMISE, grace_days=GRACE)
        for label in labels
        for call in (("", *CALLS) if label is labels[0] else ("",))
    )
    for label in labels:
        _team(label, TEAM if label is labels[0] else (Role.MANAGER,))
    _producers(plan.producers, rng)


@cache
def read_once() -> Population:
    """Return the result of `read`, cached in this process."""
    return read()


def read() -> Population:
    """Return what `make` created, the big label first."""
    labels = list(Label.objects.order_by("pk").prefetch_related("intakes", "memberships__user"))
    profiles = list(Profile.objects.select_related("user").order_by("pk"))
    children: dict[int, list[Genre]] = {}
    for genre in Genre.objects.exclude(parent=None).order_by("slug"):
        children.setdefault(genre.parent_id or 0, []).append(genre)
    parents = Genre.objects.offered().parents().order_by("slug")
    pairs = [(each, part) for each in parents for part in [None, *children.get(each.pk, [])]]
    return Population([_desk(label) for label in labels], profiles, pairs)


def _label(number: int, founded: datetime) -> Label:
    name = f"{HOUSES[number % len(HOUSES)]} {PLACES[number // len(HOUSES) % len(PLACES)]}"
    name += f" {number}" if number >= len(HOUSES) * len(PLACES) else ""
    slug = name.lower().replace(" ", "-")
    return Label(name=name, slug=slug, status=Status.VERIFIED, created_at=founded, time_zone="Europe/London")


def _code(rng: Random) -> str:
    digits = f"{rng.randrange(10**8):08}"
    return f"CL-{digits[:4]}-{digits[4:]}"


def _team(label: Label, roles: tuple[Role, ...]) -> None:
    people = User.objects.bulk_create(
        User(
            email=f"{role.label}{place}@{label.slug}.example",
            name=f"{GIVEN[(label.pk + place) % len(GIVEN)]} {FAMILY[label.pk % len(FAMILY)]}",
            password=make_password(None),
            runs_label=True,
        )
        for place, role in enumerate(roles)
    )
    Membership.objects.bulk_create(
        Membership(label=label, user=user, role=role, joined_at=label.created_at)
        for user, role in zip(people, roles, strict=True)
    )


def _producers(count: int, rng: Random) -> None:
    users = User.objects.bulk_create(
        (
            User(email=f"producer{number}@music.example", password=make_password(None), makes_music=True)
            for number in range(count)
        ),
        batch_size=1000,
    )
    Profile.objects.bulk_create((_profile(user, rng) for user in users), batch_size=1000)


def _profile(user: User, rng: Random) -> Profile:
    country, city = rng.choice(CITIES).split(":")
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    if rng.random() < 0.3:
        name = f"{rng.choice(FAMILY)} {rng.choice(MONIKERS)}"
    return Profile(user=user, artist_name=name, contact_email=user.email, country=country, city=city)


def _desk(label: Label) -> Desk:
    members = [each for each in label.memberships.all() if each.role in ROLES]
    actors = [(each.user, ROLES[Role(each.role)].value) for each in sorted(members, key=lambda m: m.pk)]
    deciders = [actor for actor in actors if actor[1] != ActorRole.REVIEWER]
    intakes = sorted(label.intakes.all(), key=lambda intake: intake.pk)
    return Desk(label, intakes, deciders, actors)
