"""The demo's people: accounts that can sign in, producers' profiles, and pictures drawn from names."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify
from PIL import Image, ImageDraw

from accounts.models import Picture, User
from accounts.pictures import save_picture, small_picture
from catalog.models import Genre, Profile
from demo.cast import PASSWORD, email_of
from demo.tables import PEOPLE, PRODUCERS, Person, Producer
from kit.clock import at
from labels.models import Label

ADMIN = "admin"
SIDE_PX = 512
COLOURS = ("#c2391f", "#f28b30", "#f5c03b", "#2f7f6f", "#3f6fb5", "#8f6fd1", "#e58fb1", "#1f1611", "#fffaf0")
PAGES = {
    "soundcloud": "https://soundcloud.com/{}",
    "instagram": "https://www.instagram.com/{}/",
    "spotify": "https://open.spotify.com/artist/{}",
    "ra": "https://ra.co/dj/{}",
}


def create_people(now: datetime) -> dict[str, User]:
    """Create everybody, and return them by the first part of their address."""
    password, people = make_password(PASSWORD), {}
    for person in PEOPLE:
        is_admin = person.login == ADMIN
        roles = {"is_staff": is_admin, "is_superuser": is_admin, "runs_label": not is_admin}
        people[person.login] = _create(person, password, now, **roles)
    for producer in PRODUCERS.values():
        user = _create(producer, password, now, makes_music=True)
        Profile.objects.create(user=user, **_profile(producer))
        people[producer.login] = user
    return people


def draw_pictures(profiles: Iterable[Profile], labels: Iterable[Label]) -> None:
    """Give every label a logo, and every other producer an avatar and a public page."""
    for label in labels:
        label.logo = draw_picture(label.name)
        label.save(update_fields=["logo"])
    for profile in list(profiles)[::2]:
        profile.avatar = draw_picture(profile.artist_name)
        profile.is_public, profile.slug = True, slugify(profile.artist_name)
        profile.save(update_fields=["avatar", "is_public", "slug"])
        profile.genres.set(Genre.objects.filter(tracks__owner=profile.user_id).distinct()[:3])


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


def draw_picture(name: str) -> Picture:
    """Draw a record: rings whose colours and sizes the name decides."""
    numbers = sha256(name.encode()).digest()
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), COLOURS[numbers[0] % len(COLOURS)])
    draw, middle = ImageDraw.Draw(image), SIDE_PX / 2
    for ring, radius in enumerate((220, 170, 120, 70, 24), 1):
        colour = COLOURS[(numbers[0] + ring * (1 + numbers[ring] % 4)) % len(COLOURS)]
        draw.circle((middle, middle), radius, fill=colour, outline=COLOURS[7], width=6)
    held = BytesIO()
    image.save(held, "PNG")
    held.seek(0)
    return save_picture(small_picture(held))
