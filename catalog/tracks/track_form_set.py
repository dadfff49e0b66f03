"""A track as it is typed in: its own form and its collaborators' rows, saved together or not at all."""

from typing import Any

from django.db import transaction

from accounts.models import User
from catalog.models import Profile, Track
from catalog.tracks.collaborators import collaborator_rows
from catalog.tracks.forms import TrackForm


class TrackEntry:
    def __init__(
        self, user: User, track: Track | None = None, data: Any = None, initial: dict[str, str] | None = None
    ) -> None:
        self.track = track or Track(owner=user)
        self.profile = Profile.objects.filter(user=user).first()
        self.form = TrackForm(data, instance=self.track, artist_name=self.artist_name, initial=initial)
        self.people = collaborator_rows(self.track, data)

    @property
    def artist_name(self) -> str:
        return self.profile.artist_name if self.profile else ""

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.people.is_valid()])

    def save(self) -> Track:
        with transaction.atomic():
            track = self.form.save()
            self.people.save(track)
        return track
