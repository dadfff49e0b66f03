"""No table and no field that leads to a person is forgotten: each is exported, or named with the reason why not."""

from collections import defaultdict
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from privacy.export.holding import Holding
from privacy.export.holding_table import ALL, NO_PERSON, NOT_SHOWN, OF_SUBMISSIONS

ADDRESSES = {"email", "address", "contact_email"}
TYPED_FOR_OTHERS = {"catalog.Collaborator.email", "submissions.CoProducer.email"}


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in ("contenttypes", "auth")]


def relations() -> set[tuple[str, str]]:
    """Return (table, field) of every relation to a person."""
    return {
        (model._meta.label, field.name)
        for model in tables()
        for field in model._meta.concrete_fields
        if field.related_model is User
    }


def test_every_relation_to_a_person_is_followed_or_named() -> None:
    followed = {(holding.model, lookup) for holding in ALL for lookup in holding.mine}
    followed |= set(OF_SUBMISSIONS.items())
    missing = relations() - followed - set(NOT_SHOWN)
    assert not missing, "name them in `privacy/export/holding_table.py`"
    assert not set(NOT_SHOWN) - relations(), "no such relation any more"
    assert not set(NOT_SHOWN) & followed


def test_every_field_that_holds_an_address_is_named() -> None:
    shown = {f"{holding.model}.{name}" for holding in ALL for name in named(holding)}
    holding_address = {
        f"{model._meta.label}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField) or field.name in ADDRESSES
        if not isinstance(field, models.ForeignKey)
    }
    assert holding_address - shown - set(NO_PERSON) <= TYPED_FOR_OTHERS


def named(holding: Holding) -> set[str]:
    """Return the fields of its own table that a holding reads, or leaves out."""
    read = {what.split("__")[0] for what in holding.fields.values() if isinstance(what, str)}
    return read | set(holding.left_out)


BY_TABLE: dict[str, set[str]] = defaultdict(set)
for each in ALL:
    if each.model not in OF_SUBMISSIONS:
        BY_TABLE[each.model] |= named(each)


@pytest.mark.parametrize("name", sorted(BY_TABLE))
def test_every_field_of_a_persons_table_is_shown_or_left_out_for_a_reason(name: str) -> None:
    fields: set[str] = {field.name for field in apps.get_model(name)._meta.concrete_fields}
    by_function = {
        "Genres",
        "Picture",
        "Labels",
        "Name",
        "Marks",
        "What",
        "Has a password",
        "Tracklist",
        "Steps",
    }
    assert fields - BY_TABLE[name] == set(), f"{name}: name them in its `Holding`"
    extra = BY_TABLE[name] - fields
    assert extra <= {"digest_hex"} | by_function


@pytest.mark.parametrize("holding", ALL, ids=lambda each: f"{each.model} {each.title}")
def test_every_reason_is_one(holding: Any) -> None:
    assert all(len(reason) > 10 for reason in holding.left_out.values())
    assert holding.rows(User(pk=1)).query
