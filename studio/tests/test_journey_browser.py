"""Two people from an idea to an offer, in a real browser, with JavaScript and without: crew, steps, a pack, a demo."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.models import Collaborator
from catalog.tests.builders import make_producer
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from studio.choices import State
from studio.models import Project, StudioEvent
from submissions.models import Submission
from submissions.verification import faults
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.team_settings import set_undo_seconds

pytestmark = pytest.mark.browser
LINK = "https://soundcloud.com/maya-tides/low-tide/s-MjcQ5BtcRPp"
STEPS = ("Sketch", "Arrangement", "Mix", "Feedback", "Master", "Metadata", "Send")


@dataclass
class Story:
    """Maya, whose idea it is, Ines, who sings, and a label's manager; each has a page."""

    browse: Browse
    server: str
    scripts: bool
    label: Label = field(init=False)
    maya: Page = field(init=False)
    ines: Page = field(init=False)
    manager: Page = field(init=False)

    def __post_init__(self) -> None:
        self.label = make_label()
        set_undo_seconds(self.label, 0)
        self.maya = self.page_of(make_producer("maya@example.com", artist_name="Maya Tides"))
        self.ines = self.page_of(make_producer("ines@example.com", artist_name="Ines Vox"))
        self.manager = self.page_of(make_member(self.label, Role.MANAGER))

    def page_of(self, user: User) -> Page:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        page = self.browse(java_script_enabled=self.scripts)
        sign_in(page, user, self.server)
        return page

    @property
    def project(self) -> str:
        return reverse("studio:project", args=[Project.objects.get().code])


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button or follow the link of this name in the page's main part."""
    main = page.locator("main")
    main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()


def says(page: Page, *words: str) -> None:
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def begin(story: Story) -> None:
    """Maya has an idea, and lets everybody see it."""
    page = story.maya
    page.goto(reverse("studio:next"))
    press(page, "New project")
    page.locator("#id_title").fill("Low Tide (Extended Mix)")
    page.locator("#id_steps").select_option(label="Track")
    page.locator("#id_visibility").select_option("public")
    press(page, "Create project")
    says(page, "Low Tide", *STEPS)


def join(story: Story) -> None:
    """Ines finds it and asks to join; Maya accepts."""
    page = story.ines
    page.goto(reverse("studio:open"))
    page.get_by_role("link", name="Low Tide").first.click()
    page.locator("#id_parts").fill("vocals, harmonies")
    page.locator("#id_message").fill("I hear a second voice in the break.")
    press(page, "Send request")
    story.maya.goto(reverse("studio:next"))
    says(story.maya, "Ines Vox")
    story.maya.goto(reverse("studio:requests"))
    says(story.maya, "I hear a second voice in the break.")
    story.maya.get_by_label("Access").select_option(label="Edit")
    press(story.maya, re.compile("^Accept"))
    page.goto(story.project)
    says(page, *STEPS)


def work(story: Story) -> None:
    """Both complete steps, each in one press; the link to the music comes from Ines."""
    for number, name in enumerate(STEPS):
        page = (story.maya, story.ines)[number % 2]
        page.goto(story.project)
        page.get_by_role("button", name=f"Complete “{name}”").click()
        expect(page.get_by_role("button", name=f"Reopen “{name}”")).to_be_visible()
    page = story.ines
    page.goto(story.project)
    page.locator("summary", has_text="Add a link").click()
    page.locator("#links [name$=url]").fill(LINK)
    press(page, "Add link")
    says(page, "soundcloud.com")


def pack(story: Story) -> None:
    """Maya makes an EP of it."""
    page = story.maya
    page.goto(reverse("studio:packs"))
    press(page, "New pack")
    page.locator("#id_kind").select_option("ep")
    page.locator("main form #id_title").fill("Late Buses")
    page.locator("main form button[type=submit]").last.click()
    says(page, "Late Buses")
    page.locator("main select[name$=project]").select_option(label="Low Tide (Extended Mix)")
    press(page, "Add to pack")
    expect(page.locator("#pack-projects")).to_contain_text("Low Tide")


def make_demo(story: Story) -> None:
    """Maya finishes it and makes it a demo: what the project knows is filled in, Ines has her share."""
    page = story.maya
    page.goto(story.project)
    press(page, "Finished")
    press(page, "Make it a demo")
    expect(page.locator("#id_title")).to_have_value("Low Tide")
    expect(page.locator("#id_mix")).to_have_value("Extended Mix")
    expect(page.locator("#id_audio_url")).to_have_value(LINK)
    people = page.locator("[name^=people-][name$=-name]")
    assert [people.nth(row).input_value() for row in range(2)] == ["Maya Tides", "Ines Vox"]
    page.locator("[name=people-0-split]").fill("60")
    press(page, "Save and choose labels")
    says(page, "add up to 110 percent")
    page.locator("[name=people-1-split]").fill("40")
    page.locator("#id_genre").select_option(label="Deep House")
    for name, value in (("version_type", "original"), ("release_status", "unreleased"), ("ai", "no")):
        page.locator(f"#id_{name}").select_option(value)
    page.locator("#id_exclusivity").select_option("sent_elsewhere")
    press(page, "Save and choose labels")


def send(story: Story) -> None:
    """The normal way on: labels, notes, a last look."""
    page = story.maya
    page.get_by_role("checkbox", name=story.label.name).check()
    press(page, "Continue")
    press(page, "Check before sending")
    press(page, "Send to 1 label")
    says(page, story.label.name)
    page.goto(story.project)
    expect(page.locator("#demo")).to_contain_text(story.label.name)
    story.ines.goto(story.project)
    expect(story.ines.locator("#demo")).to_have_text(re.compile("It was sent to labels as a demo"))
    expect(story.ines.locator("main")).not_to_contain_text(story.label.name)


def sign(story: Story) -> None:
    """The label offers to sign it; Maya accepts."""
    submission, desk = Submission.objects.get(), story.manager
    desk.goto(f"/desk/{story.label.slug}/{submission.reference}/")
    press(desk, "Start review")
    expect(desk.locator("#standing")).to_contain_text("In review")
    press(desk, "Offer to sign")
    desk.get_by_label("Producers’ share in %").fill("50")
    desk.locator("#panel button[aria-keyshortcuts=Enter]").click()
    expect(desk.locator("#standing")).to_contain_text("Offered")
    page = story.maya
    page.goto(f"{submission.get_absolute_url()}sign/")
    page.get_by_label("Your full name").fill("Maya Tides")
    page.locator("main form button[type=submit]").last.click()
    says(page, "Signed")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_people_bring_an_idea_to_a_label(
    committed_db: str, browse: Browse, server: str, run_jobs: Callable[[], None], *, scripts: bool
) -> None:
    story = Story(browse, server, scripts)
    for part in (begin, join, work, pack, make_demo, send, sign):
        part(story)
    run_jobs()
    for page in (story.maya, story.ines):
        page.goto(story.project)
        says(page, "A label offered to sign the demo", "The demo was signed")
    expect(story.ines.locator("#demo")).to_contain_text("It is signed to a label.")
    project = Project.objects.get()
    assert (project.state, project.progress.percent) == (State.FINISHED, 100)
    assert [(each.name, each.split) for each in Collaborator.objects.all()] == [
        ("Maya Tides", 60),
        ("Ines Vox", 40),
    ]
    assert list(StudioEvent.objects.filter(actor=None).values_list("details__demo", flat=True)) == [
        "accepted",
        "signed",
    ]
    assert list(faults()) == []
