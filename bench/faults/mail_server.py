"""A real mail server that can be closed, slow, ill, or hang up in the middle of a mail."""

import asyncio
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from trackflow.testing.post_office import PostOffice, free_port

USUAL_DELAY = 0.02


@dataclass
class MoodyOffice(PostOffice):
    """Keeps mails; while it `cuts`, it hangs up without an answer before it keeps one."""

    delay: float = USUAL_DELAY
    cuts: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's
        if self.cuts and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
            return "421 Gone"
        return await super().handle_DATA(server, session, envelope)


class MailServer:
    """The server on a port of its own, which may be closed and opened again."""

    def __init__(self) -> None:
        self.office, self.port = MoodyOffice(), free_port()
        self._controller: Controller | None = None
        self.open()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def open(self) -> None:
        if self._controller is None:
            self._controller = Controller(self.office, hostname="127.0.0.1", port=self.port)
            self._controller.start()

    def close(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    def heal(self) -> None:
        """Take mails again as usual."""
        self.office.delay, self.office.is_ill, self.office.cuts = USUAL_DELAY, False, False
        self.open()
