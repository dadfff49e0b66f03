"""Icons from the sprite; a builtin of every template."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


def icon_href(name: str) -> str:
    """Return the address of an icon in the sprite."""
    return f"{static('icons.svg')}#i-{name}"


@register.simple_tag
def draw_icon(name: str, size: str = "") -> str:
    """Return a decorative icon; `size` is "" or "large"."""
    return _icon(icon_href(name), size)


@lru_cache(maxsize=256)
def _icon(href: str, size: str) -> str:
    sized = f" icon--{size}" if size else ""
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}"></use></svg>', sized, href)
