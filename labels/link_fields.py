"""Form field for several links, one per line."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.links.web_address import read_address

MOST = 8
LONGEST = 200
"""Characters of a link, as in its column."""


class LinksField(forms.CharField):
    """A text area of https links, one per line; cleans to a list without duplicates."""

    widget = forms.Textarea(attrs={"rows": 3, "inputmode": "url", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        typed = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(typed) > MOST:
            raise ValidationError(f"At most {MOST} links.", code="too_many")
        return list(dict.fromkeys(_read_lines(typed)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial or []), "\n".join((data or "").splitlines()))


def _read_lines(typed: Iterable[str]) -> list[str]:
    links, problems = [], []
    for line in typed:
        try:
            links.append(_check(line))
        except ValidationError as problem:
            problems.append(ValidationError(f"“{line[:60]}”: {problem.messages[0]}", code="link"))
    if problems:
        raise ValidationError(problems)
    return links


def _check(line: str) -> str:
    """Return one link as stored; https is assumed if no scheme is typed."""
    address = read_address(line if ":" in line else f"https://{line}")
    if address.scheme != "https":
        raise ValidationError("A link starts with https://.", code="not_https")
    if len(str(address)) > LONGEST:
        raise ValidationError(f"A link may have at most {LONGEST} characters.", code="too_long")
    return str(address)
