"""No page scrolls sideways at 360 px, whatever stands in it: a word of 150 letters wherever somebody may write."""

from collections.abc import Iterator

import pytest
from django.db.models import CharField, Model, TextField
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from catalog.models import Collaborator, Profile
from catalog.tests.builders import make_producer, make_track
from desk.models import Criterion, Memo, SavedView, Tag
from labels.choices import Role
from labels.models import Intake, Label, Question, ReplyTemplate
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import make_submission
from trackflow.testing.axe import NARROW, WIDE, overflow
from trackflow.testing.chromium import visitors
from trackflow.testing.clients import sign_in
from trackflow.testing.databases import TestDatabases
from trackflow.testing.live_server import run_jobs, serve
from trackflow.tests.axe_pages import PARTS, AxeData

pytestmark = pytest.mark.browser
WORD = "x" * 150
LONGER = {
    User: ("name",),
    Profile: ("artist_name", "city", "bio"),
    Collaborator: ("name",),
    Label: ("name", "about", "page_text"),
    Intake: ("message",),
    Question: ("text", "help_text"),
    ReplyTemplate: ("name", "text"),
    Criterion: ("name",),
    Memo: ("text",),
    SavedView: ("name",),
    Tag: ("name",),
}
"""What people write, and the database lets us change afterwards."""


def lengthen(model: type[Model], names: tuple[str, ...]) -> None:
    """Write the word, with what tells it apart, into these fields of all rows."""
    for number, row in enumerate(model._default_manager.all()):
        for name in names:
            field = model._meta.get_field(name)
            assert isinstance(field, CharField | TextField)
            longest = field.max_length or len(WORD)
            word = f"{number}{WORD}"[:longest]
            model._default_manager.filter(pk=row.pk).update(**{name: word})


@pytest.fixture(scope="module")
def data(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[AxeData]:
    """The pages that axe-core checks, with long words; in this module's own database."""
    with django_db_blocker.unblock(), test_databases.clone():
        data = AxeData(word=WORD)
        for model, names in LONGER.items():
            lengthen(model, names)
        with override_settings(LINK_CHECKS=False):
            run_jobs()  # to have notifications
        yield data


def overflow_of_wide(page: Page) -> int:
    """Return by how much a page that is open on a phone would scroll sideways on a wide screen."""
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary of the right shape
    found = overflow(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("part", PARTS)
def test_no_page_scrolls_sideways(data: AxeData, chromium: Browser, settings: Settings, part: str) -> None:
    wide = {}
    with serve() as site, visitors(chromium, site) as browse:
        settings.BASE_URL, settings.SHELVES = site, [settings.BASE_DIR]
        for user, paths in data.pages(part):
            page = browse(viewport=NARROW)
            if user:
                sign_in(page, user, site)
            for path in paths:
                page.goto(path)
                wide[path] = overflow(page)
                wide[f"{path}, wide"] = overflow_of_wide(page)
    assert {path: pixels for path, pixels in wide.items() if pixels} == {}


@pytest.mark.parametrize("title", [WORD, "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"])
def test_titles_of_one_word_wrap_wherever_they_stand(
    data: AxeData, chromium: Browser, settings: Settings, title: str
) -> None:
    label, producer = make_label(f"Quiet {title[:3]}"), make_producer()
    manager, slug = make_member(label, Role.MANAGER), label.slug
    demo = make_submission("in_review", label=label, track=make_track(producer, title=title), manager=manager)
    visits = {
        producer: [
            reverse("catalog:track", args=[demo.track.code]),
            reverse("submissions:withdraw", args=[demo.reference]),
        ],
        manager: [
            reverse("desk:submission", args=[slug, demo.reference]),
            f"{reverse('desk:queue', args=[slug])}?q=ball:any",
        ],
    }
    with serve() as site, visitors(chromium, site) as browse:
        settings.BASE_URL = site
        for user, paths in visits.items():
            page = browse(viewport=NARROW)
            sign_in(page, user, site)
            for path in paths:
                page.goto(path)
                assert page.get_by_text(title).count(), path
                assert overflow(page) == 0, path
