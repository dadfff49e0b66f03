"""Creating a label and changing its profile."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.change_author import name_author
from accounts.models import Picture, User
from catalog.models import Genre
from kit.jobs import announce
from labels.choices import Role
from labels.models import FormerSlug, Intake, Label, Membership


def create_label(
    *, owner: User, name: str, slug: str, time_zone: str, genres: Iterable[Genre] = (), **said: Any
) -> Label:
    """Create an unverified label with its owner and standing intake, in one transaction.

    `said` are further columns: country, website, links, about, logo. Raises IntegrityError if the slug was taken
    meanwhile.
    """
    with transaction.atomic():
        label = Label.objects.create(name=name, slug=slug, time_zone=time_zone, **said)
        label.genres.set(genres)
        name_author(owner)
        Membership.objects.create(label=label, user=owner, role=Role.OWNER)
        Intake.objects.create(label=label)
        User.objects.filter(pk=owner.pk).update(runs_label=True)
    return label


def change_label(label: Label, *, fields: Iterable[str]) -> None:
    """Save only these columns of a label; its previous slug becomes a former one.

    Raises IntegrityError if the slug was taken meanwhile.
    """
    with transaction.atomic():
        former = Label.objects.select_for_update(of=("self",)).values_list("slug", flat=True).get(pk=label.pk)
        label.save(update_fields=[name for name in fields if name != "status"])
        if "slug" in fields and label.slug != former:
            FormerSlug.objects.filter(label=label, slug=label.slug).delete()
            FormerSlug.objects.get_or_create(slug=former, defaults={"label": label})


def announce_change(label: Label, *, by: User, fields: Iterable[str]) -> None:
    """Tell those who listen that a member changed something a label says about itself, in the open transaction.

    `fields` are those of `labels.forms.LabelForm`.
    """
    announce("profile_change", label_id=label.pk, user_id=by.pk, fields=list(fields), key=str(uuid4()))


def change_logo(label: Label, logo: Picture | None) -> None:
    """Set or remove the label's logo; the previous one is deleted."""
    with transaction.atomic():
        rows = Label.objects.select_for_update(of=("self",))
        former = rows.values_list("logo_id", flat=True).get(pk=label.pk)
        label.logo = logo
        label.save(update_fields=["logo"])
        Picture.objects.filter(code=former).delete()
