"""Covers that sources name, as pictures of ours."""

from io import BytesIO

from django.core.exceptions import ValidationError

from accounts.models import Picture
from accounts.pictures import save_picture, small_picture
from sources import covers
from sources.choices import Source
from sources.errors import Nonsense
from sources.exchange import IN_JOB, Patience


def fetch_picture(url: str, *, patience: Patience = IN_JOB) -> Picture:
    """Fetch a cover, encode it anew and store it. Raises a SourceError; Nonsense for what is no picture."""
    content = covers.fetch(url, patience=patience)
    try:
        return save_picture(small_picture(BytesIO(content)))
    except ValidationError:
        raise Nonsense(Source.COVERS) from None
