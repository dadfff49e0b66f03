"""`{% csrf_token %}` for every template: Django's token, and who types in the form, should their session end."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.requests import person_of
from accounts.unsent_forms import AUTHOR, sign_author

register = template.Library()
FIELD = '<input type="hidden" name="{}" value="{}">'


class FormTokensNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        return format_html("{}{}", super().render(context), author_field(context.get("request")))


def author_field(request: Any) -> SafeString:
    """Return the hidden field that says who types, nothing for a visitor."""
    if not getattr(getattr(request, "user", None), "is_authenticated", False):
        return SafeString()
    return format_html(FIELD, AUTHOR, sign_author(person_of(request).pk))


@register.tag
def csrf_token(parser: Any, token: Any) -> FormTokensNode:
    """Render the hidden fields that every form with `method="post"` needs."""
    return FormTokensNode()
