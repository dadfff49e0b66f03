"""Links of shares: one for each line of a sheet, mailed only to its address."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from submissions.models import Share

_signer = Signer(sep=".", salt="submissions.share")


def token_of(share: Share) -> str:
    """Return the token of a share's link: its secret, signed."""
    return _signer.sign(share.nonce.hex)


def path_of(share: Share) -> str:
    """Return the path of a share's page."""
    return reverse("split", args=[token_of(share)])


def share_of(token: str) -> Share | None:
    """Return the share of a token that we signed, of an old sheet too, else None. One query."""
    try:
        nonce = UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Share.objects.with_submission().filter(nonce=nonce, is_own=False).first()
