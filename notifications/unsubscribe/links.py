"""Signed links that stop mails of one kind without signing in (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

from accounts.models import User
from kit.routes import url_for
from labels.models import Label
from notifications.kind_table import KINDS, Kind
from notifications.kinds import kind_of
from notifications.models import Delivery, Digest

_signer = Signer(salt="notifications.unsubscribe")


@dataclass(frozen=True)
class Stop:
    """Whose mails of which kind at which label a link stops; without a kind it is the daily digest."""

    person: User
    kind: Kind | None
    label: Label | None


def path_for(delivery: Delivery) -> str:
    """Return the path that stops mails like this one, the same each time."""
    kind = kind_of(delivery)
    return path_to_stop(delivery.person_id, kind, delivery.label_id)


def digest_path(digest: Digest) -> str:
    return path_to_stop(digest.person_id, None, None)


def path_to_stop(person_id: int | None, kind: Kind | None, label_id: int | None) -> str:
    """Return the path that stops mails of a kind from a label; without a kind the digest."""
    side, key = (str(kind.side), kind.key) if kind else ("", "")
    return url_for("unsubscribe", _signer.sign_object([person_id, side, key, label_id]))


def read(token: str) -> Stop | None:
    """Return what a link stops, None if we did not make it or its person is gone."""
    try:
        person_id, side, key, label_id = _signer.unsign_object(token)
    except (BadSignature, ValueError, UnicodeError):
        return None
    person = User.objects.filter(pk=person_id).first()
    kind = KINDS.get((side, key))
    if person is None or (key and kind is None):
        return None
    return Stop(person, kind, Label.objects.filter(pk=label_id).first() if label_id else None)


def headers(path: str) -> dict[str, str]:
    """Return the headers by which a mail program stops such mails with one click."""
    return {
        "List-Unsubscribe": f"<{settings.BASE_URL}{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def footer(stop_path: str, kind_name: str) -> dict[str, str]:
    """Return what the foot of a mail says of settings: the link that stops mails like it, and the page of all."""
    return {
        "stop_path": stop_path,
        "kind_name": kind_name,
        "settings_path": url_for("notifications:settings"),
    }
