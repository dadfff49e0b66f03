from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from catalog.music.genre_table import GENRES, VERSION


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the genres of the table; those that are there already stay as they are."""
    Genre = apps.get_model("catalog", "Genre")
    rows = Genre.objects.using(schema_editor.connection.alias)
    for genre in GENRES:
        fields = {"name": genre.name, "is_open_format": genre.is_open_format, "version": VERSION}
        parent, _ = rows.get_or_create(slug=genre.slug, defaults=fields)
        for slug, name in genre.subgenres:
            rows.get_or_create(slug=slug, defaults={"name": name, "version": VERSION, "parent": parent})


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
