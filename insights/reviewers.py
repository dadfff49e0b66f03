"""What those are called who opened submissions first, colleagues who left among them."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from labels.models import Label, Membership
from submissions.query_words import quoted

FORMER = "A former member"
PLAIN_QUOTES = str.maketrans({'"': ""})


def reviewers_of(pks: list[str], label: Label) -> Mapping[str, tuple[str, str]]:
    """Return for each their name, and how a query's `opener:` says it: by address where a name could mean others.

    The queue looks for a name among the team first, and takes a first name for the whole.
    """
    team = Membership.objects.filter(label=label)
    known = User.objects.filter(Q(pk__in=pks) | Q(pk__in=team.values("user"))) if pks else User.objects.none()
    people = list(known.annotate(belongs=Exists(team.filter(user=OuterRef("pk")))))
    names = Counter(_folded(person.name) for person in people)
    asked = [each for each in people if str(each.pk) in set(pks)]
    return {str(each.pk): (_name(each), _value(each, names)) for each in asked}


def _name(person: User) -> str:
    if person.anonymised_at:
        return FORMER
    belongs = getattr(person, "belongs", False)
    return str(person) if belongs else f"{person} (former member)"


def _value(person: User, names: Counter[str]) -> str:
    own = _folded(person.name)
    is_alone = own and sum(count for name, count in names.items() if name.startswith(own)) == 1
    is_alone = is_alone and getattr(person, "belongs", False)
    said = " ".join(person.name.translate(PLAIN_QUOTES).split()) if is_alone else person.email
    return quoted(said.casefold())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
