"""What a role at a label may do; `labels.access` finds the role."""

from labels.choices import Role, Status
from labels.models import Label

WRITABLE = {Status.UNVERIFIED, Status.VERIFIED}


def can_see(label: Label, role: Role | None) -> bool:
    """Whether the label's page shows itself: to all once verified, before and after to its team alone."""
    return label.is_verified or role is not None


def can_manage(role: Role | None) -> bool:
    """Whether this role looks after the label: owner or manager."""
    return role is not None and role >= Role.MANAGER


def can_edit(label: Label, role: Role | None) -> bool:
    """Whether this role may change the label now; a suspended or closed one is read-only."""
    return can_manage(role) and label.status in WRITABLE


def can_staff(role: Role | None, place: Role) -> bool:
    """Whether this role may give, change or take this place in the team: owners any, managers those below theirs."""
    return role == Role.OWNER or (role == Role.MANAGER and place < Role.MANAGER)
