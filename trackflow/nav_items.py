"""Items of the navigation, which are the same on nearly every page."""

from typing import Any

from jinja2 import Environment, pass_environment
from markupsafe import Markup

from kit.fragments import draw_once
from kit.routes import url_if_any

TEMPLATE = "_nav_item.html"


@pass_environment
def nav_item(
    environment: Environment,
    path: str,
    route: str,
    icon: str,
    text: str,
    *,
    slug: str = "",
    count: int = 0,
    **more: Any,
) -> Markup:
    """Draw the item of a route, or of a desk's, on the page at this path; nothing for a route that does not exist."""
    href = url_if_any(route, slug=slug) if slug else url_if_any(route)
    if not href:
        return Markup()
    is_below = route != "home" and path.startswith(href)
    here = "page" if path == href else "true" if is_below else ""
    values = {"href": href, "here": here, "icon": icon, "text": text, **more}
    values["count"] = count + 0  # a number, not what promises one: that would be kept with its request
    if more.get("onward"):  # a visitor's own, not worth keeping
        return Markup(environment.get_template(TEMPLATE).render(values))  # noqa: S704  # escaped there
    return draw_once(environment, TEMPLATE, **values)
