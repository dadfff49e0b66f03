"""What is typed so far of a song."""

from django import forms

from kit.forms import CleanText
from studio.similar_songs.lookup import Match, similar_songs


class SongForm(CleanText, forms.Form):
    artist = forms.CharField(required=False, max_length=200)
    title = forms.CharField(required=False, max_length=150)
    own = forms.CharField(required=False, max_length=12)

    def matches(self) -> list[Match]:
        said = self.cleaned_data
        return similar_songs(said["artist"], said["title"], own=said["own"])
