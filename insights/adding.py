"""The figures of a label in a span of days."""

from accounts.models import User
from insights.figures import Figures, Span
from labels.models import Label


def figures_of(label: Label, span: Span, reader: User) -> Figures:
    """Return what the label's passages add up to, the reader's own left out."""
    raise NotImplementedError
