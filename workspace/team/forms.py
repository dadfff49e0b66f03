"""What one types to invite somebody, to change a role, to hand over."""

from typing import Any

from django import forms

from accounts.models import User
from kit.forms import CleanText
from labels.choices import Role
from labels.models import Label, Membership
from labels.permissions import can_staff
from labels.team.invitations import TERMS


def places_for(role: Role) -> list[tuple[int, str]]:
    """Return the roles that somebody in this role may give, as a field's choices, the least first."""
    return [(place.value, place.label.capitalize()) for place in Role if can_staff(role, place)]


class InviteForm(CleanText, forms.Form):
    """An address, the role offered to it and for how long, of those that the inviting `role` may offer."""

    email = forms.EmailField(label="Email address", max_length=254)
    role = forms.TypedChoiceField(coerce=lambda value: Role(int(value)), initial=Role.REVIEWER.value)
    days = forms.TypedChoiceField(
        label="Good for", coerce=int, choices=[(days, f"{days} days") for days in TERMS], initial=7
    )

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = places_for(role)  # type: ignore[attr-defined]  # of a choice field


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.TypedChoiceField(coerce=lambda value: Role(int(value)))

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = places_for(role)  # type: ignore[attr-defined]  # of a choice field


class HandOverForm(forms.Form):
    """Who is to own the label next."""

    to = forms.ModelChoiceField(Membership.objects.none(), label="New owner", empty_label="Choose a member")

    def __init__(self, *args: Any, label: Label, giver: User, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Membership.objects.active().filter(label=label).exclude(user=giver).select_related("user")
        field = self.fields["to"]
        field.queryset = others.order_by("-role", "user__name", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = _words  # type: ignore[attr-defined]  # how Django lets one name the choices


def _words(membership: Membership) -> str:
    return f"{membership.user}, {Role(membership.role).label}"
