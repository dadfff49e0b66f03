"""The forms that pages show, so that what is sent is nearly right."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = list[tuple[str, str, bool]]
"""Name, value and whether it is a file, in the page's order."""

CONTROLS = ("input", "select", "textarea", "button")


@dataclass
class FormBook:
    """The forms seen so far, by the path they are sent to."""

    by_path: dict[str, Fields] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def read(self, path: str, content: bytes) -> None:
        """Keep the forms of this page."""
        reader = _Reader(path)
        reader.feed(content.decode(errors="replace"))
        for action, fields in reader.forms:
            self.by_path[action] = fields
            self.names += [name for name, _, _ in fields if name not in self.names]


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[tuple[str, Fields]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = said.get("action") or said.get("hx-post") or self.path
            self.forms.append((action.partition("?")[0] or self.path, []))
        elif (
            self.forms
            and tag in CONTROLS
            and said.get("name", "csrfmiddlewaretoken") != "csrfmiddlewaretoken"
        ):
            is_file = said.get("type") == "file"
            self.forms[-1][1].append((said["name"], said.get("value", "x"), is_file))
        elif self.forms and tag == "option" and said.get("value") and self.forms[-1][1]:
            name, _, is_file = self.forms[-1][1][-1]
            self.forms[-1][1][-1] = (name, said["value"], is_file)  # of a list, the last
