"""The demo: who may sign in, where to look first, and the data behind it (`manage.py demo_data`)."""

from typing import NamedTuple

from demo.cast import email_of

PASSWORD = "paper-moon-tapes"  # noqa: S105  meant to be known
"""Everybody's in the demo."""


class Login(NamedTuple):
    """Somebody to sign in as; `see` is the page to open first."""

    email: str
    role: str
    see: str


def logins() -> list[Login]:
    """Return the demo's cast as a visitor needs it."""
    return [
        Login(email_of("maya"), "producer, London", "/submissions/"),
        Login(email_of("jonas"), "producer, Gothenburg", "/submissions/"),
        Login(email_of("owner"), "owner of Kiesweg", "/desk/kiesweg/"),
        Login(email_of("manager"), "manager at Kiesweg, reviewer at Maré Baixa", "/desk/kiesweg/outbox/"),
        Login(email_of("reviewer"), "reviewer at Kiesweg", "/desk/kiesweg/"),
        Login(email_of("viewer"), "viewer at Kiesweg", "/desk/kiesweg/"),
        Login(email_of("lena"), "reviewer at Kiesweg who sends there too", "/submissions/"),
        Login(
            email_of("amal"), "owner of Papier Carbone, which is being set up", "/desk/papier-carbone/setup/"
        ),
        Login(email_of("admin"), "admin", "/admin/"),
    ]


def pages() -> list[tuple[str, str]]:
    """Return what is worth a look, with its address."""
    return [
        ("What it is for", "/"),
        ("Labels that take demos", "/labels/"),
        ("A label’s own page", "/labels/kiesweg/"),
        ("Its form, as it stands on the label’s own site", "/labels/kiesweg/embed/"),
        ("Every mail sent", "/demo/mail/"),
    ]
