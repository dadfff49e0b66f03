"""Releases of the demo's signed tracks: singles planned, prepared and delivered through the door that the pages use."""

from dataclasses import replace
from datetime import date
from typing import Any

from accounts.models import User
from catalog.music.barcodes import check_digit
from demo.story import Story
from kit.clock import now
from labels.choices import Role
from labels.models import Label
from releases import service
from releases.models import Barcode, Release, ReleaseSettings
from releases.permissions import SYSTEM, Actor
from releases.template_table import BUILT_IN
from releases.track_list import lines_of
from releases.workflow import perform
from submissions.models import Submission
from submissions.splits.status import is_settled

POOL = 40


def set_up(label: Label, prefix: str) -> None:
    """Give a label its settings and a pool of bar codes, once."""
    if ReleaseSettings.objects.filter(label=label).exists():
        return
    year, letters = now().year, "".join(filter(str.isalnum, prefix.upper()))[:3].ljust(3, "X")
    ReleaseSettings.objects.create(
        label=label,
        number_pattern=f"{prefix}{{n:03}}",
        isrc_prefix=_free_prefix(letters),
        p_line=f"{year} {label}",
        c_line=f"{year} {label}",
    )
    first = 370_000_000_000 + label.pk * 1000
    codes = [f"{number:012}" for number in range(first, first + POOL)]
    Barcode.objects.bulk_create(Barcode(label=label, code=code + check_digit(code)) for code in codes)


def plan_single(story: Story, day: date, number: str) -> None:
    """Set the release date of a signed track, prepare its single, and deliver it if the story goes on to its day."""
    set_up(story.label, story.team.prefix)
    person, sent = story.decider, story.sent
    details = {"release_on": day, "catalogue_number": number}
    event = service.schedule_submission(
        sent,
        "schedule",
        actor=Actor.member(person),
        turn=sent.turn,
        key=story.key(),
        note=story.note("plan"),
        **details,
    )
    story.submission = event.submission
    release = _prepared(story, person)
    if any(step.name == "out" for step in story.script.steps):
        _settle_splits(story)
        _do(story, release, "deliver", person)


def come_out(story: Story) -> None:
    """Release what was delivered, on its day."""
    release = service.release_of(story.sent)
    assert release
    perform(release, "release", actor=SYSTEM, turn=None, key=story.key())
    story.submission = Submission.objects.get(pk=story.sent.pk)


def _prepared(story: Story, person: User) -> Release:
    release = service.release_of(story.sent)
    assert release
    words = {
        name: getattr(release, name) for name in ("title", "edition", "artist", "genre", "p_line", "c_line")
    }
    artwork = f"https://artwork.example/{release.reference.lower()}.png"
    _do(story, release, "edit", person, kind=release.kind, artwork_url=artwork, **words)
    seconds = story.rng.randrange(190, 420)
    lines = [replace(line, seconds=line.seconds or seconds) for line in lines_of(release.tracks.all())]
    _do(story, release, "set_tracks", person, tracks=lines)
    _do(story, release, "assign_codes", person, takes_upc=True, issues_isrcs=True)
    release = _do(story, release, "add_steps", person, steps=BUILT_IN["single"].as_steps())
    for step in range(1, story.rng.randrange(2, 9)):
        release = _do(story, release, "complete_step", person, step=step)
    return release


def _do(story: Story, release: Release, transition: str, person: User, **details: Any) -> Release:
    event = perform(release, transition, actor=Actor.member(person), turn=None, key=story.key(), **details)
    return event.release


def _settle_splits(story: Story) -> None:
    if not is_settled(story.sent.splits):
        owner = story.team.at_least(Role.OWNER, but=story.owner)[0]
        story.act("override_splits", owner, "They confirmed by mail; the owner keeps it on file.")


def _free_prefix(letters: str) -> str:
    taken = set(ReleaseSettings.objects.values_list("isrc_prefix", flat=True))
    found = [f"{country}{letters}" for country in ("QM", "QZ", "QT")] + [f"QM{n:03}" for n in range(1000)]
    return next(each for each in found if each not in taken)
