"""A form's picture: an upload, made small at once, and a box to tick when there shall be none."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.images import MOST_BYTES, TOO_LARGE, small_picture
from accounts.models import Picture

HELP = "JPEG, PNG, WebP or GIF, at most 5 MB. We cut out the middle square and keep 256 pixels of it."


class PictureField(forms.FileField):
    """An upload; its cleaned value is the bytes of a small WebP, None where nothing was chosen."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        if not data:
            return None
        if data.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE, code="too_large")
        data.seek(0)
        return small_picture(data)


class PictureFields(forms.Form):
    """Mixin for a model's form: `picture` and `drops_picture`; a picture chosen wins over the tick."""

    picture = PictureField(required=False, help_text=HELP)
    drops_picture = forms.BooleanField(label="Remove the picture", required=False)

    def is_picture_changed(self) -> bool:
        return bool(self.cleaned_data["picture"] or self.cleaned_data["drops_picture"])

    def new_picture(self) -> Picture | None:
        """Store the picture that was chosen, if any; the caller forgets the one it replaces."""
        chosen = self.cleaned_data["picture"]
        return Picture.objects.create(data=chosen) if chosen else None
