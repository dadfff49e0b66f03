"""Projects, packs, their crew and steps, and the songs that are done already."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import kit.clock
import kit.codes

WORDS = """
CREATE FUNCTION studio_search(artist text, title text, album text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT to_tsvector('simple', submissions_fold(artist || ' ' || title || ' ' || album))
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0002_genres"),
        ("submissions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION studio_search(text, text, text)"),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="PJ")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("title", models.CharField(blank=True, max_length=150)),
                ("artist", models.CharField(blank=True, max_length=200)),
                ("album", models.CharField(blank=True, max_length=150)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("in_progress", "In progress"),
                            ("finished", "Finished"),
                            ("released", "Released"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("private", "Owner and crew"), ("public", "Everybody who is signed in")],
                        default="private",
                        max_length=10,
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place in its pack"),
                ),
                (
                    "is_optional",
                    models.BooleanField(default=False, verbose_name="the pack can do without it"),
                ),
                ("notes", models.TextField(blank=True, max_length=5000)),
                ("download_url", models.CharField(blank=True, max_length=2000, verbose_name="download link")),
                ("video_url", models.CharField(blank=True, max_length=2000, verbose_name="video link")),
                ("released_at", models.DateTimeField(editable=False, null=True)),
                ("discarded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "touched_at",
                    models.DateTimeField(
                        default=kit.clock.now, editable=False, verbose_name="last worked on"
                    ),
                ),
                ("weight", models.PositiveIntegerField(default=0, editable=False)),
                ("weight_done", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "cover",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.picture",
                        to_field="code",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("discarded_at", None)),
                        fields=["owner", "state", "-touched_at", "-id"],
                        name="project_by_state",
                    ),
                    models.Index(
                        condition=models.Q(("discarded_at", None)),
                        fields=["owner", "-touched_at", "-id"],
                        name="project_lately",
                    ),
                    models.Index(
                        models.F("owner"),
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("weight_done"), "*", models.Value(100)
                                    ),
                                    "/",
                                    django.db.models.functions.comparison.NullIf(models.F("weight"), 0),
                                ),
                                -1,
                            ),
                            descending=True,
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("discarded_at", None)),
                        name="project_by_share_done",
                    ),
                    models.Index(
                        condition=models.Q(("discarded_at__isnull", False)),
                        fields=["owner", "-discarded_at", "-id"],
                        name="project_discarded",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("discarded_at", None),
                            ("state__in", ["planned", "in_progress"]),
                            ("visibility", "public"),
                        ),
                        fields=["-touched_at", "-id"],
                        name="project_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", False), ("state", "released")),
                            models.Q(models.Q(("state", "released"), _negated=True), ("released_at", None)),
                            _connector="OR",
                        ),
                        name="project_released_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight_done__lte", models.F("weight"))),
                        name="project_done_of_weight",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year", None), ("year__range", (1900, 2999)), _connector="OR"),
                        name="project_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudioSettings",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="studio_settings",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("default_template", models.CharField(blank=True, default="track", max_length=30)),
                (
                    "fills_songs",
                    models.BooleanField(
                        default=False, verbose_name="new projects are filled in from a source"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "studio settings",
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="PK")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("pack", "Pack"), ("ep", "EP"), ("album", "Album"), ("series", "Series")],
                        default="pack",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=150)),
                ("artist", models.CharField(blank=True, max_length=200)),
                (
                    "series_number",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="number in its series"
                    ),
                ),
                ("priority", models.PositiveSmallIntegerField(default=3)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("private", "Owner and crew"), ("public", "Everybody who is signed in")],
                        default="private",
                        max_length=10,
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=5000)),
                ("notes", models.TextField(blank=True, max_length=5000)),
                ("download_url", models.CharField(blank=True, max_length=2000, verbose_name="download link")),
                ("video_url", models.CharField(blank=True, max_length=2000, verbose_name="video link")),
                ("touched_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("discarded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "cover",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.picture",
                        to_field="code",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("discarded_at", None)),
                        fields=["owner", "-touched_at", "-id"],
                        name="pack_lately",
                    ),
                    models.Index(
                        condition=models.Q(("discarded_at__isnull", False)),
                        fields=["owner", "-discarded_at", "-id"],
                        name="pack_discarded",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("priority__range", (1, 5))), name="pack_priority_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("series_number", None), ("kind", "series"), _connector="OR"),
                        name="pack_number_of_series",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackCrew",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(choices=[(2, "view"), (3, "edit")], default=2)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=20
                    ),
                ),
                ("since", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "pack",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crew",
                        to="studio.pack",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pack crew",
                "constraints": [
                    models.UniqueConstraint(fields=("pack", "user"), name="pack_crew_once"),
                    models.CheckConstraint(condition=models.Q(("level__in", [2, 3])), name="pack_crew_level"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicSong",
            fields=[
                ("name", models.TextField(editable=False)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), editable=False, size=None
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="public_song",
                        serialize=False,
                        to="studio.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.HashIndex(fields=["name"], name="public_song_name"),
                    django.contrib.postgres.indexes.GinIndex(fields=["parts"], name="public_song_parts"),
                ],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="pack",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="studio.pack",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="track",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="project",
                to="catalog.track",
            ),
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=150)),
                ("artist", models.CharField(blank=True, max_length=200)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("exists", "Exists already"),
                            ("irrelevant", "Irrelevant"),
                            ("project", "In the making"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="studio.pack",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="studio.project",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ["position", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("pack", "number"), name="entry_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark", "project"), ("project__isnull", False)),
                            models.Q(models.Q(("mark", "project"), _negated=True), ("project", None)),
                            _connector="OR",
                        ),
                        name="entry_project_marked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrewRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.TextField(blank=True, max_length=2000)),
                (
                    "parts_wanted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=20
                    ),
                ),
                (
                    "parts_given",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=20
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("refused", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crew_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="studio.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "user"), name="crew_request_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("state__in", ["accepted", "refused"])),
                            models.Q(
                                ("answered_at", None),
                                ("answered_by", None),
                                ("state__in", ["pending", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="crew_request_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectCrew",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(choices=[(2, "view"), (3, "edit")], default=2)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=20
                    ),
                ),
                ("since", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crew",
                        to="studio.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "project crew",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "user"), name="project_crew_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", [2, 3])), name="project_crew_level"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=2000)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="studio.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProjectStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("audio", "Audio"),
                            ("artwork", "Artwork"),
                            ("legal", "Legal"),
                            ("metadata", "Metadata"),
                            ("delivery", "Delivery"),
                            ("promo", "Promo"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=10,
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "days_before",
                    models.SmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(-60),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                (
                    "waits_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="the producer sees it")),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("due_on", models.DateField(editable=False, null=True)),
                ("assignee_name", models.CharField(blank=True, max_length=120, verbose_name="somebody else")),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                ("skipped_at", models.DateTimeField(editable=False, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="studio.project",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("skipped_at", None)),
                        fields=["assignee", "id"],
                        name="project_step_mine",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="project_step_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(
                                ("done_at__isnull", False), ("done_by__isnull", False), ("skipped_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="project_step_done_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("song_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="songs")),
                (
                    "changed_at",
                    models.DateTimeField(default=kit.clock.now, editable=False, verbose_name="last changed"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ReferenceSong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField(editable=False)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), editable=False, size=None
                    ),
                ),
                ("artist", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=150)),
                (
                    "reference_list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="songs",
                        to="studio.referencelist",
                        verbose_name="list",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reference_list", "id"], name="reference_song_of_list"),
                    django.contrib.postgres.indexes.HashIndex(fields=["name"], name="reference_song_name"),
                    django.contrib.postgres.indexes.GinIndex(fields=["parts"], name="reference_song_parts"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in one's list")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_templates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("owner", "name"),
                        name="project_template_name_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudioEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("make", "Make"),
                            ("edit", "Edit"),
                            ("set_cover", "Set Cover"),
                            ("set_state", "Set State"),
                            ("set_visibility", "Set Visibility"),
                            ("place", "Place"),
                            ("take_out", "Take Out"),
                            ("link_track", "Link Track"),
                            ("unlink_track", "Unlink Track"),
                            ("make_demo", "Make Demo"),
                            ("demo_moved", "Demo Moved"),
                            ("discard", "Discard"),
                            ("restore", "Restore"),
                            ("add_steps", "Add Steps"),
                            ("change_step", "Change Step"),
                            ("complete_step", "Complete Step"),
                            ("reopen_step", "Reopen Step"),
                            ("skip_step", "Skip Step"),
                            ("remove_step", "Remove Step"),
                            ("order_steps", "Order Steps"),
                            ("add_link", "Add Link"),
                            ("remove_link", "Remove Link"),
                            ("add_crew", "Add Crew"),
                            ("remove_crew", "Remove Crew"),
                            ("leave", "Leave"),
                            ("ask_to_join", "Ask To Join"),
                            ("withdraw_request", "Withdraw Request"),
                            ("accept_request", "Accept Request"),
                            ("refuse_request", "Refuse Request"),
                            ("reopen_request", "Reopen Request"),
                            ("order_projects", "Order Projects"),
                            ("add_entries", "Add Entries"),
                            ("mark_entry", "Mark Entry"),
                            ("remove_entry", "Remove Entry"),
                            ("order_entries", "Order Entries"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("key", models.UUIDField()),
                ("details", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="studio.pack",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="studio.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "-id"], name="studio_event_of_project"),
                    models.Index(fields=["pack", "-id"], name="studio_event_of_pack"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project__isnull", False), ("pack__isnull", False), _connector="OR"
                        ),
                        name="studio_event_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                [
                                    "make",
                                    "edit",
                                    "set_cover",
                                    "set_state",
                                    "set_visibility",
                                    "place",
                                    "take_out",
                                    "link_track",
                                    "unlink_track",
                                    "make_demo",
                                    "demo_moved",
                                    "discard",
                                    "restore",
                                    "add_steps",
                                    "change_step",
                                    "complete_step",
                                    "reopen_step",
                                    "skip_step",
                                    "remove_step",
                                    "order_steps",
                                    "add_link",
                                    "remove_link",
                                    "add_crew",
                                    "remove_crew",
                                    "leave",
                                    "ask_to_join",
                                    "withdraw_request",
                                    "accept_request",
                                    "refuse_request",
                                    "reopen_request",
                                    "order_projects",
                                    "add_entries",
                                    "mark_entry",
                                    "remove_entry",
                                    "order_entries",
                                ],
                            )
                        ),
                        name="studio_event_known_act",
                    ),
                    models.UniqueConstraint(
                        fields=("actor", "key"), name="studio_event_once", nulls_distinct=False
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("audio", "Audio"),
                            ("artwork", "Artwork"),
                            ("legal", "Legal"),
                            ("metadata", "Metadata"),
                            ("delivery", "Delivery"),
                            ("promo", "Promo"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=10,
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "days_before",
                    models.SmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(-60),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                (
                    "waits_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="the producer sees it")),
                ("note", models.TextField(blank=True, max_length=2000)),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="studio.steptemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "number"), name="project_template_step_number"
                    ),
                ],
            },
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
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["pack", "position", "id"], name="project_of_pack"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("track", None), models.Q(("title", ""), _negated=True)),
                    models.Q(("artist", ""), ("title", ""), ("track__isnull", False)),
                    _connector="OR",
                ),
                name="project_title_has_one_home",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_optional", False), ("pack", None), ("position", None)),
                    models.Q(("pack__isnull", False), ("position__isnull", False)),
                    _connector="OR",
                ),
                name="project_place_in_pack",
            ),
        ),
    ]
