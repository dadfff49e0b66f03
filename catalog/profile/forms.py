"""Form of a producer's profile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import Picture
from accounts.pictures import PictureFields
from catalog.models import Genre, Profile
from catalog.music.genres import GenresField, in_families
from catalog.profile import slugs
from catalog.tracks import fields
from catalog.tracks.copy import PROFILE_FIELDS
from kit import jobs
from kit.forms import CleanText

MOST_GENRES = 8
PUBLIC_HELP = (
    "Anyone can see your artist name, avatar, bio, location, genres and links there, "
    "but never your email or your tracks."
)


class ProfileForm(CleanText, PictureFields, forms.ModelForm):
    """A producer's profile and avatar."""

    soundcloud_url = fields.PageField(
        hosts=("soundcloud.com",),
        name="SoundCloud",
        handle="https://soundcloud.com/{}",
        label="SoundCloud",
        required=False,
    )
    instagram_url = fields.PageField(
        hosts=("instagram.com",),
        name="Instagram",
        handle="https://www.instagram.com/{}/",
        label="Instagram",
        required=False,
    )
    spotify_url = fields.PageField(hosts=("spotify.com",), name="Spotify", label="Spotify", required=False)
    ra_url = fields.PageField(
        hosts=("ra.co", "residentadvisor.net"),
        name="Resident Advisor",
        handle="https://ra.co/dj/{}",
        label="Resident Advisor",
        required=False,
    )
    genres = GenresField(
        Genre.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"What you make. At most {MOST_GENRES}.",
    )
    slug = forms.CharField(
        label="Address",
        required=False,
        max_length=slugs.LONGEST,
        help_text="trackflow/producers/your-name. Leave blank to create it from your artist name.",
    )

    class Meta:
        model = Profile
        fields = [*PROFILE_FIELDS, "genres", "is_public", "slug"]
        field_classes = dict.fromkeys(
            ("soundcloud_url", "instagram_url", "spotify_url", "ra_url"), forms.CharField
        )
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "artist_name": "The name your music comes out under.",
            "contact_email": "Labels you send to will see it.",
            "bio": "At most 500 characters.",
            "is_public": PUBLIC_HELP,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.instance.genres.values("pk") if self.instance.pk else []
        offered = Q(retired_at=None, parent=None)
        self.fields["genres"].queryset = in_families(Genre.objects.filter(Q(pk__in=chosen) | offered))  # type: ignore[attr-defined]
        self.fields["picture"].label = "Avatar"
        country: Any = self.fields["country"]
        country.choices = [("", "Choose a country"), *list(country.choices)[1:]]

    def clean_genres(self) -> Any:
        genres = self.cleaned_data["genres"]
        if len(genres) > MOST_GENRES:
            raise ValidationError(f"Choose at most {MOST_GENRES}: those you are known for.", code="most")
        return genres

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        return slugs.check_slug(slug, self.instance) if slug else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_public") and cleaned.get("slug") == "" and cleaned.get("artist_name"):
            self._suggest(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Profile:
        """Save profile and avatar; IntegrityError if the slug was taken meanwhile."""
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            stored = self._stored_avatar()
            self.instance.avatar_id = stored
            if self.is_picture_changed():
                self.instance.avatar = self.new_picture()
            profile = super().save()
            if "artist_name" in self.changed_data:
                jobs.announce("rename", user_id=profile.user_id)
            if profile.avatar_id != stored:
                Picture.objects.filter(code=stored).delete()
        return profile

    def _stored_avatar(self) -> str | None:
        """Lock the profile and return the code of its stored avatar."""
        rows = Profile.objects.select_for_update(of=("self",)).filter(pk=self.instance.pk)
        return rows.values_list("avatar__code", flat=True).first()

    def _suggest(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["slug"] = slugs.suggest_slug(cleaned["artist_name"], self.instance)
        except ValidationError as refusal:
            self.add_error("slug", refusal)
