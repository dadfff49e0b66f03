"""What keyboards vary is found, and what are letters is told apart."""

import pytest

from accounts.models import User
from desk.search import team_vocabulary
from desk.tags.service import add_named
from desk.tests.search.test_rows import found
from submissions.models import Submission
from trackflow.testing.cast import Cast


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Don’t Look", "don't"),
        ("We’ve Got Tonight", "We've Got"),
        ("Rock ’n’ Roll", "rock 'n' roll"),
        ("Rock 'n' Roll", "rock ’n’ roll"),
        ("Ágætis byrjun", "Ágætis"),
        ("Ágætis byrjun", "agaetis"),
        ("Rhythm & Sound", '"Rhythm & Sound"'),
        ("Rhythm ＆ Sound", "rhythm & sound"),
        ("Mother & Son, Father; Daughter", "mother son"),
        ("Night–Drive", "night-drive"),
        ("Night - Drive", '"night — drive"'),
        ("Ｆｕｌｌ　Ｗｉｄｔｈ", "full width"),
        ("“Deep” Cut", '"deep cut"'),
        ("バス", "ﾊﾞｽ"),
        ("Straße", "STRASSE"),
        ("feat.com/live", "live"),
        ("Donʼt", "don`t"),
    ],
)
def test_search_finds_what_keyboards_vary(cast: Cast, title: str, query: str) -> None:
    cast.demo(title=title)
    assert found(cast, query) == [title]


@pytest.mark.parametrize(
    ("title", "query"), [("バス", "ハス"), ("한국", "한구"), ("мой", "мои"), ("かぎ", "かき")]
)
def test_search_tells_letters_apart(cast: Cast, title: str, query: str) -> None:
    cast.demo(title=title)
    assert found(cast, query) == []


def test_names_are_found_however_they_are_typed(cast: Cast) -> None:
    demo = cast.demo(title="Tagged")
    add_named(demo, name="DJ’s pick", hue="teal", actor=cast.manager)
    User.objects.filter(pk=cast.reviewer.pk).update(name="Zoë O’Hara")
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    team_vocabulary.clear_cache()
    for text in (
        'tag:"dj\'s pick"',
        "tag:“DJ’s pick”",
        'tag:"DJ´s  PICK"',
        'tag:"dj s pick"',
        'assignee:"zoe o\'hara"',
    ):
        assert found(cast, text) == ["Tagged"], text
    assert found(cast, '-tag:"DJ\'s pick"') == []
