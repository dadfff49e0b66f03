"""What a label copies to its own site, and which sites it allows."""

from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from activity.models import Activity
from activity.tests.log_lines import logged
from labels.choices import Status
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


def url(cast: Cast) -> str:
    return reverse("workspace:embed", args=[cast.label.slug])


def test_manager_copies_frame_button_and_link(cast: Cast) -> None:
    cast.label.name = 'Harbour "& <Sons>'
    cast.label.save()
    page = client_of(cast.manager).get(url(cast))
    frame, button, link = [str(each.html) for each in page.context["snippets"]]
    assert frame.startswith(f'<iframe src="{settings.BASE_URL}/labels/harbour/embed/" title="Send a demo to')
    assert all("Harbour &quot;&amp; &lt;Sons&gt;" in each for each in (frame, button, link))
    assert link.startswith(f'<a href="{settings.BASE_URL}/labels/harbour/">')
    assert frame in unescape(page.content.decode())
    assert frame not in page.content.decode()


def test_page_itself_may_frame_the_preview_and_be_framed_by_nobody(cast: Cast) -> None:
    policy = client_of(cast.manager).get(url(cast)).headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    (frames,) = [part for part in policy.split("; ") if part.startswith("frame-src")]
    assert "'self'" in frames


def test_manager_allows_sites_and_the_team_log_tells(cast: Cast) -> None:
    answer = client_of(cast.manager).post(url(cast), {"sites": "www.harbour.example\nhttps://shop.example/x"})
    assert (answer.status_code, answer["Location"]) == (303, url(cast))
    cast.label.refresh_from_db()
    assert cast.label.embed_sites == ["https://www.harbour.example", "https://shop.example"]
    noted = Activity.objects.get()
    assert (noted.actor, noted.label) == (cast.manager, cast.label)
    assert noted.details == {"sites": ["https://www.harbour.example", "https://shop.example"]}
    assert logged() == ["allowed the form on https://www.harbour.example and https://shop.example"]
    client_of(cast.manager).post(url(cast), {"sites": "https://www.harbour.example\nshop.example"})
    assert Activity.objects.count() == 1


def test_bad_site_is_said_at_its_field_and_kept_as_typed(cast: Cast) -> None:
    answer = client_of(cast.manager).post(url(cast), {"sites": "good.example\nhttp://localhost"})
    assert answer.status_code == 422
    assert "http://localhost: A link must name a public host" in str(answer.context["form"].errors["sites"])
    assert answer.context["form"]["sites"].value() == "good.example\nhttp://localhost"


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED])
def test_sites_of_a_label_suspended_or_closed_stay(cast: Cast, status: str) -> None:
    type(cast.label).objects.update(status=status)
    answer = client_of(cast.manager).post(url(cast), {"sites": "good.example"})
    assert answer.status_code == 409
    cast.label.refresh_from_db()
    assert cast.label.embed_sites == []
