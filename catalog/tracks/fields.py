"""Form fields that parse a notation: tempo, key, length, ISRC, IPI, links."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.links.host_table import TRACKING_AT_KNOWN_HOSTS, TRACKING_EVERYWHERE
from catalog.links.link import parse_link
from catalog.links.pasted_text import address_in
from catalog.links.short_links import resolved
from catalog.links.web_address import read_address
from catalog.music.isrc import display_isrc, parse_isrc
from catalog.music.keys import musical, parse_key
from catalog.music.units import display_duration, display_tempo, parse_duration, parse_tempo

_HANDLE = re.compile(r"(?:@([A-Za-z0-9_][A-Za-z0-9._-]*)|([A-Za-z0-9_][A-Za-z0-9_-]*))")
"""A name at a host: with an @, or without a dot."""


class ParsedField(forms.CharField):
    """A text input that cleans to `parse(text)`, or to `blank` if nothing was typed."""

    parse: Callable[[str], Any]
    blank: Any = ""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return type(self).parse(typed) if typed else self.blank


class TempoField(ParsedField):
    """A tempo; cleans to BPM as Decimal, or None."""

    parse = staticmethod(parse_tempo)
    blank = None


class KeyField(ParsedField):
    """A musical key; cleans to its Camelot code, or ""."""

    parse = staticmethod(parse_key)


class DurationField(ParsedField):
    """A length; cleans to seconds, or None."""

    parse = staticmethod(parse_duration)
    blank = None


class ISRCField(ParsedField):
    """An ISRC; cleans to its 12 characters, or ""."""

    parse = staticmethod(parse_isrc)


class IPIField(ParsedField):
    """An IPI name number: 11 digits (CISAC); older 9-digit CAE numbers are padded with zeros."""

    @staticmethod
    def parse(typed: str) -> str:
        digits = re.sub(r"[\s.-]", "", typed)
        if not re.fullmatch("[0-9]{9,11}", digits):
            raise ValidationError("An IPI number has 11 digits, such as 00012345678.", code="invalid")
        return digits.zfill(11)


def link_input(**attrs: str) -> forms.TextInput:
    """Return the input of a link: no `type="url"`, with which browsers refuse what `parse_link` understands."""
    usual = {"inputmode": "url", "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
    return forms.TextInput(attrs=usual | {"placeholder": "https://"} | attrs)


class LinkField(ParsedField):
    """A link to the music; cleans to its canonical form, a short one to where it is known to lead."""

    widget = link_input()

    @staticmethod
    def parse(typed: str) -> str:
        return resolved(parse_link(typed)).url


class PageField(ParsedField):
    """A page at one of `hosts`, in any form that people paste; `@name` where `handle` says what it is short for."""

    def __init__(self, *, hosts: tuple[str, ...], name: str, handle: str = "", **options: Any) -> None:
        self.hosts, self.name, self.handle = hosts, name, handle
        super().__init__(widget=link_input(placeholder=hosts[0]), **options)

    def clean(self, value: Any) -> str:
        typed = forms.CharField.clean(self, value)
        if not typed:
            return ""
        handle = _HANDLE.fullmatch(typed) if self.handle else None
        address = read_address(
            self.handle.format(handle[1] or handle[2]) if handle else _page_in(typed, self._example())
        )
        if not any(f".{address.host}".endswith(f".{host}") for host in self.hosts):
            raise ValidationError(f"This is not a page at {self.name}. {self._example()}", code="host")
        return str(address.without_params(TRACKING_EVERYWHERE | TRACKING_AT_KNOWN_HOSTS))

    def _example(self) -> str:
        or_handle = ", or your @name" if self.handle else ""
        return f"Paste your page, such as {self.hosts[0]}/you{or_handle}."


def _page_in(typed: str, example: str) -> str:
    """Return the text of the one address in what was typed. Raises ValidationError with an example for none."""
    try:
        return address_in(typed)
    except ValidationError as refusal:
        is_many = refusal.code == "many_links"
        sentence = f"A link starts with https://. {example}"
        raise refusal if is_many else ValidationError(sentence, code="not_http") from None


def typed_values(track: Any) -> dict[str, str]:
    """Return a track's parsed fields as typed, for a form's initial values."""
    return {
        "tempo": display_tempo(track.tempo) if track.tempo else "",
        "key": musical(track.key) if track.key else "",
        "duration": display_duration(track.duration) if track.duration else "",
        "isrc": display_isrc(track.isrc),
    }
