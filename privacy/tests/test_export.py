"""What an export holds: everything of a person, and nothing of others or for the team alone."""

import json
import re

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from notifications.models import Notice
from privacy.export.holding import section_of
from privacy.export.holding_table import ALL
from privacy.tests.builders import data_of, files_of, ready_export, rows_with
from privacy.tests.lives import (
    MARK,
    OTHER,
    TEAM,
    let_the_team_write,
    live_a_life,
    make_person,
    work_at_a_label,
)
from studio.choices import Act, Level
from studio.models import ProjectCrew
from studio.tests.builders import a_project, act
from submissions.models import Submission
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LINKS = re.compile(r"""(?:href|src|url\()\s*=?\s*["']?([^"'\s>)]+)""")


@pytest.fixture
def life(db: None) -> tuple[User, dict[str, Submission], Label]:
    """A person with a life on Trackflow, and a team that wrote about them."""
    label, person = make_label("Harbour"), make_person()
    manager = make_member(label, Role.MANAGER)
    demos = live_a_life(person, label, manager)
    let_the_team_write(demos["in_review"], manager)
    work_at_a_label(person, make_label("Quay"))
    return person, demos, label


def marks_in(text: str, kind: str) -> set[str]:
    return set(re.findall(rf"{kind}\d+x[a-z]*", text))


def written(kind: str) -> set[str]:
    """Return every mark of a kind that stands in the database, in whatever table."""
    return marks_in(" ".join(rows_with(kind)), kind)


def test_everything_of_a_person_is_in_their_export_and_nothing_of_others(
    life: tuple[User, dict[str, Submission], Label],
) -> None:
    person, _, _ = life
    files = files_of(ready_export(person))
    pages = "".join(text for name, text in files.items() if name.endswith(".html"))
    theirs = written(MARK)
    assert len(theirs) > 100
    lost = theirs - marks_in(files["data.json"], MARK)
    assert [row[:300] for row in rows_with(MARK) if marks_in(row, MARK) & lost] == []
    assert theirs - marks_in(pages, MARK) == set()
    for kind in (OTHER, TEAM):
        assert written(kind)
        assert marks_in("".join(files.values()), kind) == set()


def test_passwords_keys_and_secrets_are_not_in_it(life: tuple[User, dict[str, Submission], Label]) -> None:
    person, demos, _ = life
    client_of(person)
    person.set_password("copper kettle sings at noon")
    person.save()
    files = "".join(files_of(ready_export(person)).values())
    assert person.password not in files
    assert str(person.secret) not in files
    for share in (
        share for demo in demos.values() for sheet in demo.split_sheets.all() for share in sheet.lines.all()
    ):
        assert str(share.nonce) not in files


def test_pages_link_each_other_and_nothing_outside(life: tuple[User, dict[str, Submission], Label]) -> None:
    person, demos, _ = life
    files = files_of(ready_export(person))
    assert {f"{demo.reference.lower()}.html" for demo in demos.values()} <= set(files)
    for name, text in files.items():
        if name.endswith(".html"):
            assert set(LINKS.findall(text)) <= set(files), name
            assert "<script" not in text
    assert json.loads(files["data.json"])["account"]["Your account"][0]["Email"] == person.email


def test_words_of_strangers_are_shown_as_they_were_typed(db: None) -> None:
    person = make_person()
    person.name = "<script>alert(1)</script>"
    person.save()
    page = files_of(ready_export(person))["account.html"]
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_export_of_somebody_who_did_nothing_is_short(db: None) -> None:
    person = User.objects.create_user("new@example.com", name="New")
    assert set(data_of(ready_export(person))) == {"made_at", "account"}
    assert not Notice.objects.exists()


def test_export_names_steps_of_others_to_their_crew_alone(db: None) -> None:
    owner, person = make_producer(), make_producer()
    project = a_project(owner)
    act(project, Act.ADD_CREW, owner, person=person, level=Level.EDIT)
    names = ("Drums", "Mix", "Master")
    act(project, Act.ADD_STEPS, owner, steps=[{"name": name, "assignee": person} for name in names])
    act(project, Act.COMPLETE_STEP, person, step=2)
    assert all(name in steps_in_export(person) for name in names)
    ProjectCrew.objects.all().delete()
    text = steps_in_export(person)
    assert not any(name in text for name in names)
    assert text.count(project.code) == 1  # what they did
    assert all(name in steps_in_export(owner) for name in names)


def steps_in_export(person: User) -> str:
    holdings = [each for each in ALL if each.model == "studio.ProjectStep"]
    return str([section_of(each, person) for each in holdings])
