"""Tags and assignments on the submissions of a loaded desk."""

from typing import Any

from django.db import connection

from desk.choices import Hue
from desk.models import Tag
from labels.choices import Role
from labels.models import Label, Membership

TAGS = tuple(f"Tag {number}" for number in range(1, 31))
"""The n-th tag is on every n-th tagged submission, so some are common and some are rare."""

UPDATE = """
UPDATE submissions_submission
SET team_tags = ARRAY(
        SELECT tag FROM unnest(%(tags)s::bigint[]) WITH ORDINALITY AS known (tag, place)
        WHERE id / 4 %% place = 0 ORDER BY tag LIMIT 12),
    team_assignee_id = CASE WHEN id %% 8 = 0 THEN (%(team)s::bigint[])[id / 8 %% %(members)s + 1] END
WHERE label_id = %(label)s AND id %% 4 = 0
"""


def add_team_work(label: Label) -> None:
    """Tag a quarter of a label's submissions, and assign an eighth of them to its reviewers in turn."""
    hues = Hue.values
    tags = Tag.objects.bulk_create(
        Tag(label=label, name=name, hue=hues[number % len(hues)]) for number, name in enumerate(TAGS)
    )
    team = Membership.objects.filter(label=label, role=Role.REVIEWER).order_by("pk")
    people = list(team.values_list("user", flat=True))
    values: dict[str, Any] = {
        "tags": [tag.pk for tag in tags],
        "team": people,
        "members": len(people),
        "label": label.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, values)
