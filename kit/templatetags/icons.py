"""Icons from the sprite; a builtin of every template."""

from functools import lru_cache

from django import template
from django.utils.html import format_html

from kit.static_addresses import static_address

register = template.Library()


def icon_href(name: str) -> str:
    """Return the address of an icon in the sprite."""
    return f"{static_address('icons.svg')}#i-{name}"


@register.simple_tag
@lru_cache(maxsize=256)
def draw_icon(name: str, size: str = "") -> str:
    """Return a decorative icon; `size` is "" or "large"."""
    sized = f" icon--{size}" if size else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}"/></svg>', sized, icon_href(name)
    )
