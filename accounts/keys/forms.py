"""The form of a member's own keys."""

from typing import Any

from django import forms

from accounts.keys.key_map import OFF, chosen_keys
from accounts.keys.key_table import KEYS
from accounts.models import User
from kit.forms import CleanText

CHANGEABLE = [each for each in KEYS if each.may_change]


class KeysForm(CleanText, forms.Form):
    """A field for each key that can be changed, named by its place in the table, and a switch for all of them."""

    single = forms.BooleanField(
        label="Use single-character keys",
        required=False,
        help_text="Switched off, only Enter, Space and Escape do something.",
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["single"].initial = not user.shortcuts.get(OFF)
        attributes = {"size": 1, "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        chosen = chosen_keys(user)
        for place, each in enumerate(CHANGEABLE):
            self.fields[f"key-{place}"] = forms.CharField(
                label=each.does[0].upper() + each.does[1:],
                initial=chosen.get(each.key, each.key),
                max_length=1,
                required=False,
                widget=forms.TextInput(attributes),
            )

    def of_place(self, place: str) -> list[forms.BoundField]:
        """Return the fields of keys that do something on pages of this place."""
        return [
            self[f"key-{number}"]
            for number, each in enumerate(CHANGEABLE)
            if not place or place in each.places
        ]

    def of_others(self, place: str) -> list[forms.BoundField]:
        """Return the other fields."""
        here = {field.name for field in self.of_place(place)}
        return [field for field in self if field.name != "single" and field.name not in here]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken = [(each.key, each) for each in KEYS if each.is_single and not each.may_change]
        for place, each in enumerate(CHANGEABLE):
            key = cleaned.get(f"key-{place}", "").lower()
            other = next((other for used, other in taken if used == key and other.clashes_with(each)), None)
            if other:
                self.add_error(
                    f"key-{place}", f"“{key}” is taken: {other.does}. Choose another key, or none."
                )
            elif key:
                taken.append((key, each))
        return cleaned

    def save(self) -> None:
        """Keep what differs from the table."""
        chosen = {
            each.key: self.cleaned_data[f"key-{place}"].lower() for place, each in enumerate(CHANGEABLE)
        }
        own: dict[str, Any] = {default: key for default, key in chosen.items() if key != default}
        self.user.shortcuts = own if self.cleaned_data["single"] else own | {OFF: True}
        self.user.save(update_fields=["shortcuts"])
