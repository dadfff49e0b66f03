"""What a role may do, by the label's status."""

import pytest

from labels.access import can_edit, can_manage, can_see
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
