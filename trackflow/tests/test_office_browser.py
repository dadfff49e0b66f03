"""The office in a browser: at 1280 pixels no list hides a column."""

import pytest
from django.contrib.admin import site

from labels.models import Proof
from labels.tests.builders import make_label
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

LONG = "https://a-rather-long-name-for-a-record-label.example/how-to-send/demos-and-nothing-else"


@pytest.fixture
def office(committed_db: str) -> Cast:
    cast = make_cast()
    cast.demo("signed", title="The Longest Title That Somebody Gave a Track (Somebody’s Remix)")
    label = make_label("A Rather Long Name for a Record Label", status="unverified", website=LONG)
    Proof.objects.create(
        label=label,
        given_by=cast.owner,
        link=LONG,
        address="demos-and-nothing@rather-long.example",
        said="x" * 200,
    )
    return cast


def test_no_list_hides_a_column_at_1280_pixels(office: Cast, browse: Browse, server: str) -> None:
    page = browse(viewport={"width": 1280, "height": 800})
    sign_in(page, office.admin, server)
    for model in site._registry:
        meta = model._meta
        page.goto(f"/admin/{meta.app_label}/{meta.model_name}/")
        hidden = page.evaluate(
            "(() => { const list = document.querySelector('#changelist .results');"
            " return list ? list.scrollWidth - list.clientWidth : 0; })()"
        )
        assert hidden == 0, f"{meta.label} hides {hidden} pixels"
