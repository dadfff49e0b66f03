"""What those are called who opened submissions first, colleagues who left among them."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Exists, OuterRef

from accounts.models import User
from labels.models import Label, Membership

FORMER = "A former member"
PLAIN_QUOTES = str.maketrans({'"': ""})


def reviewers_of(pks: list[str], label: Label) -> Mapping[str, tuple[str, str]]:
    """Return for each their name, and how a query's `opener:` says it: whom a name alone does not mean, by address."""
    belongs = Exists(Membership.objects.filter(label=label, user=OuterRef("pk")))
    people = User.objects.filter(pk__in=pks).annotate(belongs=belongs) if pks else []
    names = Counter(_folded(person.name) for person in people)
    return {str(each.pk): (_name(each), _value(each, names)) for each in people}


def _name(person: User) -> str:
    if person.anonymised_at:
        return FORMER
    belongs = getattr(person, "belongs", False)
    return str(person) if belongs else f"{person} (former member)"


def _value(person: User, names: Counter[str]) -> str:
    is_alone = person.name and names[_folded(person.name)] == 1
    said = " ".join(person.name.translate(PLAIN_QUOTES).split()) if is_alone else person.email
    return f'"{said}"'


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
