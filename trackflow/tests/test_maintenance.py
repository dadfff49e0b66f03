import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def closed(settings: Settings) -> None:
    settings.MAINTENANCE = True


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/labels/", "/submissions/", "/admin/", "/nowhere/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_closed_site_says_so_everywhere_and_asks_no_database(
    closed: None, client: Client, path: str, method: str
) -> None:
    answer = getattr(client, method)(path)  # without the `db` mark a query fails the test
    assert answer.status_code == 503
    assert answer["Retry-After"] == "600"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"]
    assert 'class="masthead"' in answer.content.decode()


@pytest.mark.django_db
def test_health_is_answered_while_closed(closed: None, client: Client) -> None:
    assert client.get("/health/").status_code == 200


def test_static_files_are_served_before_the_closed_door(settings: Settings) -> None:
    order = settings.MIDDLEWARE
    door = order.index("trackflow.unavailable.maintenance")
    assert order.index("whitenoise.middleware.WhiteNoiseMiddleware") < door
    assert door < order.index("django.contrib.sessions.middleware.SessionMiddleware")


def test_open_site_is_open(client: Client) -> None:
    assert client.get("/").status_code == 200
