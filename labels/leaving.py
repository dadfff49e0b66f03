"""How somebody stops being one of a label's team."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kit.jobs import defer
from labels.choices import Role
from labels.models import Label, Membership


@transaction.atomic
def end_membership(membership: Membership) -> None:
    """End a membership: whoever has it loses every access at once, their name stays in the history.

    Raises ValidationError when nobody would be left who owns the label.
    """
    Label.objects.select_for_update(of=("self",)).get(pk=membership.label_id)
    others = Membership.objects.active().filter(label=membership.label_id).exclude(pk=membership.pk)
    if not others.at_least(Role.OWNER).exists():
        raise ValidationError("A label needs at least one active owner.", code="no_owner")
    announce_departure(membership)
    membership.delete()


def announce_departure(membership: Membership) -> None:
    """Tell those who listen that this person's time at the label ends with the open transaction."""
    defer(settings.DEPARTURE_LISTENERS, label_id=membership.label_id, user_id=membership.user_id)
