"""Split sheets: frozen lists of shares, and their digests.

Digest = SHA-256(salt ‖ canonical {number, shares}); each share is {name, email, role, percentage}.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from catalog.choices import CollaboratorRole
from kit import canonical
from kit.mailboxes import mailbox
from kit.text_comparison import fold
from submissions import payloads
from submissions.details import Context
from submissions.models import Event, Share, SplitSheet, Submission

WHOLE = Decimal("100.00")
CENT = Decimal("0.01")


def build(
    submission: Submission, number: int, shares: Sequence[Mapping[str, Any]]
) -> tuple[SplitSheet, payloads.SplitSheet]:
    """Return an unsaved sheet, sealed by its digest, and what its event says of it."""
    sheet = SplitSheet(submission=submission, number=number, shares=canonical.plain(list(shares)))
    sheet.digest = digest(sheet)
    own = [place for place, share in enumerate(sheet.shares, 1) if is_own(share, submission)]
    return sheet, payloads.SplitSheet(number, sheet.digest_hex, len(sheet.shares), own)


def digest(sheet: SplitSheet) -> bytes:
    """Return the digest of a sheet, which its event's payload repeats in hex; not once redacted."""
    content = {"number": sheet.number, "shares": sheet.shares}
    return canonical.digest(bytes(sheet.salt), canonical.encode(content))


def save(sheet: SplitSheet, own: Sequence[int], event: Event) -> None:
    """Store a built sheet and its lines with the event that made it; the producer's own are confirmed."""
    sheet.event = event
    sheet.save(force_insert=True)
    lines = [
        Share(sheet=sheet, position=place, is_own=place in own, answer="confirmed" if place in own else "")
        for place in range(1, len(sheet.shares) + 1)
    ]
    Share.objects.bulk_create(lines)


def current_sheet(submission: Submission) -> SplitSheet | None:
    """Return a submission's last sheet."""
    return SplitSheet.objects.filter(submission=submission).order_by("number").last()


def first_shares(context: Context) -> list[dict[str, Any]]:
    """Return the shares that the signed revision says already: they add up to 100.00; [] if it leaves them open."""
    copied = context.revision.copy if context.revision else {}
    if "collaborators" not in copied:
        return []
    people = copied["collaborators"]
    if not people:
        return [own_share(context.submission, WHOLE)]
    given = [each for each in people if each["split"] is not None]
    if sum(Decimal(each["split"]) for each in given) != WHOLE:
        return []
    return [
        {
            "name": each["name"],
            "email": mailbox(each["email"]),
            "role": each["role"],
            "percentage": Decimal(each["split"]).quantize(CENT),
        }
        for each in given
    ]


def own_share(submission: Submission, percentage: Decimal) -> dict[str, Any]:
    """Return the producer's share, under the name of the release."""
    producer = submission.producer
    return {
        "name": submission.artist or producer.name,
        "email": mailbox(producer.email),
        "role": CollaboratorRole.PRIMARY.value,
        "percentage": percentage,
    }


def is_own(share: Mapping[str, Any], submission: Submission) -> bool:
    """Whether a share is the producer's: by address, or by name where there is none."""
    if share["email"]:
        producer = submission.producer
        return mailbox(share["email"]) in addresses_of(producer) | {mailbox(producer.email)}
    names = {fold(name) for name in (submission.artist, submission.producer.name) if name}
    return fold(share["name"]) in names


def addresses_of(user: User) -> set[str]:
    """Return the addresses that an account has confirmed. One query."""
    known = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {mailbox(address) for address in known}
