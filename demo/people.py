"""The demo's people: accounts that can sign in, and producers' profiles."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from catalog.models import Profile
from demo import PASSWORD
from demo.cast import Person, Producer, email_of
from kit.clock import at

ADMIN = Person("admin", "Mira Novak", "Europe/Vienna", 220)
PAGES = {
    "soundcloud": "https://soundcloud.com/{}",
    "instagram": "https://www.instagram.com/{}/",
    "spotify": "https://open.spotify.com/artist/{}",
    "ra": "https://ra.co/dj/{}",
}


def create_people(staff: Iterable[Person], producers: Iterable[Producer], now: datetime) -> dict[str, User]:
    """Create everybody, and return them by the first part of their address."""
    password = make_password(PASSWORD)
    people = {ADMIN.login: _create(ADMIN, password, now, is_staff=True, is_superuser=True)}
    for person in staff:
        people[person.login] = _create(person, password, now, runs_label=True)
    for producer in producers:
        user = _create(producer, password, now, makes_music=True)
        Profile.objects.create(user=user, **_profile(producer))
        people[producer.login] = user
    return people


def _create(person: Person, password: str, now: datetime, **fields: bool) -> User:
    """Create a person with a confirmed address; all share one hash, for making it is slow on purpose."""
    email = email_of(person.login)
    with at(now - timedelta(days=person.joined)):
        user = User(email=email, name=person.name, time_zone=person.time_zone, password=password, **fields)
        user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _profile(producer: Producer) -> dict[str, str]:
    pages = {f"{page}_url": PAGES[page].format(producer.handle.replace("-", "")) for page in producer.pages}
    return {
        "artist_name": producer.artist,
        "contact_email": email_of(producer.login),
        "country": producer.country,
        "city": producer.city,
        "bio": producer.bio,
        **pages,
        "soundcloud_url": PAGES["soundcloud"].format(producer.handle),
    }
