"""The token in an invitation's link: its nonce, signed together with its code. Nothing of it is stored."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from labels.models import Invitation

_signer = Signer(sep=".", salt="labels.invitation")


def token_of(invitation: Invitation) -> str:
    """Return the token of the link that was sent last."""
    signed = _signer.sign(f"{invitation.code}.{invitation.nonce.hex}")
    return signed.removeprefix(f"{invitation.code}.")


def nonce_in(token: str, code: str) -> UUID | None:
    """Return the nonce of a token that we signed for the invitation of this code; None for any other."""
    try:
        return UUID(_signer.unsign(f"{code}.{token}").rpartition(".")[2])
    except (BadSignature, ValueError):
        return None
