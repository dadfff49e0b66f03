"""The demo's labels with their teams and intakes, set up as their owners would."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from activity import log
from activity.models import Activity
from catalog.models import Genre
from demo.tables import IntakeSpec, LabelSpec, QuestionSpec
from kit import clock
from kit.clock import at
from labels import profile, status
from labels.choices import Role
from labels.embedding.sites import read_sites
from labels.models import Intake, Label, Question
from labels.team import invitations
from workspace.verification.result_notice import tell_verified


@dataclass(frozen=True)
class Team:
    """A label with the people who work there."""

    label: Label
    prefix: str
    members: tuple[tuple[User, Role], ...]

    def at_least(self, role: Role, *, but: User) -> list[User]:
        """Return who has this role or more, the lesser ones first, without a person."""
        ranked = sorted(self.members, key=lambda member: member[1])
        return [user for user, own in ranked if own >= role and user != but]


@dataclass(frozen=True)
class DemoIntake:
    """An intake with its team, and its questions with what is answered to them."""

    team: Team
    intake: Intake
    questions: tuple[tuple[Question, QuestionSpec], ...]


def create_label(spec: LabelSpec, people: Mapping[str, User], now: datetime) -> dict[str, DemoIntake]:
    """Create a label with team and intakes, verified or not; return its intakes by their letters."""
    founded = now - timedelta(days=spec.founded)
    with at(founded):
        label = _label(spec, people)
        _write_page(label, spec, people[spec.owner])
        members = tuple((people[login], role) for login, role in spec.team.items())
        _invite_team(label, members)
        team = Team(label, spec.prefix, members)
        intakes = [_intake(each, team, now) for each in spec.intakes]
    if spec.is_verified:
        with at(founded + timedelta(days=1, hours=3)):
            label.status = status.verify(label).status
            tell_verified(label, clock.now())
    return {each.letter: intake for each, intake in zip(spec.intakes, intakes, strict=True)}


def _label(spec: LabelSpec, people: Mapping[str, User]) -> Label:
    owner = people[spec.owner]
    label = profile.create_label(owner=owner, name=spec.name, slug=spec.slug, time_zone=spec.time_zone)
    label.country, label.about, label.shows_names = spec.country, spec.about, spec.shows_names
    label.website = f"https://{spec.slug}.example"
    label.keeps_months = spec.keeps_months
    profile.change_label(label, fields=["country", "about", "shows_names", "website", "keeps_months"])
    label.genres.set(Genre.objects.filter(slug__in=spec.genres))
    return label


def _write_page(label: Label, spec: LabelSpec, owner: User) -> None:
    """Give the label its page as its owner would, if it wrote one."""
    if spec.page_text:
        label.page_text, label.embed_sites = spec.page_text, read_sites(spec.embed_sites)
        profile.change_label(label, fields=["page_text", "embed_sites"])
        log.write(Activity.Kind.EMBED_CHANGED, label=label, actor=owner, sites=label.embed_sites)


def _invite_team(label: Label, members: tuple[tuple[User, Role], ...]) -> None:
    """Let the owner invite the others to the team, who all accept, none before they had an account."""
    (owner, _), *others = members
    for user, role in others:
        with at(max(clock.now(), user.date_joined)):
            offer = invitations.invite(label, email=user.email, role=role, days=7, by=owner)
            invitations.accept(offer, nonce=offer.nonce, user=user)


def _intake(spec: IntakeSpec, team: Team, now: datetime) -> DemoIntake:
    label, is_call = team.label, "call_name" in spec.settings
    intake = Intake(label=label) if is_call else Intake.objects.get(label=label, call_name="")
    if spec.opens is not None and spec.closes is not None:
        midnight = now.astimezone(label.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        intake.opens_at = midnight + timedelta(days=spec.opens)
        intake.closes_at = midnight + timedelta(days=spec.closes + 1)
    for name, value in spec.settings.items():
        setattr(intake, name, value)
    with at(intake.opens_at or label.created_at):
        intake.created_at = intake.opens_at or intake.created_at
        intake.save()
    intake.genres.set(Genre.objects.filter(slug__in=spec.genres))
    asked = [(_question(intake, place, each), each) for place, each in enumerate(spec.questions)]
    return DemoIntake(team, intake, tuple(asked))


def _question(intake: Intake, place: int, spec: QuestionSpec) -> Question:
    return Question.objects.create(
        intake=intake,
        position=place,
        kind=spec.kind,
        text=spec.text,
        help_text=spec.help_text,
        options=list(spec.options),
        is_required=spec.is_required,
    )
