from catalog.models.genre import Genre
from catalog.models.profile import Profile
from catalog.models.short_link import ShortLink
from catalog.models.track import Collaborator, Track

__all__ = ["Collaborator", "Genre", "Profile", "ShortLink", "Track"]
