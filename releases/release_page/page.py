"""The desk's page of a release."""

from dataclasses import dataclass
from typing import Any

from catalog.music.barcodes import display_barcode
from catalog.music.countries import COUNTRIES
from kit.clock import now
from kit.routes import url_for
from recordings.graph.support import support_of
from recordings.works import Name
from releases.badges import icon_of
from releases.choices import Transition
from releases.completeness import CODES, DATE, DETAILS, TRACKS, Gap, gaps_of
from releases.desk_context import ReleaseContext, page_context
from releases.masters import master_lines_of
from releases.models import Release, ReleaseEvent, ReleaseTrack
from releases.projections import replay
from releases.readiness import DELIVERABLES, SPLITS, is_late, owed_by
from releases.risk import risks_of
from releases.service import settings_of
from releases.steps_page.rows import step_rows_of
from releases.timeline import timeline
from releases.transition_table import RULES

T = Transition
PLACES = {CODES: "codes", DATE: "date", DETAILS: "details", TRACKS: "tracks"}
ACTIONS = (T.SCHEDULE, T.DELIVER, T.RELEASE, T.RECALL, T.UNSCHEDULE, T.CANCEL)
COUNTRY_NAMES = dict(COUNTRIES)
MOST_ON_A_DAY = 10


@dataclass(frozen=True)
class Action:
    """A button: what happens next to the release."""

    name: str
    words: str
    icon: str
    href: str


@dataclass(frozen=True)
class GapRow:
    """What is missing, and where it is mended."""

    sentence: str
    href: str
    words: str


def page_of(context: ReleaseContext) -> dict[str, Any]:
    """Return the context of the page. Seven queries at most; with shelves two for masters and four for plays."""
    release = context.release
    events = list(ReleaseEvent.objects.of(release).with_people())
    tracks = list(release.tracks.select_related("submission"))
    steps = list(release.steps.select_related("assignee", "done_by"))
    picture, settings = replay(events), settings_of(context.desk.label)
    shown = {track.submission.reference: track.submission for track in tracks if track.submission}
    owed = owed_by(shown.values()) if release.is_live else []
    gaps = gaps_of(release, picture, shown, owed) if release.is_live else []
    late = [str(item) for item in owed if is_late(item, now())]
    return {
        **page_context(context.desk) | words_of(release),
        "context": context,
        "release": release,
        "tracks": tracks,
        "steps": step_rows_of(context, steps),
        "gaps": [_gap_row(context, gap) for gap in gaps],
        "masters": master_lines_of(release, tracks),
        "support": support_of(context.user, lambda: _digests_of(release, tracks)),
        "risks": risks_of(release, steps, lead_days=settings.lead_days, today=context.today, overdue=late),
        "same_day": same_day_of(release),
        "actions": _actions(context),
        "may": {name: context.may(name) for name in (T.EDIT, T.SET_TRACKS, T.ASSIGN_CODES, T.ADD_STEPS)},
        "entries": timeline(events, {step.number: step.name for step in steps}),
        "user_id": context.user.pk,
    }


def words_of(release: Release) -> dict[str, Any]:
    """Return what a head of a page says of a release besides its row."""
    within = [COUNTRY_NAMES.get(code, code) for code in release.territories]
    without = [COUNTRY_NAMES.get(code, code) for code in release.excluded]
    excepted = f" except {', '.join(without)}" if without else ""
    return {
        "state_icon": icon_of(release.state),
        "upc_words": display_barcode(release.upc) if release.upc else "",
        "territory_words": (", ".join(within) or "Worldwide") + excepted,
    }


def same_day_of(release: Release, day: Any = None) -> list[Release]:
    """Return the label's other releases on its day, or on another one. One query, none without a day."""
    day = day or release.release_on
    if day is None:
        return []
    others = Release.objects.filter(label=release.label_id, release_on=day).exclude(pk=release.pk)
    return list(others.order_by("id")[:MOST_ON_A_DAY])


def _digests_of(release: Release, tracks: list[ReleaseTrack]) -> list[str]:
    """Return by what works are known, of the tracks with a title."""
    names = [Name(each.artist or release.artist, each.title, each.mix) for each in tracks]
    return [name.digest for name in names if name.digest]


def _actions(context: ReleaseContext) -> list[Action]:
    release = context.release
    found = []
    for name in ACTIONS:
        if not context.may(name) or (name == T.RELEASE and _is_too_early(context)):
            continue
        moved = name == T.SCHEDULE and release.release_on is not None
        words = "Move the release date" if moved else RULES[name].button
        place = context.url_of("date") if name == T.SCHEDULE else context.url_of("act", name.value)
        found.append(Action(name.value, words, RULES[name].icon, place))
    return found


def _is_too_early(context: ReleaseContext) -> bool:
    day = context.release.release_on
    return day is None or day > context.today


def _gap_row(context: ReleaseContext, gap: Gap) -> GapRow:
    if gap.submission:
        page = url_for("desk:submission", context.desk.label.slug, gap.submission)
        return GapRow(gap.sentence, f"{page}#{gap.place}", GAP_WORDS[gap.place])
    place = PLACES[gap.place]
    anchor = f"#track-{gap.position}" if gap.position and place in ("tracks", "codes") else ""
    return GapRow(gap.sentence, context.url_of(place) + anchor, GAP_WORDS[place])


GAP_WORDS = {
    "codes": "Assign codes",
    "date": "Set the date",
    "details": "Edit details",
    "tracks": "Edit the track list",
    SPLITS: "Open the splits",
    DELIVERABLES: "Open what you asked for",
}
