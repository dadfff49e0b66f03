"""Add up what the new columns say of submissions that were sent before there were such columns.

The guard against changes without an event is off while this runs, and the table locked against everybody else.
"""

from itertools import groupby

from django.db import migrations

from submissions import projections

TABLE, BATCH = "submissions_submission", 1000
COLUMNS = ["opened_at", "opened_by_id", "answered_at", "lapsed_at", "is_in_time", "reason"]


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    if not apps.get_model("submissions", "Event").objects.using(alias).exists():
        return
    schema_editor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER submission_changes")
    submissions = apps.get_model("submissions", "Submission").objects.using(alias)
    for rows in _batches(apps, alias):
        submissions.bulk_update(rows, [*map(_name, COLUMNS)], BATCH)
    schema_editor.execute(
        "SET CONSTRAINTS ALL IMMEDIATE"
    )  # else a table with waiting checks cannot be altered
    schema_editor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER submission_changes")


def _batches(apps, alias):
    model, events = (
        apps.get_model("submissions", "Submission"),
        apps.get_model("submissions", "Event").objects,
    )
    events = events.using(alias).order_by("submission_id", "sequence").defer("private", "note", "salt")
    rows = []
    for pk, history in groupby(events.iterator(chunk_size=BATCH), key=lambda event: event.submission_id):
        read = projections.read_response([*history])
        rows.append(model(pk=pk, **{name: getattr(read, name) for name in COLUMNS}))
        if len(rows) == BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _name(column):
    return column.removesuffix("_id")


class Migration(migrations.Migration):
    dependencies = [("submissions", "0008_course")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
