"""Parts of pages that are the same each time their values are."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_environment
from markupsafe import Markup


@pass_environment
def draw_once(environment: Environment, template: str, **values: Any) -> Markup:
    """Draw a template from hashable values; what equal values have drawn before is kept in the process.

    It may use nothing else: what one person is shown can then never be what another's values would not draw.
    """
    draw = _draw if environment.auto_reload else _drawn
    return draw(environment, template, *values.items())


def _draw(environment: Environment, template: str, *values: tuple[str, Any]) -> Markup:
    return Markup(environment.get_template(template).render(dict(values)))  # noqa: S704  # escaped there


_drawn = lru_cache(maxsize=4000)(_draw)
