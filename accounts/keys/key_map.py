"""A member's own keys."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.keys.key_table import DESK, KEYS
from accounts.models import User

OFF = "off"
"""In `User.shortcuts`, beside keys by default key: single characters do nothing."""


@dataclass(frozen=True)
class KeyRow:
    """A line of the help: the member's key, "" for none, and what it does."""

    key: str
    does: str


def own_keys(user: User) -> Mapping[str, str]:
    """Return a member's key by default key where the two differ, "" where there is none."""
    if user.shortcuts.get(OFF):
        return {each.key: "" for each in KEYS if each.is_single}
    return chosen_keys(user)


def chosen_keys(user: User) -> Mapping[str, str]:
    """Return the same whether or not single characters are switched off.

    A default that the member gave to something else, before the table had it, has no key.
    """
    chosen = {default: key for default, key in user.shortcuts.items() if default != OFF}
    given = [each for each in KEYS if each.key in chosen]
    lost = {
        each.key: ""
        for each in KEYS
        if each.key not in chosen
        and any(chosen[other.key] == each.key and other.clashes_with(each) for other in given)
    }
    return lost | chosen


def own_keys_json(user: User) -> str:
    """Return the same for `static/js/key_map.js`."""
    return json.dumps(dict(own_keys(user)))


def key_rows(user: User, place: str = DESK) -> list[KeyRow]:
    """Return the keys of some pages as this member has them, in the table's order."""
    own = own_keys(user)
    return [KeyRow(own.get(each.key, each.key), each.does) for each in KEYS if place in each.places]
