"""`manage.py rebuild_insights`: from events alone, and what had differed."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from insights.models import SubmissionFacts
from insights.tests.builders import send
from labels.choices import Role
from labels.models import ResponseRecord
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import make_draft

pytestmark = pytest.mark.django_db


def rebuilt(*slugs: str) -> str:
    out = StringIO()
    call_command("rebuild_insights", label=list(slugs) or None, verbosity=0, stdout=out)
    return out.getvalue().strip()


def test_rebuild_makes_all_rows_and_says_how_many_differed() -> None:
    labels = [make_label(name) for name in ("Harbour", "Quay")]
    for label in labels:
        send(label, make_member(label, Role.MANAGER), (1, "reject"))
    assert rebuilt() == "2 submissions, 2 differed; 2 response records differed"
    assert rebuilt() == "2 submissions, 0 differed; 0 response records differed"
    SubmissionFacts.objects.filter(label=labels[0]).update(state="accepted", genre="techno")
    ResponseRecord.objects.filter(label=labels[1]).update(answered=0, in_time=0)
    assert rebuilt() == "2 submissions, 1 differed; 1 response records differed"


def test_rebuild_of_one_label_leaves_others_alone() -> None:
    for name in ("Harbour", "Quay"):
        label = make_label(name)
        send(label, make_member(label, Role.MANAGER))
    assert rebuilt("quay") == "1 submissions, 1 differed; 1 response records differed"
    assert [each.label.slug for each in SubmissionFacts.objects.all()] == ["quay"]


def test_rebuild_takes_away_what_has_no_history() -> None:
    label = make_label()
    send(label, make_member(label, Role.MANAGER))
    rebuilt()
    stray, draft = SubmissionFacts.objects.get(), make_draft(label=label)
    stray.pk = draft.pk
    stray.save(force_insert=True)
    assert rebuilt() == "1 submissions, 1 differed; 0 response records differed"
    assert not SubmissionFacts.objects.filter(pk=draft.pk).exists()


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(CommandError, match="nowhere"):
        rebuilt("nowhere")
