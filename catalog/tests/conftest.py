import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer


@pytest.fixture
def mara(db: None) -> User:
    return make_producer("mara@example.com", artist_name="Mara Lindqvist")


@pytest.fixture
def stranger(db: None) -> User:
    return make_producer("niko@example.com", artist_name="Niko")


@pytest.fixture
def mara_client(client: Client, mara: User) -> Client:
    """A browser in which Mara is signed in."""
    client.force_login(mara)
    return client
