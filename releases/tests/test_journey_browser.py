"""From three demos of two producers to an EP that is out, in a real browser, with JavaScript and without."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from releases.models import Release
from releases.tasks import release_due
from releases.tests.builders import set_up
from submissions.models import Submission
from submissions.verification import faults
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.post_office import PostOffice
from trackflow.testing.team_settings import set_undo_seconds

pytestmark = pytest.mark.browser
TITLES, ARTISTS = ("Low Tide", "Night Bus", "Glass"), ("maya", "maya", "ines")
JO = "jo@example.com"
SHEET_HEAD = (
    "Catalogue number,UPC,Release title,Edition,Release artist,Type,Label,Release date,Original release date,"
    "Pre-order date,Territories,Genre,P line,C line,Artwork,Track,Track title,Mix,Track artist,ISRC,Length,Explicit"
)
SHEET: dict[str, Any] = {
    "title": "Three Harbours",
    "edition": "",
    "artist": "maya, ines",
    "genre": "Deep House",
    "p_line": "2999 Harbour",
    "c_line": "2999 Harbour",
    "artwork_url": "https://art.example/1.png",
    "catalogue_number": "HRB001",
    "label": "Harbour",
    "kind": "ep",
    "upc": "036000291452",
    "territories": ["Worldwide"],
    "excluded": [],
    "is_explicit": False,
    "original_on": None,
    "pre_order_on": None,
}


@dataclass
class Story:
    """Two producers, a label's manager, and somebody with a share but without an account; a page each."""

    browse: Browse
    server: str
    scripts: bool
    label: Label = field(init=False)
    people: dict[str, User] = field(init=False)
    pages: dict[str, Page] = field(init=False)

    def __post_init__(self) -> None:
        self.label = make_label()
        set_undo_seconds(self.label, 0)
        set_up(self.label, isrc_prefix="QMHRB", p_line="2999 Harbour", c_line="2999 Harbour")
        people = {name: make_producer(f"{name}@example.com", artist_name=name) for name in ("maya", "ines")}
        people["manager"] = make_member(self.label, Role.MANAGER)
        self.people = people
        self.pages = {name: self.browse(java_script_enabled=self.scripts) for name in (*people, "jo")}
        for name, user in people.items():
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            sign_in(self.pages[name], user, self.server)

    def demo(self, title: str) -> Submission:
        return Submission.objects.get(track__title=title)

    def at_desk(self, title: str, place: str = "") -> str:
        return f"/desk/{self.label.slug}/{self.demo(title).reference}/{place}"

    def of_release(self, place: str = "") -> str:
        return f"/desk/{self.label.slug}/releases/{Release.objects.get().reference}/{place}"


def press(page: Page, name: str) -> None:
    """Press the button or follow the link of this name in the page's main part."""
    main = page.locator("main")
    main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()


def says(page: Page, *words: str) -> None:
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def send_demo(story: Story, who: str, title: str) -> None:
    track: Track = make_track(story.people[who], title=title, duration=384)
    page = story.pages[who]
    page.goto(f"/labels/{story.label.slug}/")
    page.get_by_role("link", name="Send a demo").first.click()
    page.get_by_label("Track").select_option(label=track.title)
    press(page, "Continue")
    press(page, f"Send to {story.label}")
    says(page, "Waiting to be opened")


def offer(story: Story, title: str, act: str, percentage: str, status: str) -> None:
    page = story.pages["manager"]
    page.goto(story.at_desk(title))
    press(page, act)
    page.get_by_label("Producers’ share in %").fill(percentage)
    page.get_by_label("Text").fill("The whole of the deal.")
    page.locator("#panel button[aria-keyshortcuts=Enter]").click()
    expect(page.locator("#standing")).to_contain_text(status)


def counter(story: Story, title: str) -> None:
    page, reference = story.pages["maya"], story.demo(title).reference
    page.goto(f"/submissions/{reference}/counter/")
    page.get_by_label("Producers’ share in %").fill("60")
    page.get_by_label("Note to the label").fill("Sixty, and I do the artwork.")
    press(page, "Make a counter-offer")
    says(page, "Counter-offer sent")
    page.goto(f"/submissions/{reference}/sign/")
    expect(page.get_by_label("Your full name")).to_have_count(0)


def sign(story: Story, who: str, title: str, percentage: str) -> None:
    page = story.pages[who]
    page.goto(f"/submissions/{story.demo(title).reference}/sign/")
    says(page, percentage, "The whole of the deal.")
    page.get_by_label("Your full name").fill(f"{who.title()} Lind")
    press(page, "Accept the offer")
    says(page, "Signed")


