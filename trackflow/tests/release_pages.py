"""The pages of releases that axe-core checks, and what they show."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from accounts.models import User
from releases.models import Release, Series, StepTemplate
from releases.template_table import BUILT_IN
from releases.tests.builders import act, line_for, plan, set_up
from submissions.models import Submission
from trackflow.testing.cast import Cast

OF_DESK = (
    "list",
    "board",
    "month",
    "suggestions",
    "plan",
    "series-list",
    "settings",
    "templates",
    "calendar",
)
OF_RELEASE = ("release", "codes", "date", "details", "add-steps", "tracks")
ACTS = ("unschedule", "deliver", "cancel")


def release_visits(cast: Cast, demo: Submission, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return (user, URLs) of the pages about a scheduled release of a signed demo; `word`, if any, is its title."""
    release = make(cast, demo, word or "Night Shift")
    own = reverse("releases:show", args=[release.reference])
    return [(cast.manager, list(at_the_desk(cast, release))), (cast.producer, [own])]


def make(cast: Cast, demo: Submission, word: str) -> Release:
    """Return a release with steps in all states, one of them the manager's, and a series beside it."""
    set_up(cast.label)
    title = word[:120]
    release = plan(cast.label, manager=cast.manager, title=title, artist=title, p_line=title)
    act(release, "set_tracks", manager=cast.manager, tracks=[line_for(demo)])
    steps = [*BUILT_IN["single"].as_steps(), {"name": title}]
    steps = [{**each, "number": number} for number, each in enumerate(steps, 1)]
    act(release, "add_steps", manager=cast.manager, steps=steps)
    act(release, "complete_step", manager=cast.manager)
    act(release, "skip_step", manager=cast.manager, step=2)
    named = {"name": title, "note": title, "is_shared": True}
    act(release, "change_step", manager=cast.manager, step=3, assignee=cast.manager, **named)
    Series.objects.create(label=cast.label, name=title, parts=3)
    return act(release, "schedule", manager=cast.manager).release


def at_the_desk(cast: Cast, release: Release) -> Iterator[str]:
    slug = cast.label.slug
    for name in OF_DESK:
        yield reverse(f"releases:{name}", args=[slug])
    for name in OF_RELEASE:
        yield reverse(f"releases:{name}", args=[slug, release.reference])
    for name in ACTS:
        yield reverse("releases:act", args=[slug, release.reference, name])
    yield reverse("releases:step", args=[slug, release.reference, 3])
    yield f"{reverse('releases:date', args=[slug, release.reference])}?release_on=2999-05-01"
    yield f"{reverse('releases:month', args=[slug])}?month={release.release_on:%Y-%m}"
    yield f"{reverse('releases:list', args=[slug])}?q=nothing-like-it"
    yield reverse("releases:series", args=[slug, Series.objects.get(label=cast.label).code])
    yield f"{reverse('releases:template-new', args=[slug])}?from=ep"
    own = StepTemplate.objects.create(label=cast.label, name="Our own")
    yield reverse("releases:template", args=[slug, own.pk])
    yield reverse("releases:my-steps")
