"""Level by act over the pages: who may not see gets 404, who may see but not do it 403, everybody else an answer."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studio.act_table import RULES
from studio.choices import Act, Level, Visibility
from studio.tests.builders import act
from studio.tests.test_levels import LEVELS, Studio, link_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

PROJECT_PAGES: Mapping[str, tuple[Act, ...]] = {
    "project-edit": (Act.EDIT,),
    "project-cover": (Act.SET_COVER,),
    "project-state": (Act.SET_STATE,),
    "project-visibility": (Act.SET_VISIBILITY,),
    "project-place": (Act.PLACE,),
    "project-take-out": (Act.TAKE_OUT,),
    "track-link": (Act.LINK_TRACK,),
    "track-unlink": (Act.UNLINK_TRACK,),
    "make-demo": (Act.MAKE_DEMO,),
    "step-add": (Act.ADD_STEPS,),
    "steps-add": (Act.ADD_STEPS,),
    "step": (Act.CHANGE_STEP,),
    "step-act": (Act.COMPLETE_STEP, Act.REOPEN_STEP, Act.SKIP_STEP, Act.REMOVE_STEP),
    "steps-order": (Act.ORDER_STEPS,),
    "link-add": (Act.ADD_LINK,),
    "link-remove": (Act.REMOVE_LINK,),
    "project-crew-add": (Act.ADD_CREW,),
    "project-crew-change": (Act.ADD_CREW,),
    "project-crew-remove": (Act.REMOVE_CREW,),
    "project-crew-leave": (Act.LEAVE,),
    "ask": (Act.ASK_TO_JOIN,),
    "ask-withdraw": (Act.WITHDRAW_REQUEST,),
    "request-accept": (Act.ACCEPT_REQUEST,),
    "request-refuse": (Act.REFUSE_REQUEST,),
    "request-reopen": (Act.REOPEN_REQUEST,),
    "discard": (Act.DISCARD,),
    "restore": (Act.RESTORE,),
}
PACK_PAGES: Mapping[str, tuple[Act, ...]] = {
    "pack-edit": (Act.EDIT,),
    "pack-cover": (Act.SET_COVER,),
    "pack-order": (Act.ORDER_PROJECTS,),
    "tracklist-add": (Act.ADD_ENTRIES,),
    "tracklist-order": (Act.ORDER_ENTRIES,),
    "entry-mark": (Act.MARK_ENTRY,),
    "entry-remove": (Act.REMOVE_ENTRY,),
    "pack-discard": (Act.DISCARD,),
    "pack-restore": (Act.RESTORE,),
    "pack-visibility": (Act.SET_VISIBILITY,),
    "pack-import": (Act.ADD_ENTRIES,),
    "pack-crew-add": (Act.ADD_CREW,),
    "pack-crew-change": (Act.ADD_CREW,),
    "pack-crew-remove": (Act.REMOVE_CREW,),
    "pack-crew-leave": (Act.LEAVE,),
}
SHOWN = {
    "project": Level.SEE,
    "project-crew": Level.VIEW,
    "project-activity": Level.VIEW,
    "pack": Level.SEE,
    "pack-crew": Level.VIEW,
    "pack-activity": Level.VIEW,
}
"""The lowest level that each page is shown to."""
SAID = {"act": "complete_step"}
"""What the buttons of a step say; other pages want more than this."""


@pytest.fixture(scope="module")
def built(module_db: str) -> Studio:
    """A project and its series with a request to join; readers see both."""
    made = Studio()
    made.open_to("reader")
    return made


@pytest.fixture
def studio(built: Studio, db: None) -> Studio:
    return deepcopy(built)


def path_of(studio: Studio, name: str) -> str:
    subject = studio.pack if name in PACK_PAGES or name.startswith("pack") else studio.project
    kwargs: dict[str, Any] = {"code": subject.code}
    if name in ("step", "step-act"):
        kwargs["number"] = 1
    elif name == "link-remove":
        kwargs["pk"] = link_of(studio)
    elif name.startswith("entry-"):
        kwargs["entry"] = 1
    elif name.endswith(("crew-change", "crew-remove")):
        kwargs["pk"] = subject.crew.earliest("pk").pk
    elif name.startswith("request-"):
        kwargs["pk"] = studio.project.requests.get().pk
    return reverse(f"studio:{name}", kwargs=kwargs)


def level_at(who: str, path: str) -> Level:
    """Return what somebody may do there: the crew of the project alone is a reader of its pack."""
    if path.startswith("/studio/PK-") and who in ("viewer", "editor"):
        return Level.SEE
    return LEVELS[who]


def clients(studio: Studio) -> dict[str, Client]:
    return {name: client_of(user) for name, user in studio.people.items() if name != "stranger"}


def checked(studio: Studio, path: str, needed: Level, method: str) -> dict[str, tuple[bool, int]]:
    """Return by person where the answer is not the one that their level asks for."""
    wrong = {}
    for who, client in clients(studio).items():
        status = getattr(client, method)(path, SAID).status_code
        refused = level_at(who, path) < needed
        if (status == 403) != refused or status in (404, 405):
            wrong[who] = (refused, status)
    return wrong


@pytest.mark.parametrize("name", [*PROJECT_PAGES, *PACK_PAGES])
def test_page_takes_a_post_from_the_level_of_its_act(studio: Studio, name: str) -> None:
    act(studio.project, Act.ASK_TO_JOIN, studio.people["reader"])
    path = path_of(studio, name)
    (needed,) = {RULES[each].level for each in {**PROJECT_PAGES, **PACK_PAGES}[name]}
    assert checked(studio, path, needed, "post") == {}


@pytest.mark.parametrize("name", SHOWN)
def test_page_is_shown_from_its_level(studio: Studio, name: str) -> None:
    assert checked(studio, path_of(studio, name), SHOWN[name], "get") == {}


@pytest.mark.parametrize("name", [*PROJECT_PAGES, *PACK_PAGES, *SHOWN])
def test_page_of_what_is_private_is_not_there_for_strangers(studio: Studio, name: str) -> None:
    act(studio.project, Act.ASK_TO_JOIN, studio.people["reader"])
    path = path_of(studio, name)
    for subject in (studio.project, studio.pack):
        act(subject, Act.SET_VISIBILITY, studio.people["owner"], visibility=Visibility.PRIVATE)
    for who in ("stranger", "reader"):
        client = client_of(studio.people[who])
        answers = (303,) if (name, who) == ("ask-withdraw", "reader") else (404, 405)  # their own request
        assert client.post(path).status_code in answers, who
        assert client.get(path).status_code in (404, 405), who


def test_every_act_has_a_page() -> None:
    for kind, pages in (("project", PROJECT_PAGES), ("pack", PACK_PAGES)):
        covered = {each for acts in pages.values() for each in acts}
        known = {name for name, rule in RULES.items() if kind in rule.on}
        assert known - covered <= {Act.DEMO_MOVED}, kind  # the studio's own
