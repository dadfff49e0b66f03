"""The forms of a page as somebody fills them in: fields by kind, and what an answer shows in them again."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kit.forms import CONTROL, INVISIBLE
from kit.urls import split_url

TEXTS = frozenset(
    {"text", "textarea", "email", "url", "search", "number", "date", "datetime-local", "time", "tel"}
)
"""Kinds of fields in which people type, and that must show it again."""
SECRET = re.compile("password|code|otp|token|file|picture|^sample-", re.IGNORECASE)
"""Names of what no answer shows again: secrets, files, and samples in a preview of a question."""
OURS = frozenset({"csrfmiddlewaretoken"})
BLANKS = re.compile(r"\s+")


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.method} {self.action} ({', '.join(each.name for each in self.fields)})"


class Page(HTMLParser):
    """The forms of a page within <main>, and the names of the parameters in its links."""

    def __init__(self, path: str, content: bytes) -> None:
        super().__init__()
        self.path, self.forms, self.parameters = path, list[Form](), set[str]()
        self._open: Field | None = None
        text = content.decode(errors="replace")
        self._is_main = "<main" not in text
        self.feed(text)
        self.close()

    def shown(self, name: str) -> list[str]:
        """Return what stands in the fields of this name."""
        return [each.value for form in self.forms for each in form.fields if each.name == name]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._is_main = True
        elif tag == "a":
            query = split_url(said.get("href", "")).query
            self.parameters |= {pair.partition("=")[0] for pair in query.split("&") if pair}
        elif not self._is_main:
            return
        elif tag == "form":
            action = (said.get("action") or said.get("hx-post") or self.path).partition("?")[0]
            self.forms.append(Form(action or self.path, said.get("method", "post").lower()))
        elif tag in ("input", "textarea", "select", "button") and said.get("name", "") not in OURS | {""}:
            self._begin(tag, said)
        elif tag == "option" and self._open and self._open.kind == "select":
            self._open.options.append(said.get("value", ""))
            if "selected" in said:
                self._open.value = said.get("value", "")

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag in ("input", "button") else tag
        found = Field(said["name"], kind, said.get("value", ""))
        if not self.forms or said.get("form"):
            self.forms.append(Form(self.path, "post"))
        self.forms[-1].fields.append(found)
        self._open = found if tag in ("textarea", "select") else None

    def handle_data(self, data: str) -> None:
        if self._open and self._open.kind == "textarea":
            self._open.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._open = None


def plain(text: str) -> str:
    """Return a text as it compares: without what forms drop, and with single blanks."""
    return BLANKS.sub(" ", INVISIBLE.sub("", CONTROL.sub("", text))).strip()


def lost_typing(form: Form, typed: dict[str, str], answer: Page) -> list[str]:
    """Return the fields whose typed text an answer with an error no longer shows."""
    asked = [each for each in form.fields if each.kind in TEXTS and not SECRET.search(each.name)]
    return [
        each.name
        for each in asked
        if plain(typed.get(each.name, ""))
        and plain(typed[each.name]) not in map(plain, answer.shown(each.name))
    ]
