"""A label's beginning and its changes."""

import pytest
from django.db import IntegrityError, transaction

from labels import status
from labels.choices import Role, Status
from labels.models import FormerSlug, Label
from labels.profile import change_label, create_label
from labels.tests.builders import make_label, make_user

pytestmark = pytest.mark.django_db


def test_new_label_is_unverified_with_its_owner_and_standing_intake() -> None:
    owner = make_user()
    label = create_label(owner=owner, name="Harbour", slug="harbour", time_zone="Europe/Copenhagen")
    assert (label.status, label.role_of(owner)) == (Status.UNVERIFIED, Role.OWNER)
    assert [intake.call_name for intake in label.intakes.all()] == [""]
    owner.refresh_from_db()
    assert owner.runs_label


def test_label_with_a_taken_slug_leaves_nothing() -> None:
    make_label("Harbour")
    with pytest.raises(IntegrityError), transaction.atomic():
        create_label(owner=make_user(), name="Harbour", slug="harbour", time_zone="UTC")
    assert Label.objects.count() == 1


def test_label_keeps_each_slug_it_had_and_may_take_one_back() -> None:
    label = make_label("Harbour")
    for slug in ("quay", "pier", "harbour"):
        label.slug = slug
        change_label(label, fields=["slug"])
    assert Label.objects.get().slug == "harbour"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"quay", "pier"}


def test_change_saves_the_named_columns_and_never_the_standing() -> None:
    label = make_label("Harbour")
    status.suspend(label, reason="Asked for money.")
    label.name, label.about = "Quay", "Not saved"
    change_label(label, fields=["name", "status"])
    label.refresh_from_db()
    assert (label.name, label.about, label.status) == ("Quay", "", Status.SUSPENDED)
