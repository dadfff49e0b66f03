"""Covers of projects and packs: chosen, replaced, removed; a refused picture is not kept."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Picture
from catalog.tests.builders import make_producer
from studio.choices import Act, Visibility
from studio.covers import NOTHING_CHOSEN, CoverForm, save_cover
from studio.models import Pack, StudioEvent
from studio.tests.builders import a_pack, act

pytestmark = pytest.mark.django_db


def a_picture() -> SimpleUploadedFile:
    held = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(held, "PNG")
    return SimpleUploadedFile("cover.png", held.getvalue(), "image/png")


@pytest.fixture
def pack() -> Pack:
    return a_pack(make_producer())


def form_of(upload: SimpleUploadedFile | None = None, **data: str) -> CoverForm:
    if upload:
        upload.request = None  # type: ignore[attr-defined]  # as the handler of uploads sets it
    return CoverForm({"key": str(uuid4()), **data}, {"picture": upload} if upload else None)


@pytest.fixture(autouse=True)
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.pictures.limits.check", lambda request, name: None)


def test_owner_chooses_a_cover_and_removes_it(pack: Pack) -> None:
    assert save_cover(form_of(a_picture()), pack, pack.owner).status == 303
    kept = Pack.objects.get().cover
    assert kept
    assert kept.thumbnail
    assert save_cover(form_of(drops_picture="on"), pack, pack.owner).status == 303
    assert (Pack.objects.get().cover, Picture.objects.count()) == (None, 0)


def test_form_without_a_picture_is_refused_beside_its_field(pack: Pack) -> None:
    outcome = save_cover(form_of(), pack, pack.owner)
    assert (outcome.status, outcome.form.errors["picture"]) == (422, [NOTHING_CHOSEN])


def test_picture_of_somebody_who_may_not_is_not_kept(pack: Pack) -> None:
    act(pack, Act.SET_VISIBILITY, pack.owner, visibility=Visibility.PUBLIC)
    before = StudioEvent.objects.count()
    with pytest.raises(PermissionDenied):
        save_cover(form_of(a_picture()), pack, make_producer())
    assert (Picture.objects.count(), StudioEvent.objects.count()) == (0, before)


def test_picture_for_a_pack_in_the_bin_is_not_kept(pack: Pack) -> None:
    act(pack, Act.DISCARD, pack.owner)
    outcome = save_cover(form_of(a_picture()), pack, pack.owner)
    assert (outcome.status, Picture.objects.count()) == (409, 0)
