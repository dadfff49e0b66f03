"""The tags on a submission, as pages show them."""

from dataclasses import dataclass

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
    """Return the tags of a submission that `desk.queue.querysets.with_tags` fetched, by name."""
    return [TagWord(**word) for word in getattr(submission, "tag_words", ())]
