"""The mails that the demo wrote to files instead of sending them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

LINE = b"\n" + b"-" * 79 + b"\n"  # Django's file backend ends each message with it


@dataclass(frozen=True)
class Mail:
    """A mail as a page shows it; `name` is its address there, `html` is "" for one of text alone."""

    name: str
    sent_at: datetime | None
    to: str
    sender: str
    subject: str
    message_id: str
    text: str
    html: str


def mails(to: str = "") -> Iterator[Mail]:
    """Yield the mails to addresses that hold these letters, newest first, to the second."""
    for path in sorted(Path(settings.MAIL_DIR).glob("*.log"), key=_written, reverse=True):
        for mail in reversed(_read(path)):
            if to.lower() in mail.to.lower():
                yield mail


def find(name: str) -> Mail | None:
    """Return the mail of this name."""
    return next((mail for mail in mails() if mail.name == name), None)


def _written(path: Path) -> tuple[int, str]:
    return (path.stat().st_mtime_ns if path.exists() else 0, path.name)


def _read(path: Path) -> list[Mail]:
    """Return a file's mails: a worker that sends many in a second may reuse a file's name."""
    try:
        parts = path.read_bytes().split(LINE)
    except FileNotFoundError:
        return []
    return [_mail(f"{path.stem}-{number}", part) for number, part in enumerate(parts) if part.strip()]


def _mail(name: str, raw: bytes) -> Mail:
    message = message_from_bytes(raw, EmailMessage, policy=policy.default)
    said = {key: str(message.get(key, "")) for key in ("to", "from", "subject", "message-id")}
    date = message["date"]
    return Mail(
        name=name,
        sent_at=date.datetime if date else None,
        to=said["to"],
        sender=said["from"],
        subject=said["subject"],
        message_id=said["message-id"],
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content() if part else ""