def set_splits(story: Story, title: str) -> None:
    """Maya keeps 60 percent; Jo has no account, Ines has one."""
    page = story.pages["maya"]
    page.goto(f"/submissions/{story.demo(title).reference}/splits/")
    page.locator("#new-sheet > summary").click()
    shares = (("maya", "60"), ("jo", "25"), ("ines", "15"))
    for row, (name, percentage) in enumerate(shares):
        for column, value in (("name", name), ("email", f"{name}@example.com"), ("percentage", percentage)):
            page.locator(f"[name=shares-{row}-{column}]").fill(value)
        page.locator(f"[name=shares-{row}-role]").select_option(index=1)
    page.locator("#new-sheet button[type=submit]").first.click()
    says(page, "Together 100.00 %", "Sheet 2")


def confirm_splits(story: Story, office: PostOffice) -> None:
    mail = next(each for each in office.mails if each["To"] == JO)
    part = mail.get_body(("plain",))
    assert part
    link = re.search(r"http\S+/splits/\S+", str(part.get_content()))
    assert link
    jo, ines = story.pages["jo"], story.pages["ines"]
    jo.goto(link[0])
    press(jo, "Confirm the shares")
    says(jo, "What happened so far", "Signed")
    ines.goto("/splits/")
    press(ines, "Low Tide")
    press(ines, "Confirm the shares")
    says(ines, "What happened so far")
    jo.goto("/splits/")
    expect(jo).to_have_url(re.compile("/accounts/login/"))
    jo.goto(link[0])


def hand_in(story: Story, title: str, link: str) -> None:
    page = story.pages["maya"]
    page.goto(f"/submissions/{story.demo(title).reference}/needed/")
    page.locator("#item-1").get_by_label("Link").fill(link)
    page.locator("#item-1 form button[type=submit]").first.click()
    says(page, "“Master” is handed in.")


def deliverables(story: Story, title: str) -> None:
    """Ask for the master, ask again since it clips, and approve the second one."""
    page, note = story.pages["manager"], "It clips at 2:10."
    page.goto(story.at_desk(title, "deliverables/"))
    page.get_by_label("Something else").first.fill("Master")
    press(page, "Ask the producer")
    says(page, "0 of 1 done")
    hand_in(story, title, "https://www.dropbox.com/s/abcdefghijklmno/first.wav")
    page.reload()
    page.get_by_text("Ask again or waive").click()
    page.locator("#note-1").fill(note)
    press(page, "Ask again")
    story.pages["maya"].goto(f"/submissions/{story.demo(title).reference}/needed/")
    says(story.pages["maya"], note)
    hand_in(story, title, "https://www.dropbox.com/s/abcdefghijklmno/second.wav")
    page.reload()
    says(page, "second.wav")
    press(page, "Approve")
    says(page, "1 of 1 done")


def plan_ep(story: Story) -> None:
    page = story.pages["manager"]
    page.goto(f"/desk/{story.label.slug}/releases/plan/")
    for name in ("title", "artist", "genre", "artwork_url"):
        page.locator(f"main [name={name}]").fill(SHEET[name])
    press(page, "Plan the release")
    says(page, "No release date yet", "missing")
    press(page, "Edit the track list")
    for title in TITLES:
        page.get_by_label(f"{title} by", exact=False).check()
    press(page, "Save the track list")
    expect(page.locator("#tracks tbody tr")).to_have_count(3)
    press(page, "Edit the track list")  # the newest demo stands first
    page.locator("[name=row0-place]").fill("3")
    page.locator("[name=row2-place]").fill("1")
    press(page, "Save the track list")
    expect(page.locator("#tracks tbody th .table__title")).to_have_text([re.compile(each) for each in TITLES])
    press(page, "Add steps")
    page.locator("#id_template").select_option(value="ep")
    press(page, "Add its steps")
    says(page, "Send the contracts")
    press(page, "Assign codes")
    for name in ("Take the next one", "Issue the next ISRCs"):
        page.get_by_label(name).check()
    press(page, "Save codes")
    says(page, "HRB001")


def set_date(story: Story, day: date) -> list[str]:
    """Show what moves, then set the date; return the first row of what was shown."""
    page = story.pages["manager"]
    page.goto(story.of_release("date/"))
    page.get_by_label("Release date").fill(day.isoformat())
    press(page, "Show what moves")
    row = page.locator("main tbody tr").first
    shown = [text.strip() for text in row.locator("th, td").all_inner_texts()]
    press(page, f"it to {words(day)}")
    says(page, f"The release date is {words(day)}.")
    return shown


