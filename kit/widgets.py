"""Django's commonest widgets, drawn as its templates draw them, which take as long as the rest of a page with forms."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import escape

Widget = Mapping[str, Any]
"""What Django tells a widget's template."""

FOLDER = "django/forms/widgets/"


def draw_input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    kind, name = escape(widget["type"]), escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>'


def draw_input_option(widget: Widget) -> str:
    drawn, number = draw_input(widget), widget["attrs"].get("id")
    if not widget.get("wrap_label"):
        return drawn
    target = f' for="{escape(number)}"' if number else ""
    return f"<label{target}>{drawn} {escape(widget['label'])}</label>"


def draw_textarea(widget: Widget) -> str:
    text = escape(widget["value"] or "")
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def draw_select(widget: Widget) -> str:
    groups = "".join(part for name, options, _ in widget["optgroups"] for part in _group(name, options))
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> Iterator[str]:
    if name:
        yield f'\n  <optgroup label="{escape(name)}">'
    for each in options:
        label = escape(each["label"])
        yield f'\n  <option value="{escape(each["value"])}"{_attributes(each)}>{label}</option>'
    if name:
        yield "\n  </optgroup>"


def _attributes(widget: Widget) -> str:
    told = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"' for name, value in told
    )


INPUTS = ("hidden", "text", "number", "email", "url", "password", "date", "datetime", "time", "checkbox")
DRAWN: Mapping[str, Callable[[Widget], str]] = MappingProxyType(
    {
        **{f"{FOLDER}{name}.html": draw_input for name in INPUTS},
        f"{FOLDER}checkbox_option.html": draw_input_option,
        f"{FOLDER}radio_option.html": draw_input_option,
        f"{FOLDER}textarea.html": draw_textarea,
        f"{FOLDER}select.html": draw_select,
    }
)
"""By the name of Django's template."""
