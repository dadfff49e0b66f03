"""What the demo's producers keep for sending: notes and label lists."""

from collections.abc import Mapping

from accounts.models import User
from demo.tables import read_toml
from labels.models import Label
from submissions.models import LabelList
from submissions.saved_notes.service import keep_note


def keep_for_sending(people: Mapping[str, User]) -> None:
    """Save notes and label lists as their producers would."""
    data = read_toml("label_lists")
    for note in data["note"]:
        keep_note(people[note["login"]], note["name"], note["text"])
    for each in data["list"]:
        kept = LabelList.objects.create(producer=people[each["login"]], name=each["name"])
        kept.labels.set(Label.objects.filter(slug__in=each["labels"]))
