"""What a role at a label may do; `labels.access` finds the role."""

from kit.errors import NotPossible
from labels.choices import Role, Status
from labels.models import Label


def read_only_because(label: Label) -> str:
    """Return why nothing can be changed at this label's desk and in its set-up, "" while it can."""
    if label.status == Status.SUSPENDED:
        return f"{label} is suspended: its desk can only be read."
    if label.status == Status.CLOSED:
        return f"{label} is closed: its demos can still be answered, but nothing else can be changed."
    return ""


def require_writable(label: Label) -> None:
    """Raise NotPossible for a label that is suspended or closed."""
    if sentence := read_only_because(label):
        raise NotPossible(sentence)


def can_see(label: Label, role: Role | None) -> bool:
    """Whether the label's page shows itself: to all once verified, before and after to its team alone."""
    return label.is_verified or role is not None


def can_manage(role: Role | None) -> bool:
    """Whether this role looks after the label: owner or manager."""
    return role is not None and role >= Role.MANAGER


def can_edit(label: Label, role: Role | None) -> bool:
    """Whether this role may change the label now; a suspended or closed one is read-only."""
    return can_manage(role) and not read_only_because(label)


def can_staff(role: Role | None, place: Role) -> bool:
    """Whether this role may give, change or take this place in the team: owners any, managers those below theirs."""
    return role == Role.OWNER or (role == Role.MANAGER and place < Role.MANAGER)
