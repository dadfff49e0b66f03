"""A project begun with its steps: what the form, an import and a series' line all do."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from studio.actions import perform
from studio.choices import Act, Visibility
from studio.creation import make_project
from studio.models import Pack, Project


def begin_project(
    user: User,
    *,
    key: UUID,
    pack: Pack | None = None,
    steps: Sequence[Mapping[str, Any]] = (),
    visibility: str = Visibility.PRIVATE,
    **facts: Any,
) -> Project:
    """Make a project and give it its steps: all or nothing, and once for a key.

    Raises ValidationError by field, NotAllowed.
    """
    with transaction.atomic():
        project = make_project(user, key=key, pack=pack, **facts).project
        assert project
        if steps:
            perform(project, Act.ADD_STEPS, user=user, key=uuid5(key, "steps"), steps=steps)
        if visibility != Visibility.PRIVATE:
            own = uuid5(key, "visibility")
            perform(project, Act.SET_VISIBILITY, user=user, key=own, visibility=visibility)
        return project
