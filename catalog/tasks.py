"""Background jobs of the catalog."""

from django.db import transaction
from django.db.models import Q
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import Picture
from catalog.links import short_links
from catalog.models import Collaborator, Profile, ShortLink, Track
from catalog.tracks.short_links import replace_short_links

RETRY = RetryStrategy(max_attempts=3, exponential_wait=5)
LINKS = ("audio_url", "backup_url")
PRIVATE = (
    *("title", "mix", "isrc", "release_window", *LINKS),
    *("link_password", "licence_proof", "pro", "ipi", "pitch", "references"),
)
"""What is emptied in the tracks of an anonymised producer that labels were sent; the others are deleted.

One that a project of the studio makes is deleted when the studio forgets, whichever job comes first.
"""


@app.task(name="catalog.forget_profile", retry=RETRY)
def forget_profile(*, user_id: int) -> None:
    """Empty the personal data in an anonymised producer's profile and tracks; safe to repeat."""
    words = dict.fromkeys(("artist_name", "contact_email", "country", "city", "bio", "slug"), "")
    pages = dict.fromkeys(("soundcloud_url", "instagram_url", "spotify_url", "ra_url"), "")
    tracks = Track.objects.filter(owner_id=user_id)
    with transaction.atomic():
        Picture.objects.filter(code__in=Profile.objects.filter(user_id=user_id).values("avatar_id")).delete()
        Profile.genres.through.objects.filter(profile__user_id=user_id).delete()
        Profile.objects.filter(user_id=user_id).update(is_public=False, **words, **pages)
        links = {link for pair in tracks.values_list(*LINKS) for link in pair if link}
        ShortLink.objects.filter(Q(url__in=links) | Q(target__in=links)).delete()
        tracks.filter(submissions=None, project=None).delete()
        tracks.update(**dict.fromkeys(PRIVATE, ""))
        Collaborator.objects.filter(track__owner_id=user_id).delete()


@app.task(name=short_links.RESOLVE, retry=RETRY)
def resolve_short_link(*, short_link_id: int) -> None:
    """Ask where a short link leads; safe to repeat."""
    row = ShortLink.objects.filter(pk=short_link_id).first()
    if row:
        short_links.resolve(row)


@app.task(name="catalog.replace_short_links", retry=RETRY)
def replace_track_links(*, track_id: int) -> None:
    """Write the full addresses into a track that was saved with short links."""
    replace_short_links(track_id)


@app.periodic(cron="15 4 * * *")
@app.task(name="catalog.delete_short_links", queueing_lock="catalog.delete_short_links", pass_context=False)
def delete_short_links(timestamp: int = 0) -> int:
    """Delete where yesterday's short links led; return how many."""
    return short_links.delete_outdated()
