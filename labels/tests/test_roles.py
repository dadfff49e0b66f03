"""What a role may do, by the label's status."""

import pytest

from kit.errors import NotPossible
from labels.access import can_edit, can_manage, can_see, require_writable
from labels.choices import Role, Status
from labels.models import Label

WRITABLE = {Status.UNVERIFIED, Status.VERIFIED}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", [None, *Role])
def test_role_may_by_standing(role: Role | None, status: Status) -> None:
    label, manages = Label(status=status), role in (Role.MANAGER, Role.OWNER)
    assert can_see(label, role) is (role is not None or status == Status.VERIFIED)
    assert can_manage(role) is manages
    assert can_edit(label, role) is (manages and status in WRITABLE)


@pytest.mark.parametrize("status", Status)
def test_stopped_label_takes_nothing_and_says_why(status: Status) -> None:
    label = Label(name="Harbour", status=status)
    if status in WRITABLE:
        require_writable(label)
        return
    with pytest.raises(NotPossible, match=f"Harbour is {status.value}"):
        require_writable(label)
