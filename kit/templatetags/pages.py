"""Parts of our pages in the templates of libraries, which are written in another language."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string

register = template.Library()
BLOCKS = "page_blocks"


@register.simple_tag(takes_context=True)
def draw(context: Context, name: str, **values: Any) -> str:
    """Return one of our own templates, drawn with these values and the page's request."""
    return render_to_string(name, values, context.get("request"))


@register.simple_block_tag(takes_context=True)
def page_block(context: Context, content: str, name: str) -> str:
    """Keep a block of the page for `draw_page`: title, head, main or scripts."""
    _blocks(context)[name] = content
    return ""


@register.simple_tag(takes_context=True)
def draw_page(context: Context) -> str:
    """Return the whole page around the blocks kept so far."""
    return draw(context, "library_page.html", blocks=_blocks(context))


def _blocks(context: Any) -> dict[str, str]:
    kept: dict[str, str] = context.render_context.setdefault(BLOCKS, {})
    return kept
