"""Effects of the facts about splits. Each raises ValidationError for wrong input."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from catalog.choices import CollaboratorRole
from kit import canonical
from kit.mailboxes import mailbox
from submissions import payloads
from submissions.choices import ShareAnswer
from submissions.details import Context, Effect, ShareName
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Event, Share
from submissions.splits import sheets
from submissions.splits.status import is_settled, read_splits

MOST = 20
LONGEST_NAME = 120
REPLACED = "There is a newer split sheet. The link to it was mailed to you."


def set_splits(context: Context, *, shares: Sequence[Mapping[str, Any]]) -> Effect:
    given = [_checked(place, share) for place, share in enumerate(shares, 1)]
    if not 1 <= len(given) <= MOST:
        raise ValidationError({"shares": f"List everyone with a share, at most {MOST} people."})
    total = sum((each["percentage"] for each in given), Decimal())
    if total != sheets.WHOLE:
        raise ValidationError({"shares": f"The shares add up to {total}, not to {sheets.WHOLE} percent."})
    last = sheets.current_sheet(context.submission)
    if last and last.shares == canonical.plain(given):
        raise ValidationError({"shares": "Nothing has changed, so the last sheet stays."})
    return _new_sheet(context, given)


def first_sheet(context: Context) -> Effect:
    """Return what `sign` adds: the first sheet, where the signed revision says all shares and none was made."""
    given = [] if read_splits(context.events).sheet else sheets.first_shares(context)
    return _new_sheet(context, given) if given else Effect()


def confirm_split(context: Context, *, nonce: UUID, sheet_digest: str) -> Effect:
    share = _share(context, nonce, sheet_digest)
    if share.answer == ShareAnswer.CONFIRMED:
        raise NotPossible("You confirmed your share already.")
    return _answered(share, ShareAnswer.CONFIRMED)


def object_split(context: Context, *, nonce: UUID, sheet_digest: str) -> Effect:
    share = _share(context, nonce, sheet_digest)
    if not context.note.strip():
        raise ValidationError({"note": "Say what is wrong with the sheet."})
    if share.answer:
        raise NotPossible("You answered already. If a share is wrong, ask the producer for a new sheet.")
    return _answered(share, ShareAnswer.OBJECTED)


def override_splits(context: Context) -> Effect:
    if not context.note.strip():
        raise ValidationError({"note": "Say why the splits count as settled."})
    if is_settled(context.submission.splits):
        raise NotPossible("The splits are settled already.")
    now = read_splits(context.events)
    return Effect(payloads.SplitOverride(now.sheet or None, now.digest or None))


def refuse_unsettled(context: Context) -> None:
    """Raise NotPossible for a release whose splits are not settled."""
    if not is_settled(context.submission.splits):
        raise NotPossible(
            "It cannot come out yet: not everyone with a share has confirmed the splits. "
            "The label’s owner can settle them."
        )


def _new_sheet(context: Context, shares: Sequence[Mapping[str, Any]]) -> Effect:
    sheet, payload = sheets.build(context.submission, read_splits(context.events).sheet + 1, shares)
    return Effect(payload, write=partial(sheets.save, sheet, payload.own))


def _checked(place: int, share: Mapping[str, Any]) -> dict[str, Any]:
    """Return a share in the form that is frozen. Raises ValidationError on `shares`."""
    name, email = str(share["name"]).strip(), mailbox(str(share.get("email") or ""))
    percentage = _decimal(share["percentage"])
    if not 0 < len(name) <= LONGEST_NAME or share["role"] not in CollaboratorRole.values:
        raise ValidationError({"shares": f"Line {place} needs a name and a role."})
    if percentage is None or not sheets.CENT <= percentage <= sheets.WHOLE:
        raise ValidationError({"shares": f"Line {place} needs a share from 0.01 to 100.00 percent."})
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError({"shares": f"Line {place}: check the address."}) from error
    return {"name": name, "email": email, "role": str(share["role"]), "percentage": percentage}


def _decimal(typed: Any) -> Decimal | None:
    """Return a percentage with two places, None for what is none."""
    try:
        number = Decimal(typed)
        rounded = number.quantize(sheets.CENT) if number.is_finite() else None
    except (InvalidOperation, TypeError, ValueError):
        return None
    return rounded if rounded == number else None


def _share(context: Context, nonce: UUID, sheet_digest: str) -> Share:
    """Return the share whose link it is. Raises NotAllowed for somebody else's, NotPossible for an old sheet's."""
    rows = Share.objects.select_related("sheet").filter(sheet__submission=context.submission, is_own=False)
    share = rows.filter(nonce=nonce).first()
    if share is None:
        raise NotAllowed("This link is for another person.")
    if share.sheet.number != read_splits(context.events).sheet or share.sheet.digest_hex != sheet_digest:
        raise NotPossible(REPLACED)
    if context.user and share.address not in sheets.addresses_of(context.user):
        raise NotAllowed("Your account has not confirmed this address.")
    return share


def _answered(share: Share, answer: ShareAnswer) -> Effect:
    payload = payloads.SplitAnswer(share.sheet.number, share.sheet.digest_hex, share.position)
    return Effect(payload, ShareName(share.said.get("name", "")), write=partial(_save, share, answer))


def _save(share: Share, answer: ShareAnswer, event: Event) -> None:
    share.answer, share.answered = answer, event
    share.save(update_fields=["answer", "answered"])
