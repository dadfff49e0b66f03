"""`{% factor_detour as back %}`: where the reader goes back to once two-factor sign-in is on."""

from typing import Any

from django import template

from accounts.factor_detour import destination

register = template.Library()


@register.simple_tag(takes_context=True)
def factor_detour(context: Any) -> str:
    return destination(context["request"])
