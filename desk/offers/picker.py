"""A label's offer templates, offered in the panel of an offer; choosing one fills terms and text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from kit.forms import ActionForm
from labels.models import Label, OfferTemplate
from labels.reply_templates import fill_placeholders
from submissions.models import Submission
from submissions.offers.forms import initial_of
from submissions.reply_templates import values_of
from submissions.transition_table import OFFERING


@dataclass(frozen=True)
class OfferChoice:
    """An offer template as a button: the address from which the form comes back filled."""

    template: OfferTemplate
    url: str


def choices_for(label: Label, transition: str, url: str) -> list[OfferChoice] | None:
    """Return the label's templates for a transition that makes an offer, None for others. One query for those."""
    if transition not in OFFERING:
        return None
    mark = "&" if "?" in url else "?"
    return [OfferChoice(each, f"{url}{mark}offer={each.pk}") for each in OfferTemplate.objects.of(label)]


def chosen(label: Label, number: str) -> OfferTemplate | None:
    """Return the template with this id, None if it is not (or no longer) among the label's."""
    return OfferTemplate.objects.of(label).filter(pk=number).first() if number.isdecimal() else None


def filled(template: OfferTemplate, submission: Submission, *, user: User) -> dict[str, Any]:
    """Return an offer's terms and text as a template has them, its placeholders filled for one submission."""
    text = fill_placeholders(template.text, values_of(submission, user=user))
    return {"terms": template.terms, "text": text}


def fill(form: ActionForm, offer: Mapping[str, Any]) -> None:
    """Put an offer's terms and text into an unbound form; days and note stay."""
    form.initial.update(initial_of(offer))
