"""The demo's labels, set up as their owners would."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from catalog.models import Genre
from kit import clock
from kit.clock import at
from labels import profile, status
from labels.choices import Role
from labels.models import Intake, Label, Question
from trackflow.demo.cast import Asked, House, Taking
from trackflow.demo.label_pages import write_page
from trackflow.demo.team import gather
from workspace.verification.result_notice import tell_verified


@dataclass(frozen=True)
class Desk:
    """A label with its team, as stories need it."""

    label: Label
    prefix: str
    team: tuple[tuple[User, Role], ...]

    def at_least(self, role: Role, *, but: User) -> list[User]:
        """Return who has this role or more, the lesser ones first, without a person."""
        ranked = sorted(self.team, key=lambda member: member[1])
        return [user for user, own in ranked if own >= role and user != but]


@dataclass(frozen=True)
class Door:
    """An intake with its desk, and its questions with what is answered to them."""

    desk: Desk
    intake: Intake
    questions: tuple[tuple[Question, Asked], ...]


def create_house(house: House, people: Mapping[str, User], now: datetime) -> dict[str, Door]:
    """Create a label with team and intakes, verified or not; return its intakes by their letters."""
    founded = now - timedelta(days=house.founded)
    with at(founded):
        label = _label(house, people)
        write_page(label, people[house.team[0][0]])
        team = tuple((people[login], role) for login, role in house.team)
        gather(label, team[0][0], dict(team[1:]))
        doors = [_door(taking, Desk(label, house.prefix, team), now) for taking in house.intakes]
    if house.is_verified:
        with at(founded + timedelta(days=1, hours=3)):
            label.status = status.verify(label).status
            tell_verified(label, clock.now())
    return {taking.letter: door for taking, door in zip(house.intakes, doors, strict=True)}


def _label(house: House, people: Mapping[str, User]) -> Label:
    owner = people[house.team[0][0]]
    label = profile.create_label(owner=owner, name=house.name, slug=house.slug, time_zone=house.time_zone)
    label.country, label.about, label.shows_names = house.country, house.about, house.shows_names
    label.website = f"https://{house.slug}.example"
    profile.change_label(label, fields=["country", "about", "shows_names", "website"])
    label.genres.set(Genre.objects.filter(slug__in=house.genres))
    return label


def _door(taking: Taking, desk: Desk, now: datetime) -> Door:
    is_call = "call_name" in taking.fields
    intake = Intake(label=desk.label) if is_call else Intake.objects.get(label=desk.label, call_name="")
    if taking.opens is not None and taking.closes is not None:
        midnight = now.astimezone(desk.label.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        intake.opens_at = midnight + timedelta(days=taking.opens)
        intake.closes_at = midnight + timedelta(days=taking.closes + 1)
    for name, value in taking.fields.items():
        setattr(intake, name, value)
    with at(intake.opens_at or desk.label.created_at):
        intake.created_at = intake.opens_at or intake.created_at
        intake.save()
    intake.genres.set(Genre.objects.filter(slug__in=taking.genres))
    asked = [(_question(intake, place, each), each) for place, each in enumerate(taking.questions)]
    return Door(desk, intake, tuple(asked))


def _question(intake: Intake, place: int, asked: Asked) -> Question:
    return Question.objects.create(
        intake=intake,
        position=place,
        kind=asked.kind,
        text=asked.text,
        help_text=asked.help_text,
        options=list(asked.options),
        is_required=asked.is_required,
    )
