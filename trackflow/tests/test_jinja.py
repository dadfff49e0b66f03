"""What our template language does that Jinja2's own loader does not."""

from pathlib import Path

import jinja2
import pytest

from trackflow.jinja import LARGEST_PART, Loader

PAGE = """
{% set word = "page" %}
{% for each in "ab" %}{% with each=each ~ "!" %}{% include "part.html" %}{% endwith %}{% endfor %}
{{ word }}
"""
PART = """
  {% set word = word ~ each %}
  <p>{{ word }}, {{ shared }}</p>{% include "inner.html" %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, source in (("page", PAGE), ("part", PART), ("inner", "{% set each = 3 %}<b>{{ each }}</b>\n")):
        (tmp_path / f"{name}.html").write_text(source)
    return tmp_path


def drawn(folder: Path, *, auto_reload: bool) -> str:
    pages = jinja2.Environment(loader=Loader([folder]), auto_reload=auto_reload, autoescape=True)
    return pages.get_template("page.html").render(shared="here")


def test_page_is_drawn_the_same_whether_its_parts_are_compiled_into_it_or_included(folder: Path) -> None:
    included, compiled = (drawn(folder, auto_reload=auto_reload) for auto_reload in (True, False))
    assert compiled == included
    assert compiled.split() == ["<p>pagea!,", "here</p><b>3</b>", "<p>pageb!,", "here</p><b>3</b>", "page"]


def test_page_asks_for_no_part_outside_development(folder: Path) -> None:
    pages = jinja2.Environment(loader=Loader([folder]), auto_reload=False, autoescape=True)
    page = pages.get_template("page.html")
    for part in ("part.html", "inner.html"):
        (folder / part).unlink()
    assert "pageb!, here" in page.render(shared="here")
    with pytest.raises(jinja2.TemplateNotFound):
        jinja2.Environment(loader=Loader([folder]), autoescape=True).get_template("page.html").render()


def test_large_part_is_compiled_once_for_all_pages(folder: Path) -> None:
    (folder / "inner.html").write_text("large" * LARGEST_PART)
    loader = Loader([folder])
    pages = jinja2.Environment(loader=loader, auto_reload=False, autoescape=True)
    source, *_ = loader.get_source(pages, "page.html")
    assert '{% include "inner.html" %}' in source
    assert "part.html" not in source
    assert pages.get_template("page.html").render(shared="here").count("large") == 2 * LARGEST_PART
