"""A member's keys for templates."""

import json

from django import template

from accounts.models import User
from desk.keys import key_map
from desk.keys.key_map import KeyRow

register = template.Library()


@register.simple_tag
def key_rows(user: User) -> list[KeyRow]:
    """Return the keys of the desk as this member has them."""
    return key_map.key_rows(user)


@register.simple_tag
def own_keys(user: User) -> str:
    """Return the keys that this member changed as JSON, for `static/js/key_map.js`."""
    return json.dumps(dict(key_map.own_keys(user)))
