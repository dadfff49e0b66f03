from django import forms

from kit.forms import KeyedForm


class DemoForm(KeyedForm):
    """What carries the forms of a track: the code of one that is in the catalogue, empty for a new one.

    Its names have a prefix, since a track has a `key` too.
    """

    prefix = "demo"

    track = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def details(self) -> dict[str, object]:
        return {}
