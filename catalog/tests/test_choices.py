"""Choices: their stored values stand in frozen revisions, so this list is a contract."""

import re

import pytest
from django.db.models import TextChoices

from catalog import choices

STORED = {
    choices.VersionType: "original remix edit bootleg mashup cover",
    choices.ReleaseStatus: "unreleased previously_public self_released released_elsewhere signed_elsewhere",
    choices.Exclusivity: "exclusive_until sent_elsewhere offer_held",
    choices.SampleUse: "none royalty_free cleared uncleared",
    choices.VocalUse: "none own session pack ai",
    choices.AIUse: "no partially yes",
    choices.Explicit: "explicit clean not_explicit",
    choices.CollaboratorRole: "primary featured remixer producer vocalist writer mixing mastering",
}


@pytest.mark.parametrize(
    ("question", "values"), STORED.items(), ids=lambda part: getattr(part, "__name__", "")
)
def test_stored_values_never_change(question: type[TextChoices], values: str) -> None:
    assert question.values == values.split()


@pytest.mark.parametrize("question", STORED)
def test_labels_are_words_and_differ(question: type[TextChoices]) -> None:
    assert len(set(question.labels)) == len(question.values)
    assert all(re.fullmatch(r"[A-Z][^_]+", str(label)) for label in question.labels)


def test_every_question_is_covered_here() -> None:
    defined = {
        kind
        for kind in vars(choices).values()
        if isinstance(kind, type) and kind.__module__ == choices.__name__
    }
    assert defined == set(STORED)


def test_default_mix_is_suggested_first() -> None:
    assert choices.MIX_NAMES[0] == choices.DEFAULT_MIX == "Original Mix"
