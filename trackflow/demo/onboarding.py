"""Labels on their way: one that we asked back, one that waits for us, and what became of those before."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from catalog.models import Genre
from kit.clock import at
from labels import profile
from labels.models import Label
from labels.verification import service as verification
from workspace.verification import proof_submission

ASKED = (
    "Hello Amal, the page you linked is about a stationer’s in Lyon of the same name. Where does your label say "
    "that it takes demos here? A line on your Bandcamp page would do."
)
LINKS = {
    "kiesweg": [
        "https://kiesweg.bandcamp.com/",
        "https://www.discogs.com/label/000-Kiesweg",
        "https://ra.co/labels/0",
    ],
    "mare-baixa": ["https://marebaixa.bandcamp.com/"],
}


def set_up_newcomers(people: Mapping[str, User], today: datetime) -> None:
    """Let two new labels show who they are, one of them to be asked back; and older ones link to their pages."""
    for slug, links in LINKS.items():
        label = Label.objects.get(slug=slug)
        label.links = links
        profile.change_label(label, fields=["links"])
    _waiting(Label.objects.get(slug="second-sunday"), people["ruby"], today)
    _asked_back(people["amal"], people["admin"], today)


def _waiting(label: Label, owner: User, today: datetime) -> None:
    said = "Two of us, since 2019. The address is the one on the back of every sleeve."
    with at(today - timedelta(days=2)):
        given = {"link": "https://second-sunday.example/demos", "address": "hello@second-sunday.example"}
        proof = proof_submission.give(label, by=owner, said=said, **given)
    with at(today - timedelta(days=2, hours=-1)):
        verification.confirm_address(verification.token_of(proof), label=label)


def _asked_back(owner: User, admin: User, today: datetime) -> None:
    with at(today - timedelta(days=3)):
        label = profile.create_label(
            owner=owner,
            name="Papier Carbone",
            slug="papier-carbone",
            time_zone="Europe/Paris",
            genres=Genre.objects.filter(slug__in=["electronica", "downtempo"]),
            country="FR",
            website="https://papier-carbone.example/",
        )
        given = {"link": "https://papier-carbone.example/", "address": "amal@papier-carbone.example"}
        proof = proof_submission.give(label, by=owner, said="", **given)
    with at(today - timedelta(days=1)):
        verification.ask_back(proof, by=admin, words=ASKED)
