"""Public projects that somebody could join, by words of title, artist and album."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, OuterRef, QuerySet, Subquery, Value

from accounts.models import User
from kit.query.lexemes import is_findable, lexeme
from studio.choices import RequestState
from studio.models import CrewRequest, Project
from studio.models.search_index import JOINABLE, WORDS

LATEST_FIRST = ("-touched_at", "-id")
MOST_WORDS = 20


def words_of(text: str) -> list[str]:
    """Return what can be looked for in a text."""
    return [word for word in text.split() if is_findable(word)][:MOST_WORDS]


def open_projects(user: User, words: Sequence[str] = ()) -> QuerySet[Project]:
    """Return public projects in the making of which a person is neither owner nor crew, with `asked`: their request.

    All words occur in title, artist or album; the last one of each may be a beginning.
    """
    rows = Project.objects.filter(JOINABLE, owner__is_active=True).of_others(user)
    if words:
        rows = rows.filter(pk__in=_matching(" & ".join(map(lexeme, words))))
    asked = CrewRequest.objects.filter(project=OuterRef("pk"), user=user)
    asked = asked.exclude(state__in=[RequestState.WITHDRAWN, RequestState.ACCEPTED])
    return rows.select_related("track", "owner__profile").annotate(asked=Subquery(asked.values("state")[:1]))


def _matching(query: str) -> QuerySet[Project, Any]:
    """Return projects by their own words, which an index holds, and by those of their tracks."""
    asked = SearchQuery(query, config="simple", search_type="raw")
    rows = Project.objects.filter(JOINABLE)
    own = rows.filter(track=None).alias(words=WORDS).filter(words=asked)
    said = Func(
        Value(""), "track__title", Value(""), function="studio_search", output_field=SearchVectorField()
    )
    of_track = rows.filter(track__isnull=False).alias(words=said).filter(words=asked)
    return own.values("pk").union(of_track.values("pk"), all=True)
