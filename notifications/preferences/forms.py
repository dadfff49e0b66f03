"""Forms of a person's settings: when mails come, and how each kind comes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from notifications.choices import Side, Way
from notifications.kind_table import Kind
from notifications.models import Preferences

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
NO_HOUR = [("", "No quiet hours")]
USUAL = "usual"
"""Nothing of their own for this label."""


class TimesForm(forms.ModelForm[Preferences]):
    """The hour of the digest, and hours without mail."""

    digest_hour = forms.TypedChoiceField(
        label="Send my daily digest at",
        choices=HOURS,
        coerce=int,
        help_text="One mail a day at most, and none on days without news.",
    )
    quiet_from = forms.TypedChoiceField(
        label="No mail from", choices=[*NO_HOUR, *HOURS], coerce=int, empty_value=None, required=False
    )
    quiet_until = forms.TypedChoiceField(
        label="Until",
        choices=[*NO_HOUR, *HOURS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Mails wait until then; nothing is lost.",
    )

    class Meta:
        model = Preferences
        fields = ["digest_hour", "quiet_from", "quiet_until"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if self.errors:
            return cleaned
        if (begin is None) != (end is None):
            name = "quiet_from" if begin is None else "quiet_until"
            self.add_error(name, "Quiet hours need a beginning and an end.")
        elif begin is not None and begin == end:
            self.add_error("quiet_until", "Choose an end that differs from the beginning.")
        elif Preferences(quiet_from=begin, quiet_until=end).is_quiet(cleaned["digest_hour"]):
            self.add_error("digest_hour", "This is within your quiet hours. Choose another hour.")
        return cleaned


class WaysForm(forms.Form):
    """How each of these kinds comes; at one `label` each may stay as for all labels."""

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[Kind],
        chosen: Mapping[str, str],
        usual: Mapping[str, str],
        **options: Any,
    ) -> None:
        """`chosen` and `usual` are ways by the name of a field; `usual` is empty for the form of all labels."""
        super().__init__(*args, **options)
        self.kinds = kinds
        for kind in kinds:
            name = field_name(kind)
            first = [(USUAL, f"As usual: {Way(usual[name]).label.lower()}")] if usual else []
            self.fields[name] = forms.ChoiceField(
                label=kind.name,
                help_text=kind.text,
                choices=[*first, *Way.choices],
                initial=chosen.get(name, USUAL),
            )

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by side, without sides that have none."""
        parts = (
            (side.label, [self[field_name(each)] for each in self.kinds if each.side == side])
            for side in Side
        )
        return [(name, fields) for name, fields in parts if fields]


class LabelWaysForm(WaysForm):
    """The same at one label, for its members also whether they hear of what is assigned to others."""

    assigned_only = forms.BooleanField(
        label="Only what is assigned to me",
        help_text="You hear of no demo at this label that nobody is assigned to, or somebody else.",
        required=False,
    )

    def __init__(self, *args: Any, is_member: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_member:
            del self.fields["assigned_only"]


def field_name(kind: Kind) -> str:
    return f"{kind.side}-{kind.key}"
