"""Who may sign in to the demo, and where to look first."""

from typing import NamedTuple

from demo.tables import read_csv

PASSWORD = "paper-moon-tapes"  # noqa: S105  meant to be known
"""Everybody's in the demo."""


class Login(NamedTuple):
    """Somebody to sign in as; `see` is the page to open first."""

    email: str
    role: str
    see: str


def email_of(login: str) -> str:
    """Return the address of somebody in the demo."""
    return f"{login}@demo.example"


def logins() -> list[Login]:
    """Return whom a visitor may sign in as."""
    return [Login(email_of(row["login"]), row["role"], row["see"]) for row in read_csv("logins")]


def pages() -> list[tuple[str, str]]:
    """Return what is worth a look, with its address."""
    return [(row["what"], row["path"]) for row in read_csv("pages")]
