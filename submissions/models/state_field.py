"""The field of a submission's state."""

from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """The library's, which migrations know; a loaded state is read at once, as pages do hundreds of times."""

    def get_state(self, instance: Any) -> Any:
        """Return the state; one that was deferred is read from the database, as the library does."""
        found = instance.__dict__.get(self.name)
        return super().get_state(instance) if found is None else found

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django_fsm.FSMField", args, kwargs
