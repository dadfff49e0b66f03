import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import kit.clock
import kit.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("labels", "0001_initial"),
        ("submissions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamSettings",
            fields=[
                (
                    "label",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="team_settings",
                        serialize=False,
                        to="labels.label",
                    ),
                ),
                (
                    "hides_scores",
                    models.BooleanField(
                        default=False, verbose_name="others’ scores are hidden until you gave yours"
                    ),
                ),
                (
                    "sends_at_once",
                    models.BooleanField(default=True, verbose_name="managers’ decisions are sent at once"),
                ),
                (
                    "undo_seconds",
                    models.PositiveSmallIntegerField(
                        default=10, validators=[django.core.validators.MaxValueValidator(60)]
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bulk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="BU")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("shortlist", "Shortlist"),
                            ("reject", "Pass"),
                            ("propose", "Put in the outbox: pass"),
                            ("release", "Send from the outbox"),
                            ("tag", "Tag"),
                            ("untag", "Remove a tag"),
                            ("assign", "Assign"),
                            ("unassign", "Unassign"),
                            ("more_time", "Take more time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("details", models.JSONField(default=dict)),
                ("key", models.UUIDField(unique=True)),
                ("total", models.PositiveIntegerField()),
                ("ordered_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_bulks",
                        to="labels.label",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                (
                    "result",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("skipped", "Skipped")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "bulk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="desk.bulk"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_bulk_item",
                        to="submissions.event",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_bulk_items",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_criteria",
                        to="labels.label",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
            },
        ),
        migrations.CreateModel(
            name="Memo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=4000)),
                ("key", models.UUIDField()),
                ("written_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_memos",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_presences",
                        to="submissions.submission",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "transition",
                    models.CharField(
                        choices=[
                            ("accept", "Accept"),
                            ("reject", "Reject"),
                            ("request_changes", "Request Changes"),
                        ],
                        max_length=20,
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                ("key", models.UUIDField()),
                ("note", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
                ("prepared_at", models.DateTimeField(default=kit.clock.now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("sent_back_because", models.CharField(blank=True, max_length=300)),
                ("send_at", models.DateTimeField(null=True)),
                ("is_held", models.BooleanField(default=False)),
                ("warned_at", models.DateTimeField(null=True)),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_proposal",
                        to="submissions.event",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_proposals",
                        to="submissions.submission",
                    ),
                ),
                (
                    "timed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comment", models.CharField(blank=True, max_length=280)),
                ("given_at", models.DateTimeField(default=kit.clock.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_reviews",
                        to="submissions.revision",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_reviews",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.PositiveSmallIntegerField()),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="desk.criterion"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="desk.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("is_team", models.BooleanField(default=False, verbose_name="shared with the team")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_views",
                        to="labels.label",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExportChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("comma", "Spreadsheet: CSV with commas"),
                            ("semicolon", "European spreadsheet: CSV with semicolons and decimal commas"),
                            ("json", "Other programs: JSON"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labels.label"
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
                "constraints": [models.UniqueConstraint(fields=("label", "user"), name="export_choice_once")],
            },
        ),
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labels.label"
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
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="default_of",
                        to="desk.savedview",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                (
                    "hue",
                    models.CharField(
                        choices=[
                            ("tomato", "Tomato"),
                            ("orange", "Orange"),
                            ("mustard", "Mustard"),
                            ("lime", "Lime"),
                            ("teal", "Teal"),
                            ("sky", "Sky"),
                            ("violet", "Violet"),
                            ("pink", "Pink"),
                            ("sand", "Sand"),
                        ],
                        max_length=10,
                        verbose_name="colour",
                    ),
                ),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_tags",
                        to="labels.label",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="bulk",
            index=models.Index(fields=["label", "-id"], name="bulk_of_label"),
        ),
        migrations.AddIndex(
            model_name="bulk",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["ordered_at"], name="bulk_unfinished"
            ),
        ),
        migrations.AddIndex(
            model_name="bulkitem",
            index=models.Index(fields=["bulk", "result", "id"], name="bulk_item_by_result"),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("bulk", "submission"), name="bulk_item_once"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)), fields=("label", "name"), name="criterion_name_once"
            ),
        ),
        migrations.AddIndex(
            model_name="memo",
            index=models.Index(fields=["submission", "-id"], name="memo_of_submission"),
        ),
        migrations.AddConstraint(
            model_name="memo",
            constraint=models.UniqueConstraint(fields=("submission", "key"), name="memo_once"),
        ),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(fields=["seen_at"], name="presence_seen"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("submission", "user"), name="presence_once"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["prepared_at", "id"], name="proposal_open"
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["send_at"], name="proposal_timed"
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("sent_back_because", ""), _negated=True),
                fields=["prepared_by", "settled_at"],
                name="proposal_sent_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                models.F("submission"),
                models.F("is_held"),
                condition=models.Q(("settled_at", None)),
                name="proposal_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("submission", "key"), name="proposal_once"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["member", "submission"], name="review_by_member"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("revision", "member"), name="review_once"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(fields=("review", "criterion"), name="mark_once"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__range", (1, 5))), name="mark_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_team", True)), fields=("label", "name"), name="view_team_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_team", False)),
                fields=("label", "owner", "name"),
                name="view_own_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="defaultview",
            constraint=models.UniqueConstraint(fields=("label", "user"), name="view_one_default"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                models.F("label"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("retired_at", None)),
                name="tag_name_once",
            ),
        ),
    ]
