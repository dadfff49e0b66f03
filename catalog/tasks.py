"""Background jobs of the catalog."""

from django.db import transaction
from procrastinate.contrib.django import app

from accounts.models import Picture
from catalog.models import Collaborator, Profile, Track


@app.task(name="catalog.forget_profile")
def forget_profile(*, user_id: int) -> None:
    """Empty the personal data in an anonymised producer's profile and tracks; safe to repeat."""
    words = dict.fromkeys(("artist_name", "contact_email", "country", "city", "bio", "slug"), "")
    pages = dict.fromkeys(("soundcloud_url", "instagram_url", "spotify_url", "ra_url"), "")
    private = (
        "audio_url",
        "backup_url",
        "link_password",
        "licence_proof",
        "pro",
        "ipi",
        "pitch",
        "references",
    )
    with transaction.atomic():
        Picture.objects.filter(code__in=Profile.objects.filter(user_id=user_id).values("avatar_id")).delete()
        Profile.genres.through.objects.filter(profile__user_id=user_id).delete()
        Profile.objects.filter(user_id=user_id).update(is_public=False, **words, **pages)
        Track.objects.filter(owner_id=user_id).update(**dict.fromkeys(private, ""))
        Collaborator.objects.filter(track__owner_id=user_id).delete()
