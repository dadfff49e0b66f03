"""What the demo's labels wrote on their pages, and where their form may be shown."""

from dataclasses import dataclass

from accounts.models import User
from activity import log
from activity.models import Activity
from labels.embedding.sites import read_sites
from labels.models import Label
from labels.profile import change_label

KIESWEG = """\
# Twelve records a year

Kiesweg is **two people, a cutting lathe and a back yard**. We press what we play, 300 copies each, and we
pay 50 per cent of what is left.

## What helps

- One finished track, not five sketches
- A mix with *room* in it: we cut to vinyl, and the needle hears everything below 120 Hz
- A word on where it comes from

## What we never ask for

> Money. Nobody pays to be heard here, and nobody pays to be on a record.

Hear what we did in [our shop](https://kiesweg.example/shop), or write to <hello@kiesweg.example> about
anything that is no demo.
"""


@dataclass(frozen=True)
class Page:
    """A label’s own text, and its sites besides its website."""

    text: str
    sites: str


PAGES = {
    "kiesweg": Page(
        KIESWEG,
        "www.kiesweg.example",
    )
}


def write_page(label: Label, owner: User) -> None:
    """Give the label its page as its owner would, if it wrote one."""
    if page := PAGES.get(label.slug):
        label.page_text, label.embed_sites = page.text, read_sites(page.sites)
        change_label(label, fields=["page_text", "embed_sites"])
        log.write(Activity.Kind.EMBED_CHANGED, label=label, actor=owner, sites=label.embed_sites)
