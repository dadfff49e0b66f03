"""A team in a browser: invited, joined, promoted, gone; with sign-up and mail as they really are."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.post_office import PostOffice

pytestmark = pytest.mark.browser
INVITATION = r"http://[^/\s]+/invitations/\S+"
CONFIRMATION = r"http://[^/\s]+/accounts/confirm-email/\S+"


def invite(page: Page, label: Label, email: str, role: str = "Reviewer") -> None:
    page.goto(f"/desk/{label.slug}/team/")
    page.get_by_label("Email address").fill(email)
    page.locator("#invite").get_by_label("Role").select_option(role)
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"The invitation to {email} is on its way.")).to_be_visible()


def link_in(post_office: PostOffice, pattern: str) -> str:
    """Return the link of the last mail."""
    part = post_office.mails[-1].get_body(("plain",))
    assert part
    found = re.search(pattern, str(part.get_content()))
    assert found
    return found[0]


def test_newcomer_is_invited_signs_up_confirms_their_mail_and_joins(
    browse: Browse, server: str, run_jobs: Callable[[], None], post_office: PostOffice
) -> None:
    label = make_label()
    host, guest = browse(), browse()
    sign_in(host, make_member(label, Role.OWNER), server)
    invite(host, label, "ada@example.com")
    run_jobs()
    guest.goto(link_in(post_office, INVITATION))
    expect(guest.get_by_text("invites you to the team of Harbour")).to_be_visible()
    guest.get_by_role("link", name="Create an account").click()
    guest.get_by_label("Email").fill("ada@example.com")
    guest.get_by_label("Password", exact=True).fill(PASSWORD)
    guest.get_by_label("Password", exact=True).press("Enter")
    expect(guest).to_have_url(re.compile("confirm-email"))
    run_jobs()
    guest.goto(link_in(post_office, CONFIRMATION))
    guest.locator("main").get_by_role("button", name="Confirm").click()
    guest.get_by_label("Name", exact=True).fill("Ada")
    guest.get_by_label("I run a label").check()
    guest.get_by_role("button", name="Continue").click()
    guest.get_by_role("button", name="Join as ada@example.com").click()
    expect(guest).to_have_url(re.compile(f"/desk/{label.slug}/"))
    expect(guest.get_by_text("You joined the team of Harbour as a reviewer.")).to_be_visible()
    host.goto(f"/desk/{label.slug}/team/")
    expect(host.locator(".roster__who", has_text="Ada")).to_be_visible()
    expect(host.locator("#invitations")).to_have_count(0)


def test_who_has_an_account_signs_in_on_the_way_and_joins_with_it(
    browse: Browse, server: str, run_jobs: Callable[[], None], post_office: PostOffice
) -> None:
    label = make_label()
    eve = make_user("eve@example.com", password=PASSWORD, name="Eve", makes_music=True)
    EmailAddress.objects.create(user=eve, email=eve.email, verified=True, primary=True)
    host, guest = browse(), browse(java_script_enabled=False)
    sign_in(host, make_member(label, Role.OWNER), server)
    invite(host, label, "other@example.com", "Viewer")
    run_jobs()
    guest.goto(link_in(post_office, INVITATION))
    guest.locator("main").get_by_role("link", name="Sign in").click()
    guest.get_by_label("Email").fill(eve.email)
    guest.get_by_label("Password", exact=True).fill(PASSWORD)
    guest.get_by_label("Password", exact=True).press("Enter")
    expect(guest.get_by_text("It was sent to other@example.com")).to_be_visible()
    guest.get_by_role("button", name="Join as eve@example.com").click()
    expect(guest.get_by_text("You joined the team of Harbour as a viewer.")).to_be_visible()
    assert Invitation.objects.get().accepted_by == eve
    host.goto("/notifications/")
    expect(host.get_by_text("joined the team as viewer").first).to_be_visible()


def test_owner_changes_a_role_hands_over_and_leaves(browse: Browse, server: str) -> None:
    label = make_label()
    owner, member = make_member(label, Role.OWNER), make_member(label, Role.VIEWER)
    User.objects.filter(pk=member.pk).update(name="Ada")
    page = browse()
    sign_in(page, owner, server)
    page.goto(f"/desk/{label.slug}/team/")
    row = page.locator(".roster__row", has_text="Ada")
    row.get_by_text("Change").click()
    row.get_by_label("Role").select_option("Manager")
    row.get_by_role("button", name="Save role").click()
    expect(page.get_by_text("Ada is now a manager.")).to_be_visible()
    page.get_by_role("link", name="Leave the team").click()
    expect(page.get_by_text("you are the only one of Harbour")).to_be_visible()
    page.get_by_role("link", name="Hand the label over").click()
    page.get_by_label("New owner").select_option("Ada, manager")
    page.get_by_role("button", name="Hand over Harbour").click()
    expect(page.get_by_text("Ada now owns Harbour. You are a manager.")).to_be_visible()
    page.get_by_role("link", name="Leave the team").click()
    page.get_by_role("button", name="Leave the team").click()
    expect(page.get_by_text("You left the team of Harbour.")).to_be_visible()
    assert [(each.user, each.role) for each in Membership.objects.all()] == [(member, Role.OWNER)]


def test_key_opens_the_desks_and_leads_to_the_same_place(browse: Browse, server: str) -> None:
    harbour, quay = make_label("Harbour"), make_label("Quay")
    person = make_member(harbour, Role.OWNER)
    Membership.objects.create(label=quay, user=person, role=Role.VIEWER)
    page = browse(viewport={"width": 1280, "height": 800})
    sign_in(page, person, server)
    page.goto(f"/desk/{harbour.slug}/")
    page.keyboard.press("d")
    expect(page.get_by_role("link", name="Quay", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Quay", exact=True)).to_be_hidden()
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/desk/{quay.slug}/"))
    page.goto(f"/desk/{quay.slug}/outbox/")
    page.locator(".switch summary").click()
    page.get_by_role("link", name="Harbour", exact=True).click()
    expect(page).to_have_url(re.compile(f"/desk/{harbour.slug}/outbox/"))
    page.goto("/home/")
    expect(page).to_have_url(re.compile(f"/desk/{harbour.slug}/"))
