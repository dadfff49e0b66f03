"""What a browser posts from the page of a track."""

from typing import Any

from django.test import Client
from django.urls import reverse

ROWS = {
    "people-TOTAL_FORMS": "3",
    "people-INITIAL_FORMS": "0",
    "people-MIN_NUM_FORMS": "0",
    "people-MAX_NUM_FORMS": "20",
}


def row(number: int, **fields: str) -> dict[str, str]:
    """Return the fields of one collaborator's row."""
    said = {"name": "Ines Okafor", "role": "vocalist", "email": "", "split": "", **fields}
    return {f"people-{number}-{name}": value for name, value in said.items()}


def post_track(client: Client, track: Any = None, **fields: Any) -> Any:
    """Post a track's form, a title given unless told; dashes in field names are written as given."""
    url = reverse("catalog:track-edit", args=[track.code]) if track else reverse("catalog:track-create")
    return client.post(url, {"title": "Night Drive", "mix": "Original Mix", **ROWS, **fields})
