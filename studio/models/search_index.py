"""What the search of public projects looks in, for the index and for the query, which have to say the same."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, Q

from studio.choices import State, Visibility

JOINABLE = Q(visibility=Visibility.PUBLIC, discarded_at=None, state__in=[State.PLANNED, State.IN_PROGRESS])
"""Public, in the making, and not in the bin."""

WORDS = Func(F("artist"), F("title"), F("album"), function="studio_search", output_field=SearchVectorField())
"""Of a project without a track, which else has the title."""
