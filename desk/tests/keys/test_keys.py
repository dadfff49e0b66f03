"""The table of keys, and a member's own."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts.keys.forms import CHANGEABLE
from accounts.keys.key_map import own_keys
from accounts.keys.key_table import KEYS
from accounts.models import User
from submissions.transition_table import AT_DESK
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

PAGE = "/desk/harbour/keys/"


def typed(**changed: str) -> dict[str, Any]:
    """Return the form as it stands, with other keys by default key."""
    keys = {f"key-{place}": changed.get(each.key, each.key) for place, each in enumerate(CHANGEABLE)}
    return {"single": "on", **keys}


def key_list(user: User) -> str:
    """Return what the dialog of a page fetches."""
    return client_of(user).get(PAGE, headers={"HX-Request": "true", "HX-Target": "key-list"}).text


def test_table_has_each_key_once_and_all_that_pages_name() -> None:
    table = [each.key for each in KEYS]
    assert len(table) == len(set(table))
    named = {words.key for words in AT_DESK.values() if words.key}
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        for value in re.findall(r'aria-keyshortcuts="([^"{]+)"', path.read_text()):
            named |= set(value.split())
    assert named <= set(table)


def test_member_changes_a_key_for_themselves_at_every_desk(cast: Cast) -> None:
    assert client_of(cast.manager).post(PAGE, typed(s="L", b="")).status_code == 303
    cast.manager.refresh_from_db()
    assert own_keys(cast.manager) == {"s": "l", "b": ""}
    page = key_list(cast.manager)
    assert "<kbd>l</kbd></dt><dd>shortlist" in page
    assert "start the review" not in page
    assert own_keys(User.objects.get(pk=cast.owner.pk)) == {}


@pytest.mark.parametrize(("key", "told"), [("j", "next demo"), ("5", "score 5"), ("?", "show these keys")])
def test_key_that_is_taken_is_refused_beside_its_field(cast: Cast, key: str, told: str) -> None:
    answer = client_of(cast.manager).post(PAGE, typed(s=key))
    assert answer.status_code == 422
    [errors] = answer.context["form"].errors.values()
    assert told in errors[0] or "shortlist" in errors[0]


def test_single_characters_are_switched_off_and_all_is_reset(cast: Cast) -> None:
    client = client_of(cast.viewer)
    client.post(PAGE, {**typed(s="l"), "single": ""})
    cast.viewer.refresh_from_db()
    own = own_keys(cast.viewer)
    assert set(own.values()) == {""}
    assert {each.key for each in KEYS} - own.keys() == {"Enter", "Space", "Escape"}
    client.post(PAGE, {"reset": "1"})
    cast.viewer.refresh_from_db()
    assert own_keys(cast.viewer) == {}


def test_own_key_goes_before_a_default_that_came_later(cast: Cast) -> None:
    cast.manager.shortcuts = {"s": "m"}  # chosen before the table had "m"
    cast.manager.save()
    own = own_keys(cast.manager)
    assert (own["s"], own["m"]) == ("m", "")
    client = client_of(cast.manager)
    assert client.post(PAGE, typed(s="m", m="")).status_code == 303
    page = key_list(cast.manager)
    assert page.count("<kbd>m</kbd></dt>") == 1
