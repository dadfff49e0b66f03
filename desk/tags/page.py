"""Tags on pages: those of a submission, all of a label, and their forms."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from desk.choices import Hue
from desk.context import DeskContext
from desk.models import Tag
from desk.search.query import Query
from kit.counts import capped_counts, display_count
from kit.forms import CleanText, StampedForm
from kit.query.values import name as plain_name
from kit.routes import url_for
from kit.text_comparison import DOUBLE
from labels.access import Desk, read_only_because
from labels.models import Label
from submissions.models import Submission

QUOTES = {'"', *DOUBLE}


LONGEST_TAG = Tag._meta.get_field("name").max_length


def clean_tag_name(typed: str) -> str:
    """Return a tag's name in one line; raises ValidationError for a quotation mark, which would break a query."""
    name = " ".join(typed.split())
    if QUOTES & set(name):
        raise ValidationError("A tag’s name has no quotation marks in it.", code="quotes")
    return name


class TagForm(CleanText, forms.Form):
    """A tag's name and colour."""

    name = forms.CharField(max_length=LONGEST_TAG)
    hue = forms.ChoiceField(label="Colour", choices=[(hue.value, hue.label.lower()) for hue in Hue])

    def clean_name(self) -> str:
        return clean_tag_name(self.cleaned_data["name"])


class TagChangeForm(StampedForm, TagForm):
    """The same for a tag that is there; says so if a colleague changed it meanwhile."""


class ToggleForm(forms.Form):
    """The tag whose button was pressed, to add or to remove it."""

    add = forms.ModelChoiceField(Tag.objects.none(), required=False)
    remove = forms.ModelChoiceField(Tag.objects.none(), required=False)

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.queryset = Tag.objects.filter(label=label)  # type: ignore[attr-defined]  # a ModelChoiceField


@dataclass(frozen=True, slots=True)
class TagWord:
    """A tag's id, name and colour."""

    id: int
    name: str
    hue: str


def tags_on(submission: Submission) -> list[TagWord]:
    """Return the tags of a submission fetched with `desk.queue.listing.with_tags`, by name."""
    return [TagWord(**word) for word in getattr(submission, "tag_words", ())]


SHOWN = 12
"""How many tags are offered at once; the others are folded."""


@dataclass(frozen=True)
class SubmissionTags:
    """The tags on a submission and those one can add; `form` is None for who may only read."""

    on: list[TagWord]
    shown: list[Tag]
    others: list[Tag]
    form: TagForm | None


@dataclass(frozen=True)
class TagRow:
    """A tag, how many submissions have it, their address, and the form to change it."""

    tag: Tag
    count: str
    href: str
    form: TagForm


def submission_tags_of(context: DeskContext, tags: list[Tag], form: TagForm | None = None) -> SubmissionTags:
    """Return a submission's tags for its page; `tags` are those of the label in use. No query."""
    on = tags_on(context.submission)
    here = {tag.id for tag in on}
    off = [tag for tag in tags if tag.pk not in here]
    if not context.is_reviewer or read_only_because(context.desk.label):
        return SubmissionTags(on, [], [], None)
    return SubmissionTags(on, off[:SHOWN], off[SHOWN:], form or new_form(tags))


def new_form(tags: list[Tag], data: Any = None) -> TagForm:
    """Return the form for a new tag, in the least used colour."""
    used = Counter(tag.hue for tag in tags)
    return TagForm(data, initial={"hue": min(Hue.values, key=lambda hue: used[hue])}, auto_id="new-tag-%s")


def tags_page_of(
    user: User, desk: Desk, *, form: TagForm | None = None, changing: tuple[Tag, TagForm] | None = None
) -> dict[str, Any]:
    """Return the context of the page where managers edit tags. Two queries."""
    tags = list(Tag.objects.of(desk.label))
    retired = list(Tag.objects.filter(label=desk.label).exclude(retired_at=None).order_by("name", "id"))
    rows = _rows(
        user, desk.label, [*tags, *retired], dict([(changing[0].pk, changing[1])] if changing else [])
    )
    return {
        "label": desk.label,
        "is_manager": True,
        "is_read_only": bool(read_only_because(desk.label)),
        "rows": [row for row in rows if row.tag.retired_at is None],
        "retired": [row for row in rows if row.tag.retired_at],
        "form": form or new_form(tags),
    }


def change_form(tag: Tag, data: Any = None) -> TagChangeForm:
    return TagChangeForm(data, initial={"name": tag.name, "hue": tag.hue}, auto_id=f"tag-{tag.pk}-%s")


def _rows(user: User, label: Label, tags: list[Tag], forms: dict[int, TagForm]) -> list[TagRow]:
    at_desk, queue = Submission.objects.at_desk(user, label), url_for("desk:queue", label.slug)
    counts = capped_counts([at_desk.filter(team_tags__overlap=[tag.pk]) for tag in tags])
    return [
        TagRow(tag, display_count(count), queue + _query_of(tag).url, forms.get(tag.pk) or change_form(tag))
        for tag, count in zip(tags, counts, strict=True)
    ]


def _query_of(tag: Tag) -> Query:
    return Query(tags=(plain_name(tag.name),), ball="any")
