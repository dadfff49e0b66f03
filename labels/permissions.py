"""What a role at a label may do; `labels.access` looks the role up."""

from kit.errors import NotPossible
from labels.choices import Role, Status
from labels.models import Label


def read_only_because(label: Label) -> str:
    """Return why this label's desk and set-up are read-only, "" if they are not."""
    if label.status == Status.SUSPENDED:
        return f"{label} is suspended: its desk can only be read."
    if label.status == Status.CLOSED:
        return f"{label} is closed: its demos can still be answered, but nothing else can be changed."
    return ""


def require_writable(label: Label) -> None:
    """Raise NotPossible if the label is suspended or closed."""
    if sentence := read_only_because(label):
        raise NotPossible(sentence)


def can_see(label: Label, role: Role | None) -> bool:
    """Whether the label's page is visible: to everyone while verified, else only to its team."""
    return label.is_verified or role is not None


def can_manage(role: Role | None) -> bool:
    """Whether this role is owner or manager."""
    return role is not None and role >= Role.MANAGER


def can_edit(label: Label, role: Role | None) -> bool:
    """Whether this role may change the label now: a manager, and the label is not read-only."""
    return can_manage(role) and not read_only_because(label)


def can_staff(role: Role | None, given: Role) -> bool:
    """Whether this role may give and take away another: owners any, managers those below their own."""
    return role == Role.OWNER or (role == Role.MANAGER and given < Role.MANAGER)