def deliver(story: Story) -> None:
    page = story.pages["manager"]
    says(page, "Everything the delivery sheet needs is there.")
    press(page, "Mark as delivered")
    press(page, "Mark as delivered")
    says(page, "Marked as delivered. It is frozen now")


def come_out(story: Story, run_jobs: Callable[[], None], day: date) -> None:
    """Let the worker run on the day before, and on the day."""
    for moment, state in ((day - timedelta(days=1), "delivered"), (day, "released")):
        with at(datetime.combine(moment, time(12), story.label.zone)):
            release_due.defer()
            run_jobs()
        assert Release.objects.get().state == state


def words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def downloaded(story: Story, name: str) -> str:
    page = story.pages["manager"]
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    assert download.value.suggested_filename == f"HRB001-delivery.{name.lower()}"
    return download.value.path().read_bytes().decode()


def check_sheets(story: Story, day: date) -> None:
    """Compare both sheets with what a distributor expects, letter by letter."""
    year = now().astimezone(story.label.zone).year % 100
    shared = f'HRB001,036000291452,Three Harbours,,"maya, ines",EP,Harbour,{day},,,Worldwide,Deep House'
    shared += ",2999 Harbour,2999 Harbour,https://art.example/1.png"
    tracks = list(enumerate(zip(TITLES, ARTISTS, strict=True), 1))
    rows = [f"{shared},{n},{title},,{who},QM-HRB-{year}-0000{n},6:24,no" for n, (title, who) in tracks]
    assert downloaded(story, "CSV") == "\ufeff" + "\r\n".join([SHEET_HEAD, *rows, ""])
    sheet = json.loads(downloaded(story, "JSON"))
    assert sheet.pop("tracks") == [
        {"number": n, "isrc": f"QM-HRB-{year}-0000{n}", "title": title, "mix": "", "artist": who}
        | {"seconds": 384, "is_explicit": False}
        for n, (title, who) in tracks
    ]
    assert sheet == SHEET | {"reference": Release.objects.get().reference, "release_on": day.isoformat()}


def see_it_out(story: Story) -> None:
    """Both producers' page tells the whole way; the collaborator's link says that it is out, and no more."""
    reference = Release.objects.get().reference
    for who in ("maya", "ines"):
        page = story.pages[who]
        page.goto(f"/releases/{reference}/")
        says(page, "Three Harbours", "HRB001", *TITLES)
        expect(page.locator(".badge").first).to_contain_text("Released")
        told = page.locator(".timeline").inner_text()
        for each in ("accepted the offer", "set the release date", "delivered it to the distributor"):
            assert each in told, (who, each)
        assert ("counter-offer" in told) == ("confirmed the splits" in told) == (who == "maya")
        assert told.rindex("released it") > told.rindex("delivered it")
    story.pages["jo"].reload()
    says(story.pages["jo"], "Released", "Release date:")
    expect(story.pages["jo"].locator("main")).not_to_contain_text(
        re.compile(r"\b55(\.00)? ?%|whole of the deal")
    )


def subjects_to(office: PostOffice, who: str) -> str:
    return "\n".join(str(mail["Subject"]) for mail in office.mails if mail["To"] == who)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_three_demos_of_two_producers_become_an_ep(
    browse: Browse, server: str, run_jobs: Callable[[], None], post_office: PostOffice, *, scripts: bool
) -> None:
    story = Story(browse, server, scripts)
    for who, title in zip(ARTISTS, TITLES, strict=True):
        send_demo(story, who, title)
        offer(story, title, "Offer to sign", "50", "Offered")
    counter(story, "Low Tide")
    offer(story, "Low Tide", "Make a new offer", "55", "Offered")
    for who, title, percentage in zip(ARTISTS, TITLES, ("55", "50", "50"), strict=True):
        sign(story, who, title, percentage)
    set_splits(story, "Low Tide")
    run_jobs()
    confirm_splits(story, post_office)
    deliverables(story, "Low Tide")
    plan_ep(story)

    first = now().astimezone(story.label.zone).date() + timedelta(days=100)
    day = first + timedelta(days=21)
    assert set_date(story, first) == ["Send the contracts", "no date", words(first - timedelta(days=84))]
    moved = [words(each - timedelta(days=84)) for each in (first, day)]
    assert set_date(story, day) == ["Send the contracts", *moved]
    deliver(story)
    check_sheets(story, day)
    come_out(story, run_jobs, day)
    see_it_out(story)
    assert list(faults()) == []
    assert "set a date for “Low Tide”" in subjects_to(post_office, "maya@example.com")
    assert "“Glass” is out" in subjects_to(post_office, "ines@example.com")
