"""A label's lists of templates: saved under its lock, never over a colleague's change; retired, not deleted."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import canonical
from kit.clock import now
from kit.errors import ChangedMeanwhile, Gone
from labels.models import DeliverableTemplate, Label, OfferTemplate, ReplyTemplate

T = TypeVar("T", ReplyTemplate, OfferTemplate, DeliverableTemplate)


@dataclass(frozen=True)
class TemplateList(Generic[T]):
    """The templates of one kind. `fields` are what an edit changes; names are unique among those of equal `beside`.

    `taken` and `full` say why a name or one more template is refused, `word` names one in errors.
    """

    model: type[T]
    fields: tuple[str, ...]
    most: int
    taken: str
    full: str
    word: str = "template"
    beside: tuple[str, ...] = ()

    def stamp_of(self, template: T) -> str:
        """Return a fingerprint of a template, for a form's hidden field; "" for a new one."""
        if not template.pk:
            return ""
        return canonical.stamp({name: getattr(template, name) for name in self.fields})

    @transaction.atomic
    def save(self, template: T, *, stamp: str = "") -> T:
        """Save a template, new or changed; ValidationError for a name in use (on `name`) and for too many.

        Raises ChangedMeanwhile if `stamp` does not match the saved template, Gone if it was retired.
        """
        Label.objects.select_for_update(of=("self",)).get(pk=template.label_id)
        active: Any = self.model.objects.of(template.label)
        if template.pk:
            self._refuse_changed(active.filter(pk=template.pk).first(), stamp)
        same = active.filter(**{name: getattr(template, name) for name in self.beside})
        if same.filter(name__iexact=template.name).exclude(pk=template.pk).exists():
            raise ValidationError({"name": self.taken})
        if not template.pk and active.count() >= self.most:
            raise ValidationError(self.full)
        template.save(update_fields=self.fields if template.pk else None)
        return template

    @transaction.atomic
    def retire(self, template: T) -> bool:
        """Retire a template; return False if it was retired already."""
        active: Any = self.model.objects.of(template.label)
        return bool(active.filter(pk=template.pk).update(retired_at=now()))

    def _refuse_changed(self, fresh: T | None, stamp: str) -> None:
        if fresh is None:
            raise Gone(self.word)
        if self.stamp_of(fresh) != stamp:
            raise ChangedMeanwhile(self.word, fresh)
