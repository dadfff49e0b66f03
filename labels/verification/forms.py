"""Form of a label's proof of identity."""

from typing import Any

from django import forms

from catalog.links.web_address import read_address
from kit.forms import CleanText
from labels.choices import ProofState
from labels.link_fields import LONGEST
from labels.models import Label, Proof
from labels.verification.domains import refuse_foreign

NOTHING = "Enter a link, an email address, or both."
UNANSWERED = "Answer in a few words, or change the link or the address."


class ProofForm(CleanText, forms.ModelForm[Proof]):
    """A link, an address at the label's own domain, and a note; asks for the website if unknown."""

    link = forms.URLField(
        label="A link that proves it is your label",
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text="Where your label says that it takes demos on Trackflow: your site, a post, your Bandcamp page.",
    )
    address = forms.EmailField(
        label="An email address at your domain",
        required=False,
        max_length=254,
        help_text="We send it a link to confirm. The mail shows your name and email address.",
    )
    website = forms.URLField(
        label="Your website",
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text="The email address above must be at this domain.",
    )

    class Meta:
        model = Proof
        fields = ["link", "address", "website", "said"]
        widgets = {"said": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label = label
        if label.website:
            del self.fields["website"]
        if self.is_asked:
            self.fields["said"].label, self.initial["said"] = "Your answer", ""

    @property
    def is_asked(self) -> bool:
        return self.instance.state == ProofState.ASKED_BACK

    def clean_link(self) -> str:
        return str(read_address(link)) if (link := self.cleaned_data["link"]) else ""

    def clean_website(self) -> str:
        website = str(read_address(typed)) if (typed := self.cleaned_data["website"]) else ""
        if len(website) > LONGEST:
            raise forms.ValidationError(f"An address may have at most {LONGEST} characters.", code="too_long")
        return website

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not cleaned["link"] and not cleaned["address"]:
            self.add_error("link", NOTHING)
        elif self.is_asked and not cleaned["said"] and not {"link", "address"} & set(self.changed_data):
            self.add_error("said", UNANSWERED)
        elif address := cleaned["address"]:
            self._check(address, self.label.website or cleaned["website"])
        return cleaned

    def given(self) -> dict[str, str]:
        """Return the cleaned values by field name; the website only if asked for."""
        names = ("link", "address", "said", "website")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def _check(self, address: str, website: str) -> None:
        try:
            refuse_foreign(address, website)
        except forms.ValidationError as problem:
            is_unknown = problem.code == "no_website" and "website" in self.fields
            self.add_error("website" if is_unknown else "address", problem)
