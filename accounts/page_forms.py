"""The forms on a page, read from its HTML: where each is sent, and its controls with their places in the text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urljoin

from kit.urls import split_url

Attributes = dict[str, str | bool | None]


@dataclass(frozen=True)
class Tag:
    """An opening tag and its place in the page."""

    start: int
    end: int
    attributes: Attributes


@dataclass
class Control:
    """An input, list, text area or button; `end` is where the content of a text area ends."""

    tag: Tag
    kind: str
    end: int
    options: list[Tag] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.tag.attributes.get("name") or "")

    @property
    def value(self) -> str:
        return str(self.tag.attributes.get("value", "on" if self.is_choice else "") or "")

    @property
    def is_choice(self) -> bool:
        return self.kind in ("checkbox", "radio")

    @property
    def is_button(self) -> bool:
        return self.kind in ("submit", "image", "button", "reset")

    @property
    def is_fixed(self) -> bool:
        """Whether nobody types in it."""
        return self.kind == "hidden" or self.is_button

    @property
    def is_secret(self) -> bool:
        return self.kind in ("password", "file") or self.tag.attributes.get("autocomplete") == "one-time-code"


@dataclass
class PageForm:
    """A form: the paths that it or one of its buttons is sent to, and the closed `<details>` around it."""

    tag: Tag
    places: set[str]
    folds: list[Tag]
    controls: list[Control] = field(default_factory=list)


def forms_of(page: str, path: str) -> list[PageForm]:
    """Return the page's forms that are posted; `path` is the page's own."""
    reader = _Reader(page, path)
    reader.feed(page)
    reader.close()
    for form_id, place in reader.outside:
        if form_id in reader.by_id:
            reader.by_id[form_id].places.add(place)
    for form_id, control in reader.strays:
        if form_id in reader.by_id:
            reader.by_id[form_id].controls.append(control)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.line_starts = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.outside: list[tuple[str, str]] = []
        self.strays: list[tuple[str, Control]] = []
        self.folds: list[Tag] = []
        self.form: PageForm | None = None
        self.control: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        seen = Tag(start, start + len(self.get_starttag_text() or ""), dict(attrs))
        if tag == "form":
            self._open_form(seen)
        elif tag == "details":
            self.folds.append(seen)
        elif tag == "option" and self.control:
            self.control.options.append(seen)
        elif tag in ("input", "select", "textarea", "button"):
            self._add_control(tag, seen)
        if tag != "form":
            self._add_place(seen.attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "details" and self.folds:
            self.folds.pop()
        elif tag in ("textarea", "select") and self.control:
            self.control.end = self._here()
            self.control = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def _open_form(self, seen: Tag) -> None:
        said = seen.attributes
        if str(said.get("method") or "").lower() != "post" and not said.get("hx-post"):
            return
        places = {
            self._place(said.get(name)) for name in ("action", "hx-post") if name in said or name == "action"
        }
        self.form = PageForm(seen, places, [fold for fold in self.folds if "open" not in fold.attributes])
        self.forms.append(self.form)
        if said.get("id"):
            self.by_id[str(said["id"])] = self.form

    def _add_control(self, tag: str, seen: Tag) -> None:
        kind = str(seen.attributes.get("type") or "text").lower() if tag == "input" else tag
        control = Control(seen, kind, seen.end)
        if tag in ("textarea", "select"):
            self.control = control
        if owner := seen.attributes.get("form"):
            self.strays.append((str(owner), control))
        elif self.form:
            self.form.controls.append(control)

    def _add_place(self, said: Attributes) -> None:
        """Note where a button or an element with `hx-post` sends the form around it, or one that it includes."""
        address = said.get("formaction") or said.get("hx-post")
        included = str(said.get("hx-include") or "")
        if not address:
            return
        if included.startswith("#") or said.get("form"):
            self.outside.append((str(said.get("form") or included[1:]), self._place(address)))
        elif self.form:
            self.form.places.add(self._place(address))

    def _place(self, address: str | bool | None) -> str:
        return split_url(urljoin(self.path, str(address or ""))).path
