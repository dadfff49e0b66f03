from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Collaborator, Track
from catalog.tests.builders import make_track
from catalog.tests.posting import post_track, row


def test_producer_names_collaborators_and_blank_rows_count_for_nothing(mara_client: Client) -> None:
    rows = {**row(0, split="60"), **row(2, name="Mara", role="primary", split="40", consents="on")}
    assert post_track(mara_client, **rows).status_code == 303
    ines, mara = Track.objects.get().collaborators.all()
    assert (ines.name, ines.split, ines.consents) == ("Ines Okafor", Decimal(60), False)
    assert (mara.name, mara.role, mara.consents) == ("Mara", "primary", True)


@pytest.mark.parametrize("splits", [("50", "40"), ("60", "60"), ("50", "")])
def test_shares_that_are_no_whole_are_refused_and_kept(mara_client: Client, splits: tuple[str, str]) -> None:
    response = post_track(mara_client, **row(0, split=splits[0]), **row(1, split=splits[1]))
    people = response.context["form_set"].people
    assert response.status_code == 422
    assert "not 100" in people.non_form_errors()[0]
    assert people.forms[0]["split"].value() == splits[0]
    assert not Track.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("role", ""), ("name", "  "), ("email", "ines"), ("split", "-5"), ("split", "abc"), ("split", "101")],
)
def test_bad_row_is_refused_beside_its_field(mara_client: Client, field: str, typed: str) -> None:
    response = post_track(mara_client, **row(0, **{"email": "ines@example.com", field: typed}))
    assert response.status_code == 422
    assert field in response.context["form_set"].people.forms[0].errors
    assert "Collaborator 1, " in response.content.decode()


def test_removed_and_emptied_rows_go(mara_client: Client, mara: User) -> None:
    track = make_track(mara)
    for name in ("Ines", "Jo", "Kim"):
        Collaborator.objects.create(track=track, name=name, role="writer")
    emptied = row(1, name="", role="")
    response = post_track(
        mara_client, track, **row(0), **emptied, **row(2, name="Kim"), **{"people-0-DELETE": "on"}
    )
    assert response.status_code == 303
    assert [person.name for person in track.collaborators.all()] == ["Kim"]


@pytest.mark.parametrize(
    "tampered",
    [
        {"people-TOTAL_FORMS": "x"},
        {"people-TOTAL_FORMS": "999999"},
        {"people-INITIAL_FORMS": "17"},
        {"people-TOTAL_FORMS": "-1"},
    ],
)
def test_tampered_rows_never_break_the_page(mara_client: Client, tampered: dict[str, str]) -> None:
    assert post_track(mara_client, **tampered).status_code in (303, 422)


@pytest.mark.parametrize("count", ["", "x", "-1"])
def test_rows_are_kept_whatever_their_number_is_said_to_be(mara_client: Client, count: str) -> None:
    answer = post_track(
        mara_client, **row(0) | row(2, name="Kim", split="12"), **{"people-TOTAL_FORMS": count}
    )
    assert answer.status_code == 422
    rows = answer.context["form_set"].people
    assert [each["name"].value() for each in rows] == ["Ines Okafor", None, "Kim"]
    assert (rows.forms[2]["split"].value(), rows.management_form["TOTAL_FORMS"].value()) == ("12", "3")


def test_edit_shows_rows_as_stored(mara_client: Client, mara: User) -> None:
    track = make_track(mara)
    Collaborator.objects.create(track=track, name="Ines", role="writer", split=Decimal(100))
    page = mara_client.get(f"{track.get_absolute_url()}edit/")
    assert page.context["form_set"].people.forms[0]["name"].value() == "Ines"
    assert len(page.context["form_set"].people.forms) == 4
