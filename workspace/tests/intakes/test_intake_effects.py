"""What rules that are only typed would have done to last month's demos."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from catalog.models import Genre
from catalog.tests.builders import make_track
from kit.clock import at, now
from labels.models import Intake
from submissions.models import Event, Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from workspace.intakes import effects as intakes_effects
from workspace.intakes.effects import Effect
from workspace.tests.intakes.test_intakes import PLAIN, edit, path, standing

EFFECT = "/desk/harbour/intakes/effect/"


def effects(user: User, **typed: Any) -> dict[str, Effect]:
    answer = client_of(user).get(EFFECT, {**PLAIN, **typed})
    assert answer.status_code == 200
    return dict(answer.context["effects"])


def sentences(user: User, **typed: Any) -> dict[str, str]:
    found = effects(user, **typed)
    return {rule: effect.sentence for rule, effect in found.items() if effect.refused or effect.warned}


def send(cast: Cast, moment: datetime, state: str = "submitted", **track: Any) -> Submission:
    with at(moment):
        return cast.demo(state, **track)


def test_each_rule_says_how_many_of_last_months_demos_it_would_have_refused(cast: Cast) -> None:
    cast.demo(tempo="150.00", ai="yes")
    cast.demo(tempo="150.00", exclusivity="offer_held")
    cast.demo(isrc="SEABC2600001", release_status="self_released")
    assert sentences(cast.manager) == {}
    assert sentences(cast.manager, tempo_to="149.99", tempo_strictness="block") == {
        "tempo": "2 of last month’s 3 demos would have been refused."
    }
    assert sentences(cast.manager, tempo_to="150") == {}
    typed = {
        "tempo_to": "149",
        "ai_policy": "some",
        "exclusivity_policy": "no_offers",
        "unreleased_only": "on",
        "required_fields": ["isrc", "bio"],
    }
    assert sentences(cast.manager, **typed) == {
        "tempo": "2 of last month’s 3 demos would have shown a warning.",
        "ai_policy": "1 of last month’s 3 demos would have been refused.",
        "exclusivity_policy": "1 of last month’s 3 demos would have been refused.",
        "unreleased_only": "1 of last month’s 3 demos would have been refused.",
        "required_fields": (
            "3 of last month’s 3 demos would have been refused: 3 without short bio and 2 without ISRC."
        ),
    }
    assert Intake.objects.get(pk=standing(cast).pk).tempo_to is None


def test_genres_that_are_only_typed_count(cast: Cast) -> None:
    cast.demo()
    other = Genre.objects.get(slug="amapiano")
    assert sentences(cast.manager, genres=[other.pk]) == {
        "genres": "1 of last month’s 1 demo would have shown a warning."
    }
    own = Genre.objects.get(slug="deep-house")
    assert sentences(cast.manager, genres=[own.pk], genre_strictness="block") == {}


def test_month_own_demos_redacted_ones_and_other_labels_are_kept_apart(cast: Cast) -> None:
    send(cast, now() - timedelta(days=30, seconds=1))
    send(cast, now() - timedelta(days=29))
    redacted = cast.demo()
    redact(Event.objects.of(redacted).get(transition="submit"))
    make_submission(label=cast.label, track=make_track(cast.insider))
    make_submission(track=make_track(cast.producer), label=cast.rival.memberships.get().label)
    assert effects(cast.insider)["tempo"].total == 1
    assert effects(cast.manager)["tempo"].total == 2


def test_last_revision_is_what_counts(cast: Cast) -> None:
    demo = cast.demo("changes_requested", tempo="150.00")
    demo.track.tempo = "120.00"
    demo.track.save()
    act(Submission.objects.get(pk=demo.pk), "resubmit")
    assert sentences(cast.manager, tempo_to="149") == {}


def test_weekly_limit_is_played_through_to_its_seventh_day(cast: Cast) -> None:
    first = now() - timedelta(days=20)
    send(cast, first)
    send(cast, first + timedelta(days=7) - timedelta(seconds=1))
    send(cast, first + timedelta(days=7))
    assert effects(cast.manager, most_weekly="1")["most_weekly"].refused == 1
    assert effects(cast.manager, most_weekly="2")["most_weekly"].refused == 0
    assert effects(cast.manager, most_weekly="3")["most_weekly"].refused == 0


def test_open_limit_counts_what_lay_undecided_when_a_demo_came(cast: Cast) -> None:
    start = now() - timedelta(days=40)
    long_open = send(cast, start)
    with at(start + timedelta(days=20)):
        send(cast, now(), "rejected")
        send(cast, now() + timedelta(days=1))
    with at(start + timedelta(days=30)):
        act(Submission.objects.get(pk=long_open.pk), "withdraw")
        send(cast, now() + timedelta(hours=1))
    assert effects(cast.manager)["most_open"].total == 3
    assert effects(cast.manager, most_open="1")["most_open"].refused == 2
    assert effects(cast.manager, most_open="2")["most_open"].refused == 0


def test_what_is_typed_wrong_has_no_effect_until_it_is_right(cast: Cast) -> None:
    cast.demo()
    found = effects(cast.manager, tempo_from="130", tempo_to="120", tempo_strictness="block")
    assert found["tempo"].sentence == "Correct this to see its effect."
    assert found["ai_policy"].sentence == "None of last month’s 1 demo would have been refused."


def test_without_demos_there_is_nothing_to_say(cast: Cast) -> None:
    page = client_of(cast.manager).get(path("intake", standing(cast)))
    assert "there is nothing to test the rules on" in page.content.decode()


def test_effect_without_javascript_comes_with_a_preview_that_saves_nothing(cast: Cast) -> None:
    cast.demo(ai="yes")
    answer = edit(cast.manager, standing(cast), ai_policy="none", preview="1")
    assert answer.status_code == 200
    assert "1 of last month’s 1 demo would have been refused." in answer.content.decode()
    assert standing(cast).ai_policy == "any"


def test_total_counts_each_demo_once_and_says_where_it_is_capped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes_effects, "MOST_DEMOS", 2)
    for _ in range(3):
        cast.demo(ai="yes", exclusivity="offer_held", tempo="150.00")
    typed = {**PLAIN, "ai_policy": "none", "exclusivity_policy": "exclusive", "tempo_to": "140"}
    context = client_of(cast.manager).get(EFFECT, typed).context
    total: Effect = context["total"]
    assert (total.refused, total.warned, total.total, context["is_capped"]) == (2, 0, 2, True)


@pytest.mark.parametrize("demos", [1, 5])
def test_effect_asks_as_few_queries_for_five_demos_as_for_one(
    demos: int, cast: Cast, django_assert_num_queries: Any
) -> None:
    for _ in range(demos):
        cast.demo()
    client = client_of(cast.manager)
    typed = {**PLAIN, "most_open": "1", "most_weekly": "1", "required_fields": ["isrc"]}
    with django_assert_num_queries(12):
        client.get(EFFECT, typed)


def test_member_of_another_label_learns_nothing(cast: Cast) -> None:
    assert client_of(cast.rival).get(EFFECT, PLAIN).status_code == 404
    assert effects(cast.viewer)
