"""Pages of crews, requests to join and open projects that axe-core checks, and their data."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, Visibility
from studio.models import Pack, Project
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.cast import Cast

STEPS = [{"name": "Drums"}, {"name": "Bass"}, {"name": "Vocals"}]


def crew_visits(cast: Cast, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return what an owner sees, a member of the crew, and strangers who asked to join or did not."""
    owner = make_producer(artist_name=word[:120] or "Nova")
    member, asker, refused, other = (make_producer(artist_name=word[:120] or f"Ola {n}") for n in range(4))
    pack = a_pack(owner, title=word or "Harbour")
    project = _project(owner, pack, word)
    for subject in (project, pack):
        act(subject, Act.ADD_CREW, owner, person=member, level=Level.EDIT, parts=[word[:60] or "drums"])
    wish = {"message": word or "I sing.", "parts": [word[:60] or "vocals"]}
    act(project, Act.ASK_TO_JOIN, asker, **wish)
    request = act(project, Act.ASK_TO_JOIN, refused, **wish).details["request"]
    act(project, Act.REFUSE_REQUEST, owner, request=request)
    crews = [
        reverse(f"studio:{kind}-crew", args=[each.code])
        for kind, each in (("project", project), ("pack", pack))
    ]
    one, requests, found = (
        reverse("studio:project", args=[project.code]),
        reverse("studio:requests"),
        reverse("studio:open"),
    )
    return [
        (owner, [*crews, one, requests, f"{requests}?show=answered", found]),
        (member, crews),
        (asker, [one, f"{requests}?show=own", found]),
        (refused, [one]),
        (other, [one, found, f"{found}?q=nothing", requests, f"{requests}?show=own"]),
    ]


def _project(owner: User, pack: Pack, word: str) -> Project:
    project = a_project(
        owner, pack=pack, title=word or "Night Shift", artist=word[:150], album=word, year=2026
    )
    act(project, Act.ADD_STEPS, owner, steps=[{"name": word[:120]}] if word else STEPS)
    act(project, Act.COMPLETE_STEP, owner, step=1)
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    return project
