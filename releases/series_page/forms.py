"""The form of a series."""

from django import forms

from kit.forms import CleanText
from releases.models import Series

TAKEN = "You have a series of this name already."


class SeriesForm(CleanText, forms.ModelForm[Series]):
    parts = forms.IntegerField(
        label="Number of parts",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Leave it empty while it is open.",
    )

    class Meta:
        model = Series
        fields = ("name", "parts", "note")
        labels = {"note": "Note for the team"}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Series.objects.filter(label=self.instance.label_id, name__iexact=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(TAKEN)
        return name
