"""A mail server of the tests, which keeps what it takes."""

import asyncio
import socket
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class PostOffice:
    """The handler of the mail server: keeps mails; refuses everything while `is_ill`, answers after `delay` seconds.

    `yes` holds the Message-ID of each mail that was taken, and the moment of the answer (monotonic).
    """

    mails: list[EmailMessage] = field(default_factory=list)
    yes: list[tuple[str, float]] = field(default_factory=list)
    is_ill: bool = False
    delay: float = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.is_ill:
            return "451 Out to lunch"
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, EmailMessage, policy=policy.default)
        self.mails.append(mail)
        await asyncio.sleep(self.delay)
        self.yes.append((str(mail["Message-ID"]), time.monotonic()))
        return "250 OK"

    def repeats(self) -> dict[str, list[float]]:
        """Return the mails that were taken more than once, by Message-ID: the moments of all but the last time."""
        moments = defaultdict[str, list[float]](list)
        for name, moment in list(self.yes):
            moments[name].append(moment)
        return {name: found[:-1] for name, found in moments.items() if len(found) > 1}

    def unexplained(self, kills: list[float], *, seconds: float = 2) -> list[str]:
        """Return the mails that came again without a kill so soon after the answer that it was never written down."""
        return [
            name
            for name, moments in self.repeats().items()
            if not all(any(-seconds <= kill - moment <= seconds for kill in kills) for moment in moments)
        ]


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
