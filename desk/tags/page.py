"""What pages say of tags: those on a submission, and all that a label has."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from desk.choices import Hue
from desk.context import DeskContext
from desk.models import Tag
from desk.search.query import Query
from desk.tags.forms import TagForm
from kit.counts import capped_counts, display_count
from labels.access import Desk, read_only_because
from labels.models import Label
from submissions.models import Submission

ON_ROW = 3
"""A row of the queue has room for so many."""


@dataclass(frozen=True, slots=True)
class TagWord:
    """A tag's name and colour, and the number under which it is kept."""

    id: int
    name: str
    hue: str


def tags_on(submission: Submission) -> list[TagWord]:
    """Return the tags of a submission that `desk.queue.listing.with_tags` fetched, by name."""
    return [TagWord(**word) for word in getattr(submission, "tag_words", ())]


AT_HAND = 12
"""So many tags are offered at once; the others lie in a fold."""


@dataclass(frozen=True)
class Hanging:
    """The tags on a submission and those one may put there; no `form` for who may only read."""

    on: list[TagWord]
    at_hand: list[Tag]
    others: list[Tag]
    form: TagForm | None


@dataclass(frozen=True)
class TagRow:
    """A tag with where it hangs, and the form to change it."""

    tag: Tag
    count: str
    href: str
    form: TagForm


def hanging_of(context: DeskContext, form: TagForm | None = None) -> Hanging:
    """Return a submission's tags for its page. One query."""
    on, tags = tags_on(context.submission), list(Tag.objects.of(context.desk.label))
    here = {tag.id for tag in on}
    off = [tag for tag in tags if tag.pk not in here]
    if not context.is_reviewer or read_only_because(context.desk.label):
        return Hanging(on, [], [], None)
    return Hanging(on, off[:AT_HAND], off[AT_HAND:], form or new_form(tags))


def new_form(tags: list[Tag], data: Any = None) -> TagForm:
    """Return the form for a new tag, in the colour that is used least."""
    used = Counter(tag.hue for tag in tags)
    return TagForm(data, initial={"hue": min(Hue.values, key=lambda hue: used[hue])}, auto_id="new-tag-%s")


def tags_page_of(
    user: User, desk: Desk, *, form: TagForm | None = None, changing: tuple[Tag, TagForm] | None = None
) -> dict[str, Any]:
    """Return the context of the page where managers look after the tags. Two queries."""
    tags = list(Tag.objects.of(desk.label))
    retired = list(Tag.objects.filter(label=desk.label).exclude(retired_at=None).order_by("name", "id"))
    rows = _rows(
        user, desk.label, [*tags, *retired], dict([(changing[0].pk, changing[1])] if changing else [])
    )
    return {
        "label": desk.label,
        "is_read_only": bool(read_only_because(desk.label)),
        "rows": [row for row in rows if row.tag.retired_at is None],
        "retired": [row for row in rows if row.tag.retired_at],
        "form": form or new_form(tags),
    }


def change_form(tag: Tag, data: Any = None) -> TagForm:
    return TagForm(data, initial={"name": tag.name, "hue": tag.hue}, auto_id=f"tag-{tag.pk}-%s")


def _rows(user: User, label: Label, tags: list[Tag], forms: dict[int, TagForm]) -> list[TagRow]:
    at_desk, queue = Submission.objects.at_desk(user, label), reverse("desk:queue", args=[label.slug])
    counts = capped_counts([at_desk.filter(team_tags__overlap=[tag.pk]) for tag in tags])
    return [
        TagRow(tag, display_count(count), queue + _found(tag).url, forms.get(tag.pk) or change_form(tag))
        for tag, count in zip(tags, counts, strict=True)
    ]


def _found(tag: Tag) -> Query:
    return Query(tags=(tag.name.casefold(),), ball="any")
