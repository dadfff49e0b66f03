from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import catalog.music.countries
import catalog.music.keys
import kit.clock
import kit.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Genre",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("is_open_format", models.BooleanField(default=False)),
                ("version", models.CharField(max_length=20, verbose_name="table version")),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=kit.clock.now,
                        editable=False,
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subgenres",
                        to="catalog.genre",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="TR")),
                ("title", models.CharField(max_length=150)),
                (
                    "mix",
                    models.CharField(
                        blank=True, default="Original Mix", max_length=80, verbose_name="mix name"
                    ),
                ),
                (
                    "version_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("original", "Original"),
                            ("remix", "Remix"),
                            ("edit", "Edit"),
                            ("bootleg", "Bootleg"),
                            ("mashup", "Mashup"),
                            ("cover", "Cover"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "licence_proof",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="proof of commission or licence"
                    ),
                ),
                (
                    "tempo",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("40.00")),
                            django.core.validators.MaxValueValidator(Decimal("300.00")),
                        ],
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        blank=True,
                        choices=catalog.music.keys.key_choices,
                        max_length=7,
                        verbose_name="musical key",
                    ),
                ),
                (
                    "duration",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="length in seconds"),
                ),
                ("isrc", models.CharField(blank=True, max_length=12, verbose_name="ISRC")),
                (
                    "explicit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("explicit", "Explicit"),
                            ("clean", "Clean (edited)"),
                            ("not_explicit", "Not explicit"),
                        ],
                        max_length=20,
                        verbose_name="explicit lyrics",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=catalog.music.countries.language_choices, max_length=3
                    ),
                ),
                ("audio_url", models.CharField(blank=True, max_length=2000, verbose_name="audio link")),
                ("backup_url", models.CharField(blank=True, max_length=2000, verbose_name="backup link")),
                (
                    "link_password",
                    models.CharField(blank=True, max_length=100, verbose_name="password for the link"),
                ),
                (
                    "release_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreleased", "Unreleased, never public"),
                            ("previously_public", "Was public, now private"),
                            ("self_released", "Self-released"),
                            ("released_elsewhere", "Released on another label"),
                            ("signed_elsewhere", "Signed to another label"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "exclusivity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exclusive_until", "Only with you until a date"),
                            ("sent_elsewhere", "Also sent to other labels"),
                            ("offer_held", "I already hold an offer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("exclusive_until", models.DateField(blank=True, null=True)),
                (
                    "release_window",
                    models.CharField(blank=True, max_length=100, verbose_name="target release window"),
                ),
                ("has_stems", models.BooleanField(default=False, verbose_name="stems available")),
                ("has_wav", models.BooleanField(default=False, verbose_name="WAV available")),
                (
                    "sample_use",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No samples"),
                            ("royalty_free", "From a royalty-free pack"),
                            ("cleared", "Cleared samples"),
                            ("uncleared", "Uncleared samples"),
                        ],
                        max_length=20,
                        verbose_name="samples",
                    ),
                ),
                (
                    "vocal_use",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No vocals"),
                            ("own", "My own voice"),
                            ("session", "Session singer, agreement signed"),
                            ("pack", "From a sample pack"),
                            ("ai", "Generated by AI"),
                        ],
                        max_length=20,
                        verbose_name="vocals",
                    ),
                ),
                (
                    "ai",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "No"),
                            ("partially", "Partially: some elements"),
                            ("yes", "Yes: most of it"),
                        ],
                        max_length=20,
                        verbose_name="generative AI",
                    ),
                ),
                (
                    "pro",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="performing rights organisation"
                    ),
                ),
                ("ipi", models.CharField(blank=True, max_length=11, verbose_name="IPI number")),
                ("pitch", models.TextField(blank=True, max_length=600)),
                ("references", models.CharField(blank=True, max_length=200, verbose_name="for fans of")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("archived_at", models.DateTimeField(editable=False, null=True)),
                (
                    "genre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to="catalog.genre",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subgenre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.genre",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Collaborator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary artist"),
                            ("featured", "Featured artist"),
                            ("remixer", "Remixer"),
                            ("producer", "Producer"),
                            ("vocalist", "Vocalist"),
                            ("writer", "Writer"),
                            ("mixing", "Mixing engineer"),
                            ("mastering", "Mastering engineer"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "split",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="split in percent"
                    ),
                ),
                ("consents", models.BooleanField(default=False, verbose_name="agrees to this submission")),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collaborators",
                        to="catalog.track",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("artist_name", models.CharField(max_length=120)),
                ("contact_email", models.EmailField(max_length=254)),
                (
                    "country",
                    models.CharField(
                        blank=True, choices=catalog.music.countries.country_choices, max_length=2
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80)),
                ("bio", models.TextField(blank=True, max_length=500)),
                ("soundcloud_url", models.URLField(blank=True, verbose_name="SoundCloud")),
                ("instagram_url", models.URLField(blank=True, verbose_name="Instagram")),
                ("spotify_url", models.URLField(blank=True, verbose_name="Spotify")),
                ("ra_url", models.URLField(blank=True, verbose_name="Resident Advisor")),
                ("is_public", models.BooleanField(default=False, verbose_name="public page")),
                ("slug", models.SlugField(blank=True, db_index=False, max_length=60, verbose_name="address")),
                (
                    "avatar",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.picture",
                        to_field="code",
                    ),
                ),
                ("genres", models.ManyToManyField(blank=True, related_name="+", to="catalog.genre")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("slug"),
                        condition=models.Q(("slug", ""), _negated=True),
                        name="profile_slug_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_public", True), ("slug", ""), _negated=True),
                        name="profile_public_has_slug",
                        violation_error_message="A public page needs an address.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShortLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("url", models.CharField(max_length=2000)),
                ("target", models.CharField(blank=True, max_length=2000)),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(db_index=True, default=kit.clock.now)),
            ],
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(fields=["owner", "-created_at", "-id"], name="track_catalogue"),
        ),
    ]
