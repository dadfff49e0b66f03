"""The address of a set's page."""

from django import forms

from kit.forms import CleanText
from sources import tracklists1001


class TracklistForm(CleanText, forms.Form):
    url = forms.CharField(
        label="Address on 1001Tracklists",
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": "Paste the address of the set’s page."},
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        tracklists1001.path_of(url)
        return url
