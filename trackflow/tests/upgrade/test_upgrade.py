"""The database of each release that was made, brought to this version: verified, and its pages open.

`make release-dump` writes `<version>.dump.xz` beside this file; it is made once for each release, and never changed.
"""

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from labels.choices import Role
from labels.models import Membership
from submissions.models import Event, Submission
from trackflow import backups
from trackflow.backups import Database
from trackflow.testing.clients import client_of
from trackflow.testing.databases import TestDatabases, use

DUMPS = sorted(Path(__file__).parent.glob("*.dump.xz"))
MOST_PAGES = 30
HREF = re.compile(r'href="(/[a-zA-Z][^"?#]*/)["?#]')
NO_PAGES = ("/static/", "/pictures/", "/accounts/logout/", "/admin/", "/health/")


@pytest.fixture(scope="module", params=DUMPS, ids=lambda path: path.name)
def upgraded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    test_databases: TestDatabases,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A release's database, restored, migrated and verified as `manage.py restore` does; yields what verifying said."""
    whole = tmp_path_factory.mktemp("upgrade") / "whole.dump"
    whole.write_bytes(lzma.decompress(request.param.read_bytes()))
    home = Database(test_databases.owner, test_databases.runtime)
    with django_db_blocker.unblock(), backups._fresh(home) as database:
        said, before = backups.restore(whole, database), connection.settings_dict["NAME"]
        use(database.name)
        try:
            yield said
        finally:
            use(before)


def test_every_history_is_verified(upgraded: str) -> None:
    assert upgraded.endswith("0 faults")
    assert Event.objects.count() > 100


def test_nothing_is_left_to_migrate_or_to_check(upgraded: str) -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("check", verbosity=0)


def test_main_pages_of_every_role_open(upgraded: str) -> None:
    """One person of each role opens where they begin, and the pages that lead from there and from their desk."""
    for person in people():
        client = client_of(person)
        starts = [
            "/home/",
            *(f"/desk/{each.label.slug}/" for each in person.memberships.select_related("label")),
        ]
        opened = {address for start in starts[:2] for address in links_of(client, start)}
        assert len(opened) > 4, person
        for address in sorted(opened)[:MOST_PAGES]:
            assert client.get(address, follow=True).status_code == 200, (person, address)


def test_office_opens(upgraded: str) -> None:
    staff = User.objects.filter(is_staff=True, is_superuser=True).first()
    client = client_of(staff)
    for model in admin.site._registry:
        name = model._meta.label_lower.replace(".", "/")
        assert client.get(f"/admin/{name}/", follow=True).status_code in (200, 403), name


def test_each_state_is_shown_to_its_producer(upgraded: str) -> None:
    states = set(Submission.objects.values_list("state", flat=True))
    for state in states:
        submission = Submission.objects.filter(state=state).select_related("producer").earliest("pk")
        response = client_of(submission.producer).get(f"/submissions/{submission.reference}/", follow=True)
        assert response.status_code == 200, state
    assert len(states) > 8


def people() -> list[User]:
    """Return one member of each role, and the producer with the most submissions."""
    members = [Membership.objects.filter(role=role).earliest("pk").user for role in Role]
    sent = User.objects.annotate(sent=Count("submissions")).order_by("-sent", "pk")
    return [*members, sent[0]]


def links_of(client: Client, start: str) -> set[str]:
    """Open a page and return the addresses of pages that it links."""
    page = client.get(start, follow=True)
    assert page.status_code == 200
    return {link for link in HREF.findall(page.content.decode()) if not link.startswith(NO_PAGES)}
