"""Forms to report a label."""

from django import forms

from kit.forms import CleanText
from labels.choices import Complaint
from labels.reports.service import LONGEST


def _text(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 8})
    return forms.CharField(label=label, max_length=LONGEST, help_text=help_text, widget=widget)


class ReportForm(CleanText, forms.Form):
    """A new report."""

    reason = forms.ChoiceField(label="What is wrong?", choices=Complaint, widget=forms.RadioSelect)
    text = _text("What happened?", "Say what was written or asked, when, and by whom. Quote mails.")


class AdditionForm(CleanText, forms.Form):
    """An addition to an open report."""

    text = _text("Anything to add?", "It is added below what you told us before.")
