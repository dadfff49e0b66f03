"""Forms to invite somebody, change a role, and hand the label over."""

from typing import Any

from django import forms

from accounts.models import User
from kit.forms import CleanText
from labels.access import can_staff
from labels.choices import Role
from labels.models import Label, Membership
from labels.team.invitations import VALID_DAYS


def role_choices(role: Role) -> list[tuple[int, str]]:
    """Return the roles that somebody in this role may give, lowest first, as a field's choices."""
    return [(given.value, given.label.capitalize()) for given in Role if can_staff(role, given)]


class InviteForm(CleanText, forms.Form):
    """Invite an address; offers only the roles that the inviting `role` may give."""

    email = forms.EmailField(label="Email address", max_length=254)
    role = forms.TypedChoiceField(coerce=lambda value: Role(int(value)), initial=Role.REVIEWER.value)
    days = forms.TypedChoiceField(
        label="Valid for", coerce=int, choices=[(days, f"{days} days") for days in VALID_DAYS], initial=7
    )

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = role_choices(role)  # type: ignore[attr-defined]  # of a choice field


class RoleForm(forms.Form):
    """Change a member's role."""

    role = forms.TypedChoiceField(coerce=lambda value: Role(int(value)))

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = role_choices(role)  # type: ignore[attr-defined]  # of a choice field


class HandOverForm(forms.Form):
    """Choose the label's new owner."""

    to = forms.ModelChoiceField(Membership.objects.none(), label="New owner", empty_label="Choose a member")

    def __init__(self, *args: Any, label: Label, owner: User, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Membership.objects.active().filter(label=label).exclude(user=owner).select_related("user")
        field = self.fields["to"]
        field.queryset = others.order_by("-role", "user__name", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = _member_name  # type: ignore[attr-defined]  # Django's documented hook


def _member_name(membership: Membership) -> str:
    return f"{membership.user}, {Role(membership.role).label}"
