"""Effects: each checks a transition's details and returns its payload. Raises ValidationError for wrong input."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from catalog.music.countries import COUNTRIES
from kit.forms import need_short
from releases import code_effects, payloads, step_effects, track_effects
from releases.choices import Kind, Line, State, Transition
from releases.completeness import gaps_of
from releases.delivery_sheet import sheet_digest
from releases.details import Context, Effect
from releases.errors import NotPossible
from releases.models import Release, Series

T = Transition
LAST_YEAR = 8999
CODES = frozenset(code for code, _ in COUNTRIES)
MOST = {"title": 150, "edition": 80, "artist": 200, "p_line": 200, "c_line": 200, "genre": 60}
is_web_address = URLValidator(
    schemes=["http", "https"], message="Enter a web address that begins with https://."
)


def describe(
    context: Context,
    *,
    kind: str,
    title: str,
    edition: str = "",
    artist: str = "",
    p_line: str = "",
    c_line: str = "",
    artwork_url: str = "",
    genre: str = "",
    original_on: date | None = None,
    pre_order_on: date | None = None,
    territories: Iterable[str] = (),
    excluded: Iterable[str] = (),
    series: Series | None = None,
    part: int | None = None,
) -> Effect:
    """Plan it, or change all its details at once. No territories mean the world, `excluded` those left out."""
    given = {"title": title, "edition": edition, "artist": artist, "p_line": p_line, "c_line": c_line}
    words = {name: need_short(name, text, MOST[name]) for name, text in {**given, "genre": genre}.items()}
    if not words["title"]:
        raise ValidationError({"title": "Give it a title."})
    if kind not in Kind.values:
        raise ValidationError({"kind": "Choose what kind of release it is."})
    _check_dates(context.picture.release_on, original_on, pre_order_on)
    facts = payloads.Facts(
        str(kind),
        original_on.isoformat() if original_on else None,
        pre_order_on.isoformat() if pre_order_on else None,
        _countries("territories", territories),
        _countries("excluded", excluded),
        *_place_in_series(context, series, part),
    )
    return Effect(facts, payloads.Words(**words, artwork_url=_web_address(artwork_url)))


def schedule(
    context: Context, *, release_on: date, catalogue_number: str | None = None, told: str = ""
) -> Effect:
    """Set or move the date; the submissions follow with the note `told`. A number is given with it or kept."""
    columns = context.picture.columns
    if not any(track["line"] != Line.IRRELEVANT for track in context.picture.tracks):
        raise NotPossible("It has no tracks yet. Add at least one before you set a date.")
    if release_on < context.today:
        raise ValidationError({"release_on": "The release date has passed. Choose today or a later day."})
    if release_on.year > LAST_YEAR:
        raise ValidationError({"release_on": "Choose an earlier year."})
    number = code_effects.catalogue_number(context, catalogue_number)
    if (columns["release_on"], columns["catalogue_number"]) == (release_on, number):
        raise ValidationError({"release_on": "It has this date already. Choose another one."})
    if columns["pre_order_on"] and columns["pre_order_on"] >= release_on:
        raise ValidationError(
            {"release_on": f"Pre-orders begin on {columns['pre_order_on']:%-d %B %Y}: choose a later day."}
        )
    return Effect(payloads.Date(release_on.isoformat(), number))


def told_only(context: Context, *, told: str = "") -> Effect:
    """Nothing but what the producers are told."""
    return Effect()


def plain(context: Context) -> Effect:
    return Effect()


def deliver(context: Context) -> Effect:
    """Freeze it; everything that the delivery sheet needs is there."""
    if gaps := gaps_of(context.release, context.picture):
        named = " ".join(gap.sentence for gap in gaps[:5])
        more = f" And {len(gaps) - 5} more." if len(gaps) > 5 else ""
        raise NotPossible(f"It is not complete. {named}{more}")
    return Effect(payloads.Sheet(sheet_digest(context.release, context.picture)))


def release(context: Context) -> Effect:
    day = context.picture.release_on
    if day is None or day > context.today:
        raise NotPossible("Its release day has not come.")
    return Effect()


def _check_dates(release_on: date | None, original_on: date | None, pre_order_on: date | None) -> None:
    for name, day in (("original_on", original_on), ("pre_order_on", pre_order_on)):
        if day and not 1900 <= day.year <= LAST_YEAR:
            raise ValidationError({name: "Choose a year from 1900 on."})
    if release_on and original_on and original_on > release_on:
        raise ValidationError({"original_on": "It cannot have come out after its release date."})
    if release_on and pre_order_on and pre_order_on >= release_on:
        raise ValidationError({"pre_order_on": "Pre-orders begin before the release date."})


def _countries(name: str, codes: Iterable[str]) -> list[str]:
    found = sorted({str(code).upper() for code in codes})
    if unknown := [code for code in found if code not in CODES]:
        raise ValidationError({name: f"These are no countries: {', '.join(unknown)}."})
    return found


def _web_address(text: str) -> str:
    found = need_short("artwork_url", text, 2000)
    if found:
        try:
            is_web_address(found)
        except ValidationError as error:
            raise ValidationError({"artwork_url": error.messages}) from error
    return found


def _place_in_series(
    context: Context, series: Series | None, part: int | None
) -> tuple[str | None, int | None]:
    if series is None:
        if part is not None:
            raise ValidationError({"part": "Choose the series that it is a part of."})
        return None, None
    if series.label_id != context.release.label_id:
        raise ValidationError({"series": "This series is another label’s."})
    if part is not None and not 1 <= part <= 999:
        raise ValidationError({"part": "Parts are numbered from 1 to 999."})
    others = Release.objects.filter(series=series, part=part).exclude(pk=context.release.pk)
    taken = others.exclude(state=State.CANCELLED).first() if part else None
    if taken:
        raise ValidationError({"part": f"{taken.shown_title} ({taken.reference}) is part {part} already."})
    return series.code, part


EFFECTS: dict[str, Callable[..., Any]] = {
    T.PLAN: describe,
    T.EDIT: describe,
    T.SCHEDULE: schedule,
    T.UNSCHEDULE: told_only,
    T.DELIVER: deliver,
    T.RECALL: plain,
    T.RELEASE: release,
    T.CANCEL: told_only,
    T.SET_TRACKS: track_effects.set_tracks,
    T.ASSIGN_CODES: code_effects.assign_codes,
    T.LOSE_TRACK: track_effects.lose_track,
    T.ADD_STEPS: step_effects.add_steps,
    T.CHANGE_STEP: step_effects.change_step,
    T.COMPLETE_STEP: step_effects.complete_step,
    T.REOPEN_STEP: step_effects.reopen_step,
    T.SKIP_STEP: step_effects.skip_step,
}
