"""The pages of exports and deletions."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import PASSWORD, person, queued, signed_in  # noqa: F401  # fixtures
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from privacy.deletion.service import Refused, ask, labels_without
from privacy.models import Export
from privacy.tests.builders import ready_export
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
DATA, DELETE, KEEP = (reverse(f"privacy:{name}") for name in ("your-data", "delete", "keep"))


def prove(client: Client) -> None:
    """Type the password again."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def download_of(export: Export) -> str:
    return reverse("privacy:download", args=[export.code])


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_person_asks_for_an_export_once_and_sees_its_progress(signed_in: Client, person: User) -> None:  # noqa: F811
    assert "Export my data" in text_of(signed_in, DATA)
    assert signed_in.post(DATA)["Location"].startswith("/accounts/reauthenticate/")
    assert not Export.objects.exists()
    prove(signed_in)
    assert signed_in.post(DATA).status_code == 303
    export = Export.objects.get()
    assert "Your export is being made" in text_of(signed_in, DATA)
    Export.objects.update(done=3, total=12)
    partial = signed_in.get(DATA, headers={"HX-Request": "true", "HX-Target": "export"}).content.decode()
    assert partial.startswith("\n<section") or "<html" not in partial
    assert ">25<" in partial
    assert 'hx-trigger="poll"' in partial
    refused = signed_in.post(DATA)
    assert refused.status_code == 429
    assert "being made already" in refused.content.decode()
    assert list(Export.objects.all()) == [export]


def test_fourth_export_of_a_day_waits(person: User, signed_in: Client) -> None:  # noqa: F811
    for _ in range(3):
        ready_export(person)
    prove(signed_in)
    refused = signed_in.post(DATA)
    assert refused.status_code == 429
    assert "3 times a day" in refused.content.decode()
    assert 86_000 < int(refused["Retry-After"]) <= 86_401
    with at(now() + timedelta(days=1, minutes=1)):
        assert signed_in.post(DATA).status_code == 303


def test_export_is_handed_out_to_its_person_alone_for_a_week(cast: Cast) -> None:
    export = ready_export(cast.producer)
    path = download_of(export)
    found = client_of(cast.producer).get(path)
    assert found.status_code == 200
    assert found["Cache-Control"] == "private, no-store"
    assert found["Content-Disposition"].startswith("attachment")
    assert found.content.startswith(b"PK")
    assert client_of(cast.stranger).get(path).status_code == 404
    assert client_of(cast.admin).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    with at(now() + timedelta(days=7, minutes=1)):
        assert client_of(cast.producer).get(path).status_code == 404


def test_who_acts_as_somebody_sees_neither_their_data_nor_deletes_it(cast: Cast) -> None:
    export = ready_export(cast.producer)
    admin = client_of(cast.admin)
    assert admin.post("/acting/start/", {"user_pk": cast.producer.pk, "why": "A ticket"}).status_code == 303
    for path in (DATA, DELETE, download_of(export)):
        assert admin.get(path).status_code in (403, 404)


def test_failed_export_can_be_asked_for_again(person: User, signed_in: Client) -> None:  # noqa: F811
    prove(signed_in)
    signed_in.post(DATA)
    with at(now() + timedelta(hours=1, minutes=1)):
        assert "could not be made" in text_of(client_of(person), DATA)
        assert signed_in.post(DATA).status_code == 303


def test_deletion_asks_who_one_is_then_for_the_address(person: User) -> None:  # noqa: F811
    late = client_of(person)
    asked = late.post(DELETE, {"email": person.email})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    person.refresh_from_db()
    assert person.deletes_at is None
    assert late.post(asked["Location"], {"password": PASSWORD, "next": DELETE}).status_code == 303
    person.refresh_from_db()
    assert person.deletes_at, "what was typed before is not asked for again"


def test_wrong_address_is_refused_and_kept(signed_in: Client, person: User) -> None:  # noqa: F811
    prove(signed_in)
    refused = signed_in.post(DELETE, {"email": "innes@example.com"})
    assert refused.status_code == 422
    assert 'value="innes@example.com"' in refused.content.decode()
    person.refresh_from_db()
    assert person.deletes_at is None


def test_deletion_waits_seven_days_with_a_banner_and_the_way_back(
    signed_in: Client,  # noqa: F811
    person: User,  # noqa: F811
    queued: Any,  # noqa: F811
) -> None:
    prove(signed_in)
    assert signed_in.post(DELETE, {"email": person.email.upper()}).status_code == 303
    person.refresh_from_db()
    assert person.deletes_at
    assert timedelta(days=7, minutes=-1) < person.deletes_at - now() <= timedelta(days=7)
    for path in ("/settings/", reverse("account_email"), DATA, reverse("notifications:list")):
        assert "Keep my account" in text_of(signed_in, path), path
    assert [job["kind"] for job in queued("privacy.mail_deletion")] == ["asked", "tomorrow"]
    assert signed_in.post(KEEP).status_code == 303
    person.refresh_from_db()
    assert person.deletes_at is None
    assert "Keep my account" not in text_of(signed_in, "/settings/")


def test_signing_in_during_the_wait_works(person: User) -> None:  # noqa: F811
    ask(person)
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert "Keep my account" in text_of(client, "/settings/")


def test_only_owner_hands_over_first(signed_in: Client, person: User) -> None:  # noqa: F811
    label = make_label("Harbour")
    Membership.objects.create(label=label, user=person, role=Role.OWNER)
    prove(signed_in)
    shown = text_of(signed_in, DELETE)
    assert reverse("workspace:hand-over", args=[label.slug]) in shown
    assert "Delete my account in 7 days" not in shown
    refused = signed_in.post(DELETE, {"email": person.email})
    assert refused.status_code == 409
    assert "You are the only owner of Harbour" in refused.content.decode()
    make_member(label, Role.OWNER)
    assert signed_in.post(DELETE, {"email": person.email}).status_code == 303


def test_owner_of_a_closed_label_and_staff(person: User) -> None:  # noqa: F811
    Membership.objects.create(label=make_label("Shut", status="closed"), user=person, role=Role.OWNER)
    assert labels_without(person) == []
    with pytest.raises(Refused, match="another admin"):
        ask(make_user("staff@example.com", is_staff=True))
    assert Label.objects.count() == 1
    assert not Submission.objects.exists()
