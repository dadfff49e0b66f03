from django import template

from trackflow.site_pages import site_pages

register = template.Library()


@register.simple_tag
def written_pages() -> dict[str, str]:
    """Return the titles of the pages that whoever runs the site has written, by URL name."""
    return site_pages()
