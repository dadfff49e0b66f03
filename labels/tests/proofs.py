"""Proofs of identity, as tests of several apps need them."""

from accounts.models import User
from labels.choices import Role, Status
from labels.models import Membership, Proof
from labels.tests.builders import make_label, make_user
from labels.verification.service import ask_back, submit_proof


def make_open_proof(manager: User) -> Proof:
    """Return the proof of a new label, with an address to confirm and an open question."""
    label = make_label("Rivertone", status=Status.UNVERIFIED, website="https://rivertone.example/")
    Membership.objects.create(label=label, user=manager, role=Role.OWNER)
    address = "demos@rivertone.example"
    proof, _ = submit_proof(label, by=manager, link="https://bandcamp.com/x", address=address, said="Hello.")
    return ask_back(proof, by=make_user(is_staff=True), words="Where do you say so?")
