"""Addresses: their shape, the words kept free, and who may have which."""

import pytest
from django.core.exceptions import ValidationError

from labels import slugs
from labels.models import FormerSlug
from labels.tests.builders import make_label

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["harbour", "h", "808", "low-tide-records", "x" * 60])
def test_plain_slug_is_free(slug: str) -> None:
    assert slugs.check_slug(f" {slug.upper()} ") == slug


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "a_b", "a b", "é", "a/b", "x" * 61, "a\n", "a\x00"])
def test_slug_of_another_shape_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError) as refused:
        slugs.check_slug(f"{slug}!" if slug == "a\n" else slug)
    assert refused.value.code == "shape"


@pytest.mark.parametrize("slug", ["new", "admin", "Settings", "desk"])
def test_reserved_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError) as refused:
        slugs.check_slug(slug)
    assert refused.value.code == "reserved"


def test_slug_present_or_former_is_its_labels_alone() -> None:
    label, other = make_label("Harbour"), make_label("Other")
    FormerSlug.objects.create(label=label, slug="quay")
    for slug in ("harbour", "quay"):
        assert slugs.check_slug(slug, label=label) == slug
        for stranger in (None, other):
            with pytest.raises(ValidationError) as refused:
                slugs.check_slug(slug, label=stranger)
            assert refused.value.code == "taken"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Low Tide Records", "low-tide-records"),
        ("Ōkami & Søn", "okami-sn"),
        ("Harbour", "harbour-2"),
        ("New", "new-2"),
        ("A_B", "a-b"),
        ("x" * 120, "x" * 56),
    ],
)
def test_slug_is_suggested_from_the_name(name: str, slug: str) -> None:
    make_label("Harbour")
    assert slugs.suggest_slug(name) == slug
    assert slugs.check_slug(slug) == slug


def test_name_without_letters_that_fit_suggests_nothing() -> None:
    with pytest.raises(ValidationError):
        slugs.suggest_slug("音楽")
