"""Level by act: who may do what, in the door, in the database, and as written down."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Picture, User
from catalog.tests.builders import make_producer, make_track
from catalog.tracks.track_form_set import TrackFormSet
from kit.clock import now
from studio.act_table import PACK, PROJECT, RULES
from studio.choices import Act, Level, State, Visibility
from studio.errors import NotAllowed, NotPossible, NotVisible
from studio.levels import level_in_pack, level_in_project
from studio.models import Pack, Project, StudioEvent
from studio.tests.builders import a_pack, a_project, act, track_forms

pytestmark = pytest.mark.django_db
PEOPLE = ("stranger", "reader", "viewer", "editor", "pack viewer", "pack editor", "owner")
LEVELS = {
    "stranger": Level.NONE,
    "reader": Level.SEE,
    "viewer": Level.VIEW,
    "editor": Level.EDIT,
    "pack viewer": Level.VIEW,
    "pack editor": Level.EDIT,
    "owner": Level.OWN,
}


NOTHING_TO_DO = {
    *(Act.REOPEN_STEP, Act.LEAVE, Act.ASK_TO_JOIN, Act.WITHDRAW_REQUEST),
    *(Act.UNLINK_TRACK, Act.RESTORE, Act.PLACE, Act.DISCARD),
}


class Studio:
    """A project in a pack, with crew of both; `reader` sees it because it is public, for a `stranger` it is not."""

    def __init__(self) -> None:
        self.people = {name: make_producer() for name in PEOPLE}
        owner = self.people["owner"]
        self.pack = a_pack(owner, kind="series")
        self.project = a_project(owner, pack=self.pack)
        act(self.project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}, {"name": "Master"}])
        act(self.pack, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides")])
        for name, level in (("viewer", Level.VIEW), ("editor", Level.EDIT)):
            act(self.project, Act.ADD_CREW, owner, person=self.people[name], level=level)
            act(self.pack, Act.ADD_CREW, owner, person=self.people[f"pack {name}"], level=level)
        self.other = a_project(owner, title="Other")

    def open_to(self, who: str) -> User:
        """Let readers see it, and return somebody."""
        if who == "reader":
            for subject in (self.project, self.pack):
                act(subject, Act.SET_VISIBILITY, self.people["owner"], visibility=Visibility.PUBLIC)
        return self.people[who]

    def look_again(self) -> None:
        self.project, self.pack = Project.objects.get(pk=self.project.pk), Pack.objects.get(pk=self.pack.pk)


@pytest.fixture(scope="module")
def built(module_db: str) -> Studio:
    return Studio()


@pytest.fixture
def studio(built: Studio, db: None) -> Studio:
    return deepcopy(built)


def details(studio: Studio, name: Act, kind: str) -> dict[str, Any]:
    """Return details with which an act works."""
    found: dict[Act, Callable[[], dict[str, Any]]] = {
        Act.EDIT: lambda: {"notes": "Louder"},
        Act.SET_COVER: lambda: {"picture": Picture.objects.create(data=b"webp")},
        Act.SET_STATE: lambda: {"state": State.FINISHED},
        Act.SET_VISIBILITY: lambda: {"visibility": Visibility.PRIVATE},
        Act.LINK_TRACK: lambda: {"track": make_track(studio.people["owner"])},
        Act.MAKE_DEMO: lambda: {"forms": finished(studio)},
        Act.PLACE: lambda: {"pack": a_pack(studio.people["owner"])},
        Act.ADD_STEPS: lambda: {"steps": [{"name": "Send"}]},
        Act.CHANGE_STEP: lambda: {"step": 1, "weight": 20},
        Act.COMPLETE_STEP: lambda: {"step": 1},
        Act.REOPEN_STEP: lambda: {"step": 2},
        Act.SKIP_STEP: lambda: {"step": 1},
        Act.REMOVE_STEP: lambda: {"step": 1},
        Act.ORDER_STEPS: lambda: {"steps": [2, 1]},
        Act.ADD_LINK: lambda: {"url": "https://example.com/mix"},
        Act.REMOVE_LINK: lambda: {"link": link_of(studio)},
        Act.ORDER_PROJECTS: lambda: {"projects": [studio.project.code]},
        Act.ADD_ENTRIES: lambda: {"entries": [("Nova", "Ebb")]},
        Act.MARK_ENTRY: lambda: {"entry": 1, "mark": "exists"},
        Act.REMOVE_ENTRY: lambda: {"entry": 1},
        Act.ORDER_ENTRIES: lambda: {"entries": [1]},
        Act.ADD_CREW: lambda: {"person": make_producer(), "level": Level.VIEW},
        Act.REMOVE_CREW: lambda: {"person": studio.people["viewer" if kind == PROJECT else "pack viewer"].pk},
        Act.ACCEPT_REQUEST: lambda: {"request": request_of(studio)},
        Act.REFUSE_REQUEST: lambda: {"request": request_of(studio)},
        Act.REOPEN_REQUEST: lambda: {"request": refused(studio)},
    }
    return found[name]() if name in found else {}


def finished(studio: Studio) -> TrackFormSet:
    act(studio.project, Act.SET_STATE, studio.people["owner"], state=State.FINISHED)
    return track_forms(studio.people["owner"])


def link_of(studio: Studio) -> int:
    event = act(studio.project, Act.ADD_LINK, studio.people["owner"], url="https://example.com/demo")
    return int(event.details["link"])


def request_of(studio: Studio) -> int:
    act(studio.project, Act.SET_VISIBILITY, studio.people["owner"], visibility=Visibility.PUBLIC)
    return int(act(studio.project, Act.ASK_TO_JOIN, make_producer()).details["request"])


def refused(studio: Studio) -> int:
    request = request_of(studio)
    act(studio.project, Act.REFUSE_REQUEST, studio.people["owner"], request=request)
    return request


def undone(studio: Studio) -> Iterator[str]:
    """Yield each person; what is done meanwhile is undone before the next one."""
    for who in PEOPLE:
        with transaction.atomic():
            yield who
            transaction.set_rollback(True)
        studio.look_again()


def test_level_is_the_higher_of_project_and_pack(studio: Studio) -> None:
    for who in undone(studio):
        user = studio.open_to(who)
        studio.look_again()
        in_pack = LEVELS[who] if who not in ("viewer", "editor") else Level.NONE
        levels = level_in_project(user, studio.project), level_in_pack(user, studio.pack)
        assert levels == (LEVELS[who], in_pack), who
        with connection.cursor() as cursor:
            asked = [user.pk, studio.project.pk, user.pk, studio.pack.pk]
            cursor.execute("SELECT studio_level_in_project(%s, %s), studio_level_in_pack(%s, %s)", asked)
            assert cursor.fetchone() == levels, who


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, rule in RULES.items() for kind in rule.on])
def test_door_opens_to_the_level_of_the_table(studio: Studio, name: Act, kind: str) -> None:
    for who in undone(studio):
        user = studio.open_to(who)
        given = details(studio, name, kind)
        studio.look_again()
        it = studio.project if kind == PROJECT else studio.pack
        level = level_in_project(user, it) if isinstance(it, Project) else level_in_pack(user, it)
        if name == Act.WITHDRAW_REQUEST and not level:  # somebody who never asked
            check_refused(it, name, user, given, NotVisible)
        elif level < RULES[name].level or (name, who) == (
            Act.TAKE_OUT,
            "editor",
        ):  # who may not edit the pack
            check_refused(it, name, user, given, NotAllowed if level else NotVisible)
        else:
            check_done(it, name, user, given)


def check_refused(
    it: Project | Pack, name: Act, user: User, given: dict[str, Any], error: type[Exception]
) -> None:
    before = StudioEvent.objects.count()
    with pytest.raises(error):
        act(it, name, user, **given)
    assert StudioEvent.objects.count() == before


def check_done(it: Project | Pack, name: Act, user: User, given: dict[str, Any]) -> None:
    try:
        event = act(it, name, user, **given)
    except NotPossible:  # they may, but it is so already, or they are in the crew
        assert name in NOTHING_TO_DO
    else:
        assert (event.act, event.actor) == (name, user)


def test_database_needs_the_level_of_the_table() -> None:
    with connection.cursor() as cursor:
        for name, rule in RULES.items():
            cursor.execute("SELECT studio_level_needed(%s)", [name.value])
            assert cursor.fetchone() == (0 if name == Act.LEAVE else rule.level,), name


REST = "now(), gen_random_uuid(), '{}'::jsonb"
FORGERIES = {
    "by a stranger": f"SELECT %(project)s, %(pack)s, 'edit', %(stranger)s, {REST}",
    "by a viewer": f"SELECT %(project)s, %(pack)s, 'complete_step', %(viewer)s, {REST}",
    "of a pack": f"SELECT NULL::bigint, %(pack)s, 'add_entries', %(viewer)s, {REST}",
    "of nothing": f"SELECT NULL::bigint, NULL::bigint, 'edit', %(owner)s, {REST}",
    "by nobody": f"SELECT %(project)s, %(pack)s, 'edit', NULL::bigint, {REST}",
    "of an answer that no label gave": f"SELECT %(project)s, %(pack)s, 'demo_moved', NULL::bigint, {REST}",
    "of an answer by a person": f"SELECT %(project)s, %(pack)s, 'demo_moved', %(owner)s, {REST}",
    "of another time": f"SELECT %(project)s, %(pack)s, 'edit', %(owner)s, '9100-01-01', {REST[7:]}",
}
INSERT = "INSERT INTO studio_studioevent (project_id, pack_id, act, actor_id, at, key, details) "


@pytest.mark.parametrize("forgery", FORGERIES)
def test_database_refuses_events_that_the_door_would_not_write(studio: Studio, forgery: str) -> None:
    given = {"project": studio.project.pk, "pack": studio.pack.pk}
    given |= {name: studio.people[name].pk for name in ("stranger", "viewer", "owner")}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT + FORGERIES[forgery], given)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE studio_studioevent SET act = 'edit'",
        "DELETE FROM studio_studioevent",
        "TRUNCATE studio_studioevent",
        "ALTER TABLE studio_studioevent DISABLE TRIGGER ALL",
    ],
)
def test_activity_is_append_only(studio: Studio, attack: str) -> None:
    before = list(StudioEvent.objects.order_by("pk").values_list("pk", "act"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert list(StudioEvent.objects.order_by("pk").values_list("pk", "act")) == before


def test_account_that_is_closed_does_nothing(studio: Studio) -> None:
    owner = studio.people["owner"]
    User.objects.filter(pk=owner.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        act(studio.project, Act.EDIT, owner, notes="Still here")


def test_same_key_acts_once(studio: Studio) -> None:
    from studio.actions import perform  # lazy: the builder gives each act its own key

    key, owner = uuid4(), studio.people["owner"]
    first = perform(studio.project, Act.COMPLETE_STEP, user=owner, key=key, step=1)
    assert perform(studio.project, Act.COMPLETE_STEP, user=owner, key=key, step=1) == first
    assert first.at <= now()


def test_nothing_but_restoring_is_done_to_what_is_in_the_bin(studio: Studio) -> None:
    owner = studio.people["owner"]
    act(studio.other, Act.DISCARD, owner)
    with pytest.raises(NotPossible, match="bin"):
        act(studio.other, Act.EDIT, owner, notes="x")
    act(studio.other, Act.RESTORE, owner)
    act(studio.other, Act.EDIT, owner, notes="x")


def test_made_by_lists_ones_own_and_the_crews(studio: Studio) -> None:
    for who in PEOPLE:
        expected = {studio.project} if LEVELS[who] >= Level.VIEW and who != "owner" else set()
        if who == "owner":
            expected = {studio.project, studio.other}
        assert set(Project.objects.made_by(studio.people[who])) == expected, who
        packs = {studio.pack} if who in ("pack viewer", "pack editor", "owner") else set()
        assert set(Pack.objects.made_by(studio.people[who])) == packs, who


def test_kinds_of_subjects_are_kept_apart(studio: Studio) -> None:
    with pytest.raises(NotPossible, match="pack"):
        act(studio.pack, Act.COMPLETE_STEP, studio.people["owner"], step=1)
    assert {kind for rule in RULES.values() for kind in rule.on} == {PROJECT, PACK}
