"""Forms of a label's release settings and of its pool of bar codes."""

import re

from django import forms
from django.core.exceptions import ValidationError

from catalog.music.barcodes import parse_barcode
from catalog.music.catalogue_numbers import parse_pattern
from kit.forms import CleanText, StampedForm
from releases.forms import words_field
from releases.models import ReleaseSettings

TAKEN = "Another label has this prefix. Ask your national ISRC agency if it is yours."
PREFIX = re.compile(r"[A-Z]{2}[A-Z0-9]{3}", re.ASCII)
SEPARATORS = re.compile(r"[\s,;]+")
MOST_CODES = 5000


class SettingsForm(CleanText, StampedForm, forms.ModelForm[ReleaseSettings]):
    isrc_prefix = forms.CharField(
        label="ISRC prefix",
        max_length=12,
        required=False,
        help_text="Country and registrant code, such as QMABC. Another label cannot have the same.",
    )

    class Meta:
        model = ReleaseSettings
        fields = ("number_pattern", "isrc_prefix", "isrc_first", "lead_days", "p_line", "c_line")
        labels = {
            "number_pattern": "Catalogue number pattern",
            "isrc_first": "First ISRC of a year",
            "lead_days": "Days from delivery to release",
        }
        help_texts = {
            "number_pattern": "NOVA{n:03} proposes NOVA001, NOVA002 and so on: the lowest that is free.",
            "isrc_first": "If numbers of this year were given out elsewhere, the next one.",
            "lead_days": "How long before its date a release has to be with the distributor.",
            "p_line": "Filled in for every new release.",
            "c_line": "Filled in for every new release.",
        }

    def renewed(self) -> list[str]:
        """Return the names of fields that have another value now, however it was typed."""
        return [name for name in self.changed_data if self.initial.get(name) != self.cleaned_data[name]]

    def clean_number_pattern(self) -> str:
        pattern: str = self.cleaned_data["number_pattern"]
        if pattern:
            parse_pattern(pattern)
        return pattern

    def clean_isrc_prefix(self) -> str:
        prefix = re.sub(r"[\s-]", "", self.cleaned_data["isrc_prefix"]).upper()
        if prefix and not PREFIX.fullmatch(prefix):
            raise ValidationError("A prefix has two letters and three letters or digits, such as QMABC.")
        others = ReleaseSettings.objects.filter(isrc_prefix=prefix).exclude(pk=self.instance.pk)
        if prefix and others.exists():
            raise ValidationError(TAKEN)
        return prefix


class BarcodesForm(CleanText, forms.Form):
    """Codes to be added to the pool, pasted."""

    codes = words_field("UPC or EAN codes", required=True, rows=5, max_length=90_000)

    def clean_codes(self) -> list[str]:
        found: dict[str, None] = {}
        wrong = []
        for text in SEPARATORS.split(self.cleaned_data["codes"]):
            try:
                found[parse_barcode(text)] = None
            except ValidationError as error:
                wrong.append(f"{text}: {' '.join(error.messages)}")
        if wrong:
            more = [f"And {len(wrong) - 10} more."] if len(wrong) > 10 else []
            raise ValidationError([*wrong[:10], *more])
        if len(found) > MOST_CODES:
            raise ValidationError(f"Paste at most {MOST_CODES} codes at once.")
        return list(found)
