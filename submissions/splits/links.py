"""Links of shares and of co-producers: each of one person, mailed only to their address."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from submissions.models import CoProducer, Share

_signer = Signer(sep=".", salt="submissions.share")
_of_co_producers = Signer(sep=".", salt="submissions.co_producer")


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


def co_token_of(person: CoProducer) -> str:
    """Return the token of a co-producer's link: their secret, signed."""
    return _of_co_producers.sign(person.nonce.hex)


def co_path_of(person: CoProducer) -> str:
    """Return the path of a co-producer's page."""
    return reverse("split", args=[co_token_of(person)])


def co_producer_of(token: str) -> CoProducer | None:
    """Return the co-producer of a token that we signed, also one whose access was ended, else None. One query."""
    try:
        nonce = UUID(_of_co_producers.unsign(token))
    except (BadSignature, ValueError):
        return None
    return CoProducer.objects.with_submission().filter(nonce=nonce).first()
