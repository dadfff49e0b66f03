"""Who is invited to the demo's label: one who has not answered yet, and one who let it run out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.team import invitations
from trackflow.demo.cast import email_of
from workspace.team import service as team

ASKED = (
    ("yara", Role.REVIEWER, 14, "owner", 3),
    ("wanja", Role.VIEWER, 7, "manager", 24),
)
"""Login of an address without an account, role, days good for, who invites, how many days ago."""


def gather(label: Label, owner: User, others: Mapping[User, Role]) -> None:
    """Let the owner invite others to the team, who all accept, none before they had an account."""
    for user, role in others.items():
        with at(max(now(), user.date_joined)):
            offer = invitations.invite(label, email=user.email, role=role, days=7, by=owner)
            invitations.accept(offer, nonce=offer.nonce, user=user)


def ask_around(label: Label, people: Mapping[str, User], today: datetime) -> None:
    """Invite those who have not joined."""
    for login, role, days, who, ago in ASKED:
        with at(today - timedelta(days=ago)):
            team.invite(label, email=email_of(login), role=role, days=days, by=people[who])
