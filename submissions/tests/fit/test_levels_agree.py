"""The levels that the database ranks by are those that the pure rules give."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from catalog.choices import AIUse, Exclusivity, ReleaseStatus
from catalog.models import Genre, Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import now
from labels.blocks import block
from labels.choices import AIPolicy, ExclusivityPolicy, Strictness
from labels.directory.fit import Level, Weight, best_fit, fit_of
from labels.directory.fit_order import ranked_intakes, with_fit
from labels.directory.queries import directory
from labels.models import Intake
from labels.rules import REQUIRABLE
from labels.tests.builders import make_intake, make_label, make_member
from submissions.fit.candidate import candidate_of, tries_of
from submissions.tests.builders import make_draft, make_submission

pytestmark = pytest.mark.django_db
GENRES = ["deep-house", "house", "house-acid", "afro-house"]


def any_rules(rng: random.Random) -> dict[str, Any]:
    low = rng.choice([None, 118, 124])
    return {
        "genres": rng.sample(GENRES, rng.choice([0, 0, 1, 2])),
        "genre_strictness": rng.choice(Strictness.values),
        "tempo_from": low,
        "tempo_to": rng.choice([None, 126, 140]),
        "tempo_strictness": rng.choice(Strictness.values),
        "required_fields": rng.sample([*REQUIRABLE], rng.choice([0, 0, 0, 1])),
        "ai_policy": rng.choice([*AIPolicy.values, "any"]),
        "exclusivity_policy": rng.choice([*ExclusivityPolicy.values, "any", "any"]),
        "unreleased_only": rng.choice([True, False, False]),
        "most_open": rng.choice([None, None, 1, 2]),
        "most_weekly": rng.choice([None, None, 1]),
    }


def any_tracks(rng: random.Random, track: Track) -> Iterator[Track]:
    for _ in range(25):
        slug = rng.choice(["", *GENRES])
        track.genre = Genre.objects.filter(slug=slug).first()
        track.subgenre = Genre.objects.filter(slug=rng.choice(["", "house-acid"])).first()
        track.tempo = rng.choice([None, Decimal(110), Decimal(122), Decimal(138)])
        track.ai, track.exclusivity = rng.choice(["", *AIUse.values]), rng.choice(["", *Exclusivity.values])
        track.release_status = rng.choice(["", *ReleaseStatus.values])
        track.isrc, track.key = rng.choice(["", "SE1232600001"]), rng.choice(["", "8A"])
        yield track


def test_database_and_rules_give_the_same_levels() -> None:
    rng = random.Random(1978)  # no secret
    track = make_track(make_producer())
    labels = [make_label(f"Label {number:02}") for number in range(30)]
    for label in labels:
        label.intakes.all().delete()
        for name in ["", "Summer", "Winter"][: rng.choice([1, 1, 3])]:
            make_intake(label, call_name=name, is_paused=rng.random() < 0.2, **any_rules(rng))
    standing = [each for each in labels if each.intakes.filter(call_name="").exists()]
    free: dict[str, Any] = {"genre_strictness": "warn", "tempo_strictness": "warn", "ai_policy": "any"}
    free |= {"exclusivity_policy": "any", "unreleased_only": False, "required_fields": [], "most_open": None}
    for label, state in zip(standing, ["submitted", "rejected", "withdrawn", "released"], strict=False):
        label.intakes.filter(call_name="").update(**free, most_weekly=None, is_paused=False)
        make_submission(state, track=track, label=label)
    make_draft(track=track, label=standing[5])
    block(standing[6], track.owner, actor=make_member(standing[6]))
    tries = tries_of(track)
    seen = set()
    for changed in any_tracks(rng, track):
        for weight in (Weight.CHECK, Weight.STOP):
            candidate = candidate_of(track.owner, changed, tries, elsewhere=weight)
            found = dict(ranked_intakes(candidate, now()).values_list("pk", "level"))
            intakes = Intake.objects.filter(pk__in=found).select_related("label").prefetch_related("genres")
            assert found == {each.pk: fit_of(each, candidate, now()).level for each in intakes}
            seen |= set(found.values())
        by_label = dict(with_fit(directory(), candidate, now()).values_list("pk", "level"))
        rows = directory().prefetch_related("intakes__genres")
        assert by_label == {each.pk: level_of(best_fit(each, candidate, now())) for each in rows}
    assert seen == set(Level.values) - {Level.CLOSED}


def level_of(fit: Any) -> int:
    return fit.level if fit else Level.CLOSED
