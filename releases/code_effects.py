"""Effects that give out codes, one release after the other: whoever does locks the label's settings."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Max

from catalog.music.barcodes import parse_barcode
from catalog.music.catalogue_numbers import LONGEST, lowest_free, parse_pattern
from catalog.music.isrc import LAST_NUMBER, parse_isrc
from kit.forms import need_short
from releases import payloads
from releases.choices import Line
from releases.details import Context, Effect, Issued
from releases.models import Barcode, IssuedISRC, Release, ReleaseSettings, ReleaseTrack


def assign_codes(
    context: Context,
    *,
    catalogue_number: str | None = None,
    upc: str | None = None,
    isrcs: Mapping[int, str] | None = None,
    takes_number: bool = False,
    takes_upc: bool = False,
    issues_isrcs: bool = False,
    told: str = "",
) -> Effect:
    """Set codes: typed ones, `isrcs` by position, or the next ones; None keeps what is there.

    `takes_number`: the lowest number of the label's pattern that is free; `takes_upc`: the next code of its pool;
    `issues_isrcs`: the next of the ledger for each track without one.
    """
    context.submissions()
    settings, columns = context.settings, context.picture.columns
    if takes_number and not columns["catalogue_number"]:
        catalogue_number = proposed_number(settings)
    number = _free_number(context, catalogue_number)
    code = _free_upc(context, _next_upc(context) if takes_upc and not columns["upc"] else upc)
    typed = _typed_isrcs(context, isrcs or {})
    issued = _issue(context, settings, typed) if issues_isrcs else ()
    codes = typed | {given.position: given.code for given in issued}
    if (number, code) == (columns["catalogue_number"], columns["upc"]) and not codes:
        raise ValidationError("There is nothing to assign.")
    isrcs_now = {str(place): isrc for place, isrc in codes.items()}
    payload = payloads.Codes(number, code, isrcs_now, [given.code for given in issued])
    return Effect(payload, issued=issued)


def catalogue_number(context: Context, typed: str | None) -> str:
    """Return the number for a release: the one it has for None, else this one, which is free."""
    kept: str = context.picture.columns["catalogue_number"]
    if typed is None or typed.strip() == kept:
        return kept
    context.submissions()
    assert context.settings
    return _free_number(context, typed)


def proposed_number(settings: ReleaseSettings) -> str:
    """Return the lowest number of the label's pattern that is free. Raises ValidationError without a pattern."""
    if not settings.number_pattern:
        raise ValidationError(
            {"catalogue_number": "Set a pattern for catalogue numbers first, in the settings."}
        )
    pattern = parse_pattern(settings.number_pattern)
    held = Release.objects.filter(label=settings.label_id, is_freed=False).exclude(catalogue_number="")
    return lowest_free(pattern, held.values_list("catalogue_number", flat=True))


def is_still_to_be_issued(context: Context, isrc: str) -> bool:
    """Whether the ledger would issue this code in time: it must not be typed before. Locks the settings."""
    settings = context.settings
    if not settings.isrc_prefix or isrc[:5] != settings.isrc_prefix:
        return False
    year, number = int(isrc[5:7]), int(isrc[7:])
    latest = _last_number(settings.isrc_prefix, year)
    first = settings.isrc_first if latest is None else latest + 1
    return year == context.today.year % 100 and number >= first


def _free_number(context: Context, typed: str | None) -> str:
    if typed is None:
        return str(context.picture.columns["catalogue_number"])
    number = need_short("catalogue_number", typed, LONGEST)
    held = Release.objects.filter(label=context.release.label_id, is_freed=False)
    taken = held.filter(catalogue_number__iexact=number).exclude(pk=context.release.pk).first()
    if number and taken:
        raise ValidationError({"catalogue_number": f"{taken} has this number already."})
    return number


def _free_upc(context: Context, typed: str | None) -> str:
    if typed is None:
        return str(context.picture.columns["upc"])
    try:
        code = parse_barcode(typed) if typed.strip() else ""
    except ValidationError as error:
        raise ValidationError({"upc": error.messages}) from error
    held = Release.objects.filter(label=context.release.label_id, is_freed=False, upc=code)
    if code and (taken := held.exclude(pk=context.release.pk).first()):
        raise ValidationError({"upc": f"{taken} has this UPC already."})
    return code


def _next_upc(context: Context) -> str:
    found = Barcode.objects.free(context.release.label).first()
    if found is None:
        raise ValidationError(
            {"upc": "No UPC is left in your pool. Paste more in the settings, or type one."}
        )
    return found.code


def _typed_isrcs(context: Context, isrcs: Mapping[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    kept = {track["position"]: track["isrc"] for track in context.picture.tracks}
    for position, text in isrcs.items():
        if position not in kept:
            raise ValidationError({"isrcs": f"There is no track {position}."})
        try:
            code = parse_isrc(text)
        except ValidationError as error:
            raise ValidationError({"isrcs": f"Track {position}: {' '.join(error.messages)}"}) from error
        if code == kept[position]:
            continue
        if is_still_to_be_issued(context, code):
            raise ValidationError(
                {"isrcs": f"Track {position}: {code} will be issued here. Issue it instead."}
            )
        _refuse_second(context, position, code)
        found[position] = code
    after = [code for code in (kept | found).values() if code]
    if len(set(after)) < len(after):
        raise ValidationError({"isrcs": "Two tracks cannot have the same ISRC."})
    return found


def _refuse_second(context: Context, position: int, code: str) -> None:
    """A recording keeps its code on every release."""
    submission = context.picture.tracks[position - 1]["submission"]
    own = submission and own_isrc(context.release, submission)
    if own and own != code:
        raise ValidationError({"isrcs": f"Track {position} has the ISRC {own}, and keeps it."})


def own_isrc(release: Release, submission: str) -> str:
    """Return the code that a recording keeps: issued to it, or on another release; "" if it has none so far."""
    issued = IssuedISRC.objects.filter(submission__reference=submission).order_by("id")
    if code := issued.values_list("code", flat=True).first():
        return code
    tracks = ReleaseTrack.objects.filter(submission__reference=submission).exclude(isrc="")
    return tracks.exclude(release=release).order_by("id").values_list("isrc", flat=True).first() or ""


def _issue(context: Context, settings: ReleaseSettings, typed: dict[int, str]) -> tuple[Issued, ...]:
    """Return the next numbers for the tracks without a code."""
    lacking = [
        track["position"]
        for track in context.picture.tracks
        if not track["isrc"] and track["position"] not in typed and track["line"] == Line.SUBMISSION
    ]
    if lacking and not settings.isrc_prefix:
        raise ValidationError({"isrcs": "Enter your ISRC prefix first, in the settings."})
    year = context.today.year % 100
    last = _last_number(settings.isrc_prefix, year)
    first = settings.isrc_first if last is None else last + 1
    if first + len(lacking) - 1 > LAST_NUMBER:
        raise ValidationError(
            {"isrcs": f"No ISRC is left for {context.today.year} under {settings.isrc_prefix}."}
        )
    return tuple(
        Issued(settings.isrc_prefix, year, number, place) for number, place in enumerate(lacking, first)
    )


def _last_number(prefix: str, year: int) -> int | None:
    found = IssuedISRC.objects.filter(prefix=prefix, year=year).aggregate(last=Max("number"))
    last: int | None = found["last"]
    return last
