import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("labels", "0001_initial"),
        ("submissions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FactsVersion",
            fields=[
                (
                    "label",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="labels.label",
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.CreateModel(
            name="SubmissionFacts",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="submissions.submission",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "New"),
                            ("in_review", "In review"),
                            ("shortlisted", "Shortlisted"),
                            ("changes_requested", "Changes requested"),
                            ("accepted", "Offered"),
                            ("signed", "Signed"),
                            ("scheduled", "Scheduled"),
                            ("released", "Released"),
                            ("rejected", "Passed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        max_length=20,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=20)),
                ("is_noted", models.BooleanField(default=False, verbose_name="answered with words")),
                ("lapsed_at", models.DateTimeField(null=True)),
                ("is_in_time", models.BooleanField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("genre", "Not our genre"),
                            ("production", "Mix or production"),
                            ("arrangement", "Arrangement"),
                            ("too_close", "Too close to what we have"),
                            ("calendar", "Our calendar is full"),
                            ("released", "Already released"),
                            ("rights", "Rights unclear"),
                            ("ai", "Against our policy on generative AI"),
                            ("information", "Not enough information"),
                        ],
                        max_length=20,
                    ),
                ),
                ("opening_hours", models.PositiveSmallIntegerField(null=True)),
                ("answering_hours", models.PositiveSmallIntegerField(null=True)),
                ("genre", models.CharField(blank=True, max_length=60)),
                (
                    "band",
                    models.PositiveSmallIntegerField(null=True, verbose_name="slowest tempo of its band"),
                ),
                ("country", models.CharField(blank=True, max_length=2)),
                (
                    "intake",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labels.intake",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labels.label",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["label", "received_at"],
                        include=(
                            "producer",
                            "state",
                            "reason",
                            "genre",
                            "country",
                            "band",
                            "intake",
                            "opened_by",
                            "is_in_time",
                            "opened_at",
                            "answered_at",
                            "lapsed_at",
                            "opening_hours",
                            "answering_hours",
                        ),
                        name="facts_received",
                    ),
                    models.Index(fields=["label", "opened_at"], include=("producer",), name="facts_opened"),
                    models.Index(
                        fields=["label", "answered_at"], include=("producer",), name="facts_answered"
                    ),
                    models.Index(
                        condition=models.Q(("lapsed_at__isnull", False)),
                        fields=["label", "lapsed_at"],
                        include=("producer",),
                        name="facts_lapsed",
                    ),
                    models.Index(fields=["producer", "label", "received_at"], name="facts_own"),
                    models.Index(
                        models.F("label"),
                        django.db.models.functions.comparison.Least("answered_at", "lapsed_at"),
                        name="facts_settled",
                    ),
                    models.Index(
                        condition=models.Q(("answered_at", None), ("lapsed_at", None)),
                        fields=["label", "due_at"],
                        name="facts_owed",
                    ),
                ],
            },
        ),
    ]
