"""The list of public projects that somebody could join, and its search."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations, models

WORDS = """
CREATE FUNCTION studio_search(artist text, title text, album text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT to_tsvector('simple', submissions_fold(artist || ' ' || title || ' ' || album))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0002_genres"),
        ("studio", "0008_song_names"),
        ("submissions", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION studio_search(text, text, text)"),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                condition=models.Q(
                    ("discarded_at", None),
                    ("state__in", ["planned", "in_progress"]),
                    ("visibility", "public"),
                ),
                fields=["-touched_at", "-id"],
                name="project_open",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("artist"),
                    models.F("title"),
                    models.F("album"),
                    function="studio_search",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                condition=models.Q(
                    ("discarded_at", None),
                    ("state__in", ["planned", "in_progress"]),
                    ("visibility", "public"),
                    ("track", None),
                ),
                name="project_open_words",
            ),
        ),
    ]
