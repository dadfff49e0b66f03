"""Admin: whoever views the studio as somebody looks at its pages and changes nothing."""

import pytest

from studio.choices import Act
from studio.tests.builders import act
from studio.tests.test_levels import Studio
from studio.tests.test_page_levels import PACK_PAGES, PROJECT_PAGES, SHOWN, path_of
from trackflow.tests.impersonators import acting, make_admin

pytestmark = pytest.mark.django_db


def test_impersonator_looks_and_changes_nothing() -> None:
    studio = Studio()
    studio.open_to("reader")
    act(studio.project, Act.ASK_TO_JOIN, studio.people["reader"])
    client = acting(make_admin(), studio.people["owner"])
    names = [*PROJECT_PAGES, *PACK_PAGES]
    assert {name: client.post(path_of(studio, name)).status_code for name in names} == dict.fromkeys(
        names, 403
    )
    assert {name: client.get(path_of(studio, name)).status_code for name in SHOWN} == dict.fromkeys(
        SHOWN, 200
    )
