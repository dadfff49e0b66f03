"""The demo's pictures and public pages: records drawn in each name's own colours."""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO

from django.utils.text import slugify
from PIL import Image, ImageDraw

from accounts.models import Picture
from accounts.pictures import small_picture
from catalog.models import Genre, Profile
from labels.models import Label

SIDE_PX = 512
COLOURS = ("#c2391f", "#f28b30", "#f5c03b", "#2f7f6f", "#3f6fb5", "#8f6fd1", "#e58fb1", "#1f1611", "#fffaf0")


def dress(profiles: Iterable[Profile], labels: Iterable[Label]) -> None:
    """Give every label a logo, and every other producer an avatar and a public page."""
    for label in labels:
        label.logo = _drawn(label.name)
        label.save(update_fields=["logo"])
    for profile in list(profiles)[::2]:
        profile.avatar = _drawn(profile.artist_name)
        profile.is_public, profile.slug = True, slugify(profile.artist_name)
        profile.save(update_fields=["avatar", "is_public", "slug"])
        profile.genres.set(Genre.objects.filter(tracks__owner=profile.user_id).distinct()[:3])


def _drawn(name: str) -> Picture:
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
    return Picture.objects.create(data=small_picture(held))
