"""What `verify_history` checks of messages: emptied where redacted, and the question that waits as they say."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from submissions.conversation.service import asked_at
from submissions.models import Message, Submission
from submissions.verification import Fault


def message_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield the faults of messages, and of what submissions say of them."""
    rows = Message.objects.select_related("submission").order_by("submission_id", "id")
    asking = Submission.objects.filter(asked_at__isnull=False, messages=None)
    if references is not None:
        rows = rows.filter(submission__reference__in=references)
        asking = asking.filter(reference__in=references)
    for reference in asking.values_list("reference", flat=True):
        yield Fault(reference, "says that a question waits, and there are no messages")
    for submission, messages in groupby(rows.iterator(), key=lambda each: each.submission):
        found = list(messages)
        for message in found:
            yield from (
                Fault(submission.reference, f"message {message.pk} {each}") for each in _faults(message)
            )
        if submission.asked_at != asked_at(found):
            yield Fault(submission.reference, "says another question that waits than its messages")


def _faults(message: Message) -> Iterator[str]:
    is_producer = message.author_id == message.submission.producer_id
    if is_producer == message.is_of_label:
        yield "is not by the side that it says"
    if message.redacted_at and message.text:
        yield "is called redacted and is not empty"
