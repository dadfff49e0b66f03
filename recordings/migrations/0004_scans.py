import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_genres"),
        ("recordings", "0003_tracklists"),
        ("submissions", "0011_master_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("found", "Found"),
                            ("copied", "Found, a copy"),
                            ("moved", "Moved or renamed"),
                            ("retagged", "Tags changed, same audio"),
                            ("cut", "Replaced by a shorter version"),
                            ("replaced", "Replaced by other audio"),
                            ("missing", "Not found any more"),
                            ("returned", "Back again"),
                            ("unreadable", "Could not be read"),
                        ],
                        max_length=10,
                    ),
                ),
                ("former_path", models.BinaryField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("trace", models.CharField(blank=True, max_length=32)),
                ("at", models.DateTimeField(default=kit.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField(default=kit.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("folders", models.PositiveIntegerField(default=0)),
                ("files", models.PositiveIntegerField(default=0)),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="files known before")),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="shelf",
            name="watched_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last sign of its watcher"),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("audio_digest", ""), _negated=True),
                fields=("shelf", "audio_digest"),
                name="recording_audio_once_per_shelf",
            ),
        ),
        migrations.AddField(
            model_name="filechange",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="recordings.file"
            ),
        ),
        migrations.AddField(
            model_name="filechange",
            name="former_recording",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recordings.recording",
            ),
        ),
        migrations.AddField(
            model_name="filechange",
            name="recording",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="file_changes",
                to="recordings.recording",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="shelf",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="recordings.shelf"
            ),
        ),
        migrations.AddIndex(
            model_name="filechange",
            index=models.Index(fields=["file", "-id"], name="file_change_latest"),
        ),
        migrations.AddIndex(
            model_name="filechange",
            index=models.Index(fields=["recording", "-id"], name="file_change_of_recording"),
        ),
        migrations.AddIndex(
            model_name="filechange",
            index=models.Index(fields=["former_recording", "-id"], name="file_change_of_former"),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["shelf", "-id"], name="scan_latest"),
        ),
    ]
