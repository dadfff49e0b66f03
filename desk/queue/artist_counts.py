"""How many demos an artist sent to a label, and how many of them were signed."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from desk.search.rows import Rows
from submissions.choices import State
from submissions.models import Submission

SIGNED = (State.SIGNED, State.SCHEDULED, State.RELEASED)


def with_artist_counts(rows: Rows) -> Rows:
    """Annotate `artist_counts`: demos sent and signed by the same account at the same label. An index answers it."""
    theirs = Submission.objects.filter(
        producer=OuterRef("producer"), label=OuterRef("label"), submitted_at__isnull=False
    )
    counts = JSONObject(sent=Count("pk"), signed=Count("pk", filter=Q(state__in=SIGNED)))
    counted = theirs.order_by().values("producer").annotate(counts=counts)
    return rows.annotate(artist_counts=Subquery(counted.values("counts")))


def artist_counts_of(submission: Submission) -> dict[str, int]:
    """Return how many were sent and signed; this one alone for a row without the annotation."""
    return getattr(submission, "artist_counts", None) or {"sent": 1, "signed": 0}


def artist_words(submission: Submission) -> str:
    """Return “24 demos, 1 signed”."""
    counts = artist_counts_of(submission)
    demos = f"{counts['sent']} demo{'' if counts['sent'] == 1 else 's'}"
    return f"{demos}, {counts['signed']} signed" if counts["signed"] else demos
