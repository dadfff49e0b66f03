"""Tags on submissions, and the words a label has for them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from activity.models import Activity
from activity.tests.log_lines import logged
from desk.models import Tag
from desk.queue.annotations import with_tags
from desk.search.parser import parse
from desk.search.rows import filter_rows, order_of
from desk.tags import service as tags
from desk.tags.page import tags_on
from labels.tests.builders import make_label
from submissions.errors import NotPossible
from submissions.models import Submission
from trackflow.testing.cast import Cast


def make_tag(cast: Cast, name: str = "Vocal", hue: str = "teal") -> Tag:
    return tags.create(cast.label, name=name, hue=hue, actor=cast.manager)


def names_on(cast: Cast, submission: Submission) -> list[str]:
    [row] = with_tags(Submission.objects.at_desk(cast.reviewer, cast.label).filter(pk=submission.pk))
    return [tag.name for tag in tags_on(row)]


def log_of(**narrow: Any) -> list[tuple[str, dict[str, Any]]]:
    return list(Activity.objects.filter(**narrow).order_by("id").values_list("kind", "details"))


def found(cast: Cast, text: str) -> list[Submission]:
    query = parse(text)
    rows = filter_rows(
        Submission.objects.at_desk(cast.reviewer, cast.label), query, cast.reviewer, cast.label
    )
    return list(rows.order_by(*order_of(query)))


def test_reviewer_puts_a_tag_on_and_takes_it_off(cast: Cast) -> None:
    demo, vocal, late = cast.demo(), make_tag(cast), make_tag(cast, "late night")
    assert tags.add(demo, vocal, actor=cast.reviewer)
    assert tags.add(demo, late, actor=cast.reviewer)
    assert not tags.add(demo, vocal, actor=cast.reviewer)
    assert names_on(cast, demo) == ["late night", "Vocal"]
    assert Submission.objects.get(pk=demo.pk).team_tags == sorted([vocal.pk, late.pk])
    assert tags.remove(demo, vocal, actor=cast.reviewer)
    assert not tags.remove(demo, vocal, actor=cast.reviewer)
    assert names_on(cast, demo) == ["late night"]
    assert log_of(submission=demo) == [
        ("tagged", {"tag": "Vocal"}),
        ("tagged", {"tag": "late night"}),
        ("untagged", {"tag": "Vocal"}),
    ]


def test_new_word_makes_a_tag_and_a_known_one_does_not(cast: Cast) -> None:
    demo = cast.demo()
    made = tags.add_named(demo, name="Peak time", hue="pink", actor=cast.reviewer)
    again = tags.add_named(cast.demo(), name="PEAK TIME", hue="lime", actor=cast.reviewer)
    assert (again.pk, again.name, again.hue) == (made.pk, "Peak time", "pink")
    assert log_of(submission=None) == [("tag_made", {"tag": "Peak time"})]


def test_twelve_tags_are_enough_for_one(cast: Cast) -> None:
    demo = cast.demo()
    for number in range(tags.MOST_ON_ONE):
        tags.add(demo, make_tag(cast, f"t{number}"), actor=cast.reviewer)
    with pytest.raises(NotPossible, match="Remove one first"):
        tags.add(demo, make_tag(cast), actor=cast.reviewer)


def test_label_has_room_for_a_hundred(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.tags.service.MOST", 1)
    vocal = make_tag(cast)
    with pytest.raises(ValidationError, match="Retire one first"):
        make_tag(cast, "Other")
    tags.retire(vocal, actor=cast.manager)
    make_tag(cast, "Other")
    with pytest.raises(ValidationError, match="Retire one first"):
        make_tag(cast, "Vocal")


def test_tag_of_another_label_hangs_nowhere_here(cast: Cast) -> None:
    foreign = tags.create(make_label("Else"), name="Vocal", hue="teal", actor=cast.rival)
    with pytest.raises(NotPossible, match="another label"):
        tags.add(cast.demo(), foreign, actor=cast.reviewer)


def test_manager_renames_and_recolours_wherever_it_hangs(cast: Cast) -> None:
    demo, tag = cast.demo(), make_tag(cast)
    make_tag(cast, "Taken")
    tags.add(demo, tag, actor=cast.reviewer)
    with pytest.raises(ValidationError, match="already is a tag"):
        tags.rename(tag, name="taken", actor=cast.manager)
    tags.rename(tag, name="VOCAL", actor=cast.manager)
    tags.recolour(tag, hue="pink", actor=cast.manager)
    [row] = with_tags(Submission.objects.at_desk(cast.reviewer, cast.label))
    assert [(word.name, word.hue) for word in tags_on(row)] == [("VOCAL", "pink")]
    assert logged(submission=None)[-2:] == [
        "renamed the tag “Vocal” to “VOCAL”",
        "changed the colour of the tag “VOCAL” to pink",
    ]


def test_retired_tag_stays_where_it_hangs_and_comes_back_by_its_name(cast: Cast) -> None:
    demo, other, tag = cast.demo(), cast.demo(), make_tag(cast)
    tags.add(demo, tag, actor=cast.reviewer)
    tags.retire(tag, actor=cast.manager)
    assert names_on(cast, demo) == ["Vocal"]
    assert found(cast, "tag:vocal") == [demo]
    assert not Tag.objects.of(cast.label).exists()
    with pytest.raises(NotPossible, match="retired"):
        tags.add(other, tag, actor=cast.reviewer)
    with pytest.raises(ValidationError, match="bring it back"):
        tags.rename(make_tag(cast, "Sung"), name="Vocal", actor=cast.manager)
    assert make_tag(cast, "vocal", "lime").pk == tag.pk
    assert tags.add(other, tag, actor=cast.reviewer)


def test_queue_is_narrowed_by_tags(cast: Cast) -> None:
    vocal, dub, plain = cast.demo(), cast.demo(), cast.demo()
    tags.add_named(vocal, name="Vocal", hue="teal", actor=cast.reviewer)
    tags.add_named(dub, name="Dub, slow", hue="teal", actor=cast.reviewer)
    assert found(cast, "tag:VOCAL") == [vocal]
    assert found(cast, 'tag:"dub, slow",vocal') == [vocal, dub]
    assert found(cast, "tag:nothing") == []
    assert found(cast, "") == [vocal, dub, plain]
    assert parse('TAG:"Dub,  Slow" tag:Vocal').text == 'tag:"dub, slow",vocal'


def test_queue_is_narrowed_by_who_looks_after_it(cast: Cast) -> None:
    mine, hers, free = cast.demo(), cast.demo(), cast.demo()
    for demo, member in ((mine, cast.reviewer), (hers, cast.manager)):
        Submission.objects.filter(pk=demo.pk).update(team_assignee=member)
    assert found(cast, "assignee:me") == [mine]
    assert found(cast, "assignee:none") == found(cast, "assignee:Nobody") == [free]
    assert found(cast, "assignee:mona") == found(cast, f"assignee:{cast.manager.email}") == [hers]
    assert found(cast, 'assignee:"who ever"') == []
