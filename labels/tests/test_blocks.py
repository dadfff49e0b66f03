"""A label takes no more demos from a producer, until it does again."""

import pytest
from django.core.exceptions import ValidationError

from labels import blocks
from labels.choices import Role
from labels.models import Block
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db


def test_block_stands_at_one_label_until_it_is_lifted() -> None:
    harbour, quay, maya = make_label("Harbour"), make_label("Quay"), make_user()
    manager = make_member(harbour, Role.MANAGER)
    block = blocks.block(harbour, maya, actor=manager, why="Insults")
    assert (block.blocked_by, block.why) == (manager, "Insults")
    assert blocks.is_blocked(producer=maya, label=harbour)
    assert not blocks.is_blocked(producer=maya, label=quay)
    assert not blocks.is_blocked(producer=manager, label=harbour)
    assert blocks.lift(block, actor=manager)
    assert not blocks.is_blocked(producer=maya, label=harbour)


def test_lifting_twice_keeps_who_did_it_first() -> None:
    label = make_label()
    first, second = make_member(label), make_member(label)
    block = blocks.block(label, make_user(), actor=first)
    assert blocks.lift(block, actor=first)
    assert not blocks.lift(block, actor=second)
    assert Block.objects.get().lifted_by == first


def test_second_block_is_refused_and_a_new_one_after_lifting_is_not() -> None:
    label, maya = make_label(), make_user()
    owner = make_member(label)
    block = blocks.block(label, maya, actor=owner)
    with pytest.raises(ValidationError, match="blocked this producer already"):
        blocks.block(label, maya, actor=owner)
    blocks.lift(block, actor=owner)
    blocks.block(label, maya, actor=owner)
    assert Block.objects.count() == 2


@pytest.mark.parametrize("role", Role)
def test_members_who_make_music_may_be_blocked_but_not_owners(role: Role) -> None:
    label = make_label()
    owner, member = make_member(label), make_member(label, role)
    if role == Role.OWNER:
        with pytest.raises(ValidationError, match="An owner of Harbour cannot be blocked"):
            blocks.block(label, member, actor=owner)
    else:
        blocks.block(label, member, actor=owner)
    assert Block.objects.exists() == (role != Role.OWNER)
