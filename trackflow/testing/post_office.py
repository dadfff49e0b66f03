"""A mail server of the tests, which keeps what it takes."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class PostOffice:
    """The handler of the mail server: keeps mails; refuses everything while `is_ill`, answers after `delay` seconds."""

    mails: list[EmailMessage] = field(default_factory=list)
    is_ill: bool = False
    delay: float = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.is_ill:
            return "451 Out to lunch"
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))
        await asyncio.sleep(self.delay)
        return "250 OK"


@contextmanager
def open_post_office() -> Iterator[tuple[PostOffice, int]]:
    """Serve on a free port; yields the handler and the port."""
    office, port = PostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
