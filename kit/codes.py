"""Public codes such as `TF-4K7Q-9XMD`: a prefix and 40 random bits in Crockford's base 32.

Alphabet and folding: https://www.crockford.com/base32.html
"""

import re
import secrets
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import register_converter

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FOLD = str.maketrans({"I": "1", "L": "1", "O": "0"})
TRIES = 5


def new(prefix: str) -> str:
    """Return a fresh random code with this prefix."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def normalise(prefix: str, text: str) -> str:
    """Return the canonical form of a typed code; ValueError if it is not a code with this prefix.

    Ignores case, hyphens and spaces; reads I and L as 1, O as 0; the prefix is optional.
    """
    bare = re.sub(r"[\s-]", "", text.upper())
    bare = (bare.removeprefix(prefix) if len(bare) > 8 else bare).translate(FOLD)
    if len(bare) != 8 or set(bare) - set(ALPHABET):
        raise ValueError(f"not a {prefix} code")
    return f"{prefix}-{bare[:4]}-{bare[4:]}"


class CodeField(models.CharField[str, str]):
    """A unique code column; a `Coded` model fills it on first save."""

    def __init__(self, *, prefix: str, **options: Any) -> None:
        self.prefix = prefix
        fixed = {"max_length": len(prefix) + 10, "unique": True, "editable": False}
        super().__init__(**{**options, **fixed})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "unique", "editable"):
            options.pop(fixed, None)
        return name, path, list(args), {**options, "prefix": self.prefix}


class Coded(models.Model):
    """A model with one `CodeField`; on a collision it tries again with a new code."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        field = next(f for f in self._meta.fields if isinstance(f, CodeField))
        if getattr(self, field.attname):
            super().save(**options)
        else:
            self._save_with_new_code(field, options)

    def _save_with_new_code(self, field: CodeField, options: dict[str, Any]) -> None:
        for attempt in range(TRIES):
            setattr(self, field.attname, new(field.prefix))
            try:
                with transaction.atomic():
                    super().save(**options)
            except IntegrityError:
                taken = type(self)._base_manager.filter(**{field.attname: getattr(self, field.attname)})
                if attempt == TRIES - 1 or not taken.exists():
                    setattr(self, field.attname, "")
                    raise
            else:
                break


def register(name: str, prefix: str) -> None:
    """Register a path converter `<name:...>` that accepts a code as `normalise` does."""

    class Converter:
        regex = rf"(?i:{prefix})-?[0-9A-Za-z]{{4}}-?[0-9A-Za-z]{{4}}"

        def to_python(self, value: str) -> str:
            return normalise(prefix, value)

        def to_url(self, value: str) -> str:
            return value

    register_converter(Converter, name)
