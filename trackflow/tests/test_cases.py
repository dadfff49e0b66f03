"""Inputs that people really typed and pasted, with what each must become: `cases/*.json`, through the product."""

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from catalog.links.link import canonical_identity, parse_link
from catalog.links.players import player_for
from catalog.links.title_guess import guess_from
from catalog.music.isrc import parse_isrc
from catalog.music.keys import compatible, parse_key
from catalog.music.units import parse_duration, parse_tempo
from catalog.naming import name_of
from catalog.tracks.forms import TrackForm
from desk.search.parser import parse
from desk.tests.search.test_rows import found
from kit.moments import moment_at
from kit.query.text import QueryError
from kit.spreadsheet import csv_lines
from trackflow.testing.cast import Cast

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """Return the rows of a file as parameters, each with its typed text as id."""
    rows = json.loads((CASES / f"{name}_cases.json").read_text())
    return [pytest.param(row, id=f"{name}-{next(iter(row.values()))}"[:90]) for row in rows]


def read(parse_text: Any, typed: str) -> Any:
    """Return what a typed text becomes, "refused" if it is."""
    try:
        return parse_text(typed)
    except ValidationError:
        return "refused"


@pytest.mark.parametrize("case", cases("link"))
def test_link_keeps_what_opens_it_and_says_what_it_is(case: dict[str, Any]) -> None:
    link = parse_link(case["url"])
    player = player_for(link)
    assert link.host_name == case["host"]
    assert link.is_private if case["kind"] == "private" else link.leads_to == case["kind"]
    assert link.is_private is case.get("private_expected", link.is_private)
    assert case["player_expected"] in (None, player is not None)
    assert case.get("canonical_must_contain", "") in link.url
    assert case.get("player_must_contain", "") in (player.src if player else "")
    for url, is_same in (("same_identity_as", True), ("other_identity_than", False)):
        if url in case:
            other = canonical_identity(parse_link(case[url]))
            assert (canonical_identity(link) == other) is is_same


@pytest.mark.parametrize("case", cases("title"))
def test_title_is_refused_only_for_a_mix_repeated_in_brackets(case: dict[str, Any], db: None) -> None:
    form = TrackForm({"title": case["title"], "mix": case["mix"]}, artist_name=case["artist"])
    assert ("title" in form.errors) is (case["expected"] == "refused")


@pytest.mark.parametrize("case", cases("key"))
def test_key_is_read(case: dict[str, Any]) -> None:
    assert read(parse_key, case["typed"]) == case["camelot"]


@pytest.mark.parametrize("case", cases("key_mixes"))
def test_key_mixes_with_its_neighbours(case: dict[str, Any]) -> None:
    assert list(compatible(case["key"])) == case["mixes"]


@pytest.mark.parametrize("case", cases("duration"))
def test_length_is_read(case: dict[str, Any]) -> None:
    assert read(parse_duration, case["typed"]) == case["seconds"]


@pytest.mark.parametrize("case", cases("tempo"))
def test_tempo_is_read(case: dict[str, Any]) -> None:
    assert str(read(parse_tempo, case["typed"])) == case["bpm"]


@pytest.mark.parametrize("case", cases("isrc"))
def test_isrc_is_read(case: dict[str, Any]) -> None:
    assert read(parse_isrc, case["typed"]) == case["isrc"]


@pytest.mark.parametrize("case", cases("moment"))
def test_time_is_read_in_its_zone(case: dict[str, Any]) -> None:
    local, zone = datetime.fromisoformat(case["typed"]), ZoneInfo(case["zone"])
    try:
        moment = f"{moment_at(local, zone):%Y-%m-%dT%H:%MZ}"
    except ValidationError as refusal:
        moment = str(refusal.code)
    assert moment == case["expected"]


@pytest.mark.parametrize("case", cases("reading"))
def test_title_is_read_from_a_file_name(case: dict[str, Any]) -> None:
    guess = guess_from(
        parse_link(f"https://www.dropbox.com/scl/fi/ab12/{quote(case['dropbox_file'])}?rlkey=k3yk3y")
    )
    assert (guess["title"], guess.get("mix", "")) == (case["title"], case["mix"])


@pytest.fixture
def _fresh_limits(db: None) -> None:
    cache.clear()


def sign_up(client: Client, email: str) -> Any:
    return client.post(reverse("account_signup"), {"email": email, "password1": PASSWORD})


@pytest.mark.usefixtures("_fresh_limits")
@pytest.mark.parametrize("case", cases("email_form"))
def test_address_is_accepted_if_it_is_one(case: dict[str, Any], client: Client, db: None) -> None:
    assert (sign_up(client, case["typed"]).status_code == 302) is case["accepted"]


@pytest.mark.usefixtures("_fresh_limits")
@pytest.mark.parametrize("case", cases("email_same"))
def test_one_mailbox_is_one_account(case: dict[str, Any], db: None) -> None:
    for typed in (case["first_sign_up"], case["second_sign_up"]):
        assert sign_up(Client(), typed).status_code == 302
    assert User.objects.count() == (1 if case["one_account"] else 2)


@pytest.mark.parametrize("case", cases("csv"))
def test_cell_is_no_formula_and_else_unchanged(case: dict[str, Any]) -> None:
    _, line = csv_lines(["name"], [[case["cell"]]])
    if case["expected"].startswith("read back"):
        assert next(csv.reader(io.StringIO(line))) == [case["cell"]]
    else:
        cells = [cell.strip().strip('"').strip() for cell in re.split("[,;\t]", line)]
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠"))]


@pytest.mark.parametrize("case", cases("search"))
def test_title_is_found(case: dict[str, Any], cast: Cast) -> None:
    cast.demo(title=case["title"])
    assert (found(cast, case["query"]) == [case["title"]]) is case["found"]


@pytest.mark.parametrize("case", cases("query"))
def test_query_is_read_as_meant(case: dict[str, Any], db: None) -> None:
    meant, _, or_else = case["reads_as"].partition(" or an error")
    try:
        assert parse(case["query"]).text == parse(meant).text
    except QueryError:
        assert or_else or "or an error" in case["reads_as"]


@pytest.mark.parametrize("case", cases("recognise"))
def test_name_is_recognised(case: dict[str, Any]) -> None:
    prints = [name_of("Mara", case[name]) for name in "ab"]
    assert (prints[0] == prints[1]) is case["same"]
    prints = [name_of(case[name], "Low") for name in "ab"]
    assert (prints[0] == prints[1]) is case["same"]
