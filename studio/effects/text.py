"""Words as they are stored."""

from django.core.exceptions import ValidationError

from kit.forms import refuse_control, tidy


def need_text(field: str, text: str, length: int) -> str:
    """Return typed text, tidied. Raises ValidationError beside its field if it is too long, or no text."""
    clean = tidy(text)
    try:
        refuse_control(clean)
    except ValidationError as error:
        raise ValidationError({field: error}) from None
    if len(clean) > length:
        raise ValidationError({field: f"At most {length:,} characters; this has {len(clean):,}."})
    return clean
