"""Offer templates: managers make them, members read them, the offer's panel and form are filled by them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from labels.models import OfferTemplate
from labels.offer_templates import MOST_TEMPLATES
from labels.status import suspend
from submissions.tests.builders import OFFER, TERMS
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import PANEL, address, post

pytestmark = pytest.mark.django_db
FORM = {**OFFER, "name": "Single", "text": "{label} releases {title}."}


def make(cast: Cast, name: str = "Single", **more: Any) -> OfferTemplate:
    values = {"terms": TERMS, "text": "{label} releases {title}.", **more}
    return OfferTemplate.objects.create(label=cast.label, name=name, **values)


def create(cast: Cast, user: User | None = None, /, **fields: Any) -> Any:
    where = address("offer-template-create", cast.label.slug)
    return client_of(user or cast.manager).post(where, FORM | fields)


def test_manager_makes_a_template(cast: Cast) -> None:
    assert create(cast).status_code == 303
    template = OfferTemplate.objects.get()
    assert (template.name, template.text) == ("Single", "{label} releases {title}.")
    assert (template.terms["percentage"], template.terms["years"]) == ("50.00", 10)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"deal": "lease"}, "Select a valid choice"),
        ({"percentage": ""}, "Say what share"),
        ({"percentage": "101"}, "less than or equal to 100"),
        ({"advance": "5"}, "Choose the currency"),
        ({"advance": "5.005", "currency": "EUR"}, "can be paid in EUR"),
        ({"advance": "5.5", "currency": "JPY"}, "can be paid in JPY"),
        ({"territories": "Atlantis"}, "no country that we know"),
        ({"territories": "Germany", "exceptions": "Austria"}, "Exceptions are from the world"),
        ({"text": "Dear {friend}"}, "is not a placeholder"),
        ({"deal": "contract", "text": ""}, "needs its text here"),
    ],
)
def test_wrong_input_is_told_and_kept(wrong: dict[str, Any], said: str, cast: Cast) -> None:
    answer = create(cast, **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert not OfferTemplate.objects.exists()


def test_name_is_used_once(cast: Cast) -> None:
    make(cast)
    answer = create(cast, name="SINGLE")
    assert answer.status_code == 422
    assert "already has an offer template with this name" in answer.content.decode()


def test_a_label_has_at_most_fifty(cast: Cast) -> None:
    for number in range(MOST_TEMPLATES):
        make(cast, f"Offer {number}")
    assert "Retire one first" in create(cast).content.decode()


def test_edit_of_an_old_page_is_told(cast: Cast) -> None:
    template = make(cast)
    where = address("offer-template-edit", cast.label.slug, template.pk)
    client = client_of(cast.manager)
    stamp = client.get(where).context["form"].initial["stamp"]
    assert client.post(where, FORM | {"stamp": stamp, "percentage": "55"}).status_code == 303
    answer = client.post(where, FORM | {"stamp": stamp, "percentage": "65"})
    assert answer.status_code == 409
    assert "What you typed is still here" in answer.content.decode()
    assert OfferTemplate.objects.get().terms["percentage"] == "55.00"


def test_retired_template_is_offered_no_more(cast: Cast) -> None:
    template = make(cast)
    where = address("offer-template-retire", cast.label.slug, template.pk)
    assert client_of(cast.manager).post(where).status_code == 303
    page = client_of(cast.viewer).get(address("offer-templates", cast.label.slug)).content.decode()
    assert "None yet" in page


@pytest.mark.parametrize("person", ["reviewer", "viewer"])
def test_below_manager_reads_alone(person: str, cast: Cast) -> None:
    make(cast)
    client: Client = client_of(getattr(cast, person))
    page = client.get(address("offer-templates", cast.label.slug)).content.decode()
    assert "Exclusive licence" in page
    assert "New offer template" not in page
    assert create(cast, getattr(cast, person)).status_code == 403


def test_suspended_label_changes_none(cast: Cast) -> None:
    suspend(cast.label, reason="Asked for money.")
    assert create(cast).status_code == 409


def held(answer: Any) -> dict[str, Any]:
    form = answer.context["panel"].form
    return {name: form[name].value() for name in form.fields}


@pytest.mark.parametrize(("state", "transition"), [("in_review", "accept"), ("countered", "revise_offer")])
def test_template_fills_the_panel_and_keeps_what_was_typed(state: str, transition: str, cast: Cast) -> None:
    template, demo = make(cast), cast.demo(state, title="Tides")
    where = f"?offer={template.pk}"
    client = client_of(cast.manager)
    url = address("act", cast.label.slug, demo.reference, transition)
    typed = {"turn": demo.turn, "note": "Hello!", "days": "9", "percentage": "12"}
    answer = client.post(url + where, typed, headers=PANEL)
    form = held(answer)
    assert answer.status_code == 200
    assert (form["text"], form["percentage"]) == ("Harbour releases Tides.", "50.00")
    assert (form["note"], form["days"]) == ("Hello!", "9")


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_template_that_is_gone_is_told(number: str, cast: Cast) -> None:
    demo = cast.demo()
    url = address("act", cast.label.slug, demo.reference, "accept")
    answer = client_of(cast.manager).post(f"{url}?offer={number}", {"turn": demo.turn}, headers=PANEL)
    assert answer.status_code == 409


def test_panel_lists_the_templates(cast: Cast) -> None:
    make(cast, "Album")
    demo = cast.demo()
    page = (
        client_of(cast.manager)
        .get(address("act", cast.label.slug, demo.reference, "accept"))
        .content.decode()
    )
    assert "Album" in page
    page = (
        client_of(cast.manager)
        .get(address("act", cast.label.slug, demo.reference, "reject"))
        .content.decode()
    )
    assert "Offer template" not in page.replace("Offer templates", "")


def test_offer_keeps_what_its_template_said(cast: Cast) -> None:
    template, demo = make(cast), cast.demo()
    post(cast.manager, demo, "accept", text="Harbour releases it.")
    template.text = "Something else."
    template.save()
    assert demo.offers.get().text == "Harbour releases it."
