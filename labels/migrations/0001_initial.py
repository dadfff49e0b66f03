import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import accounts.choices
import catalog.music.countries
import kit.clock
import kit.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "time_zone",
                    models.CharField(choices=accounts.choices.time_zones, default="UTC", max_length=64),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, choices=catalog.music.countries.country_choices, max_length=2
                    ),
                ),
                ("website", models.URLField(blank=True)),
                (
                    "links",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.URLField(), blank=True, default=list, size=None
                    ),
                ),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="what we want")),
                (
                    "page_text",
                    models.TextField(
                        blank=True, help_text="Markdown.", max_length=10000, verbose_name="more about you"
                    ),
                ),
                (
                    "embed_sites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "shows_names",
                    models.BooleanField(default=False, verbose_name="producers see who answered"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unverified", "Not yet verified"),
                            ("verified", "Verified"),
                            ("suspended", "Suspended"),
                            ("closed", "Closed"),
                        ],
                        default="unverified",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("genres", models.ManyToManyField(blank=True, related_name="labels", to="catalog.genre")),
                (
                    "logo",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.picture",
                        to_field="code",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="IN")),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "viewer"), (2, "reviewer"), (3, "manager"), (4, "owner")], default=2
                    ),
                ),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("sent_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="labels.label",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="CL")),
                (
                    "call_name",
                    models.CharField(blank=True, help_text="Empty for the standing intake.", max_length=120),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True, help_text="Shown to producers, open or closed.", max_length=2000
                    ),
                ),
                ("is_paused", models.BooleanField(default=False, verbose_name="closed for now")),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                (
                    "access_code",
                    models.CharField(
                        blank=True, max_length=40, validators=[django.core.validators.MinLengthValidator(6)]
                    ),
                ),
                (
                    "genre_strictness",
                    models.CharField(
                        choices=[("warn", "Warn the producer"), ("block", "Refuse the demo")],
                        default="warn",
                        max_length=10,
                    ),
                ),
                (
                    "tempo_from",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("40")),
                            django.core.validators.MaxValueValidator(Decimal("300")),
                        ],
                    ),
                ),
                (
                    "tempo_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("40")),
                            django.core.validators.MaxValueValidator(Decimal("300")),
                        ],
                    ),
                ),
                (
                    "tempo_strictness",
                    models.CharField(
                        choices=[("warn", "Warn the producer"), ("block", "Refuse the demo")],
                        default="warn",
                        max_length=10,
                    ),
                ),
                (
                    "required_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "ai_policy",
                    models.CharField(
                        choices=[
                            ("any", "Any answer is welcome"),
                            ("some", "Some elements at most"),
                            ("none", "No generative AI"),
                        ],
                        default="any",
                        max_length=10,
                        verbose_name="AI policy",
                    ),
                ),
                (
                    "exclusivity_policy",
                    models.CharField(
                        choices=[
                            ("any", "Any answer is welcome"),
                            ("no_offers", "Not when another label has made an offer"),
                            ("exclusive", "Only demos sent to nobody else"),
                        ],
                        default="any",
                        max_length=10,
                    ),
                ),
                ("unreleased_only", models.BooleanField(default=False)),
                (
                    "most_open",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="open submissions per producer",
                    ),
                ),
                (
                    "most_weekly",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="submissions per producer and week",
                    ),
                ),
                (
                    "promise_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="promise in days",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="grace in days",
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="producer's days to answer",
                    ),
                ),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "genres",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Select none to accept every genre.",
                        related_name="+",
                        to="catalog.genre",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="labels.label"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_slugs",
                        to="labels.label",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why, for the team")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("lifted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "blocked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="labels.label"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "viewer"), (2, "reviewer"), (3, "manager"), (4, "owner")]
                    ),
                ),
                ("joined_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="labels.label",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MembershipChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=10)),
                ("since", models.DateTimeField()),
                (
                    "by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="labels.label",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["label", "person", "since"], name="membership_change_of")],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("link", models.URLField(blank=True)),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="address at your domain"),
                ),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "said",
                    models.TextField(blank=True, max_length=2000, verbose_name="anything we should know"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for us"),
                            ("asked_back", "We asked back"),
                            ("granted", "Verified"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("given_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("reply", models.TextField(blank=True, editable=False, max_length=2000)),
                ("replied_at", models.DateTimeField(editable=False, null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="labels.label"
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "Short text"),
                            ("long", "Long text"),
                            ("number", "Number"),
                            ("choice", "One choice"),
                            ("choices", "Several choices"),
                            ("yes_no", "Yes or no"),
                            ("link", "Link"),
                            ("date", "Date"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("help_text", models.CharField(blank=True, max_length=300)),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                ("is_required", models.BooleanField(default=False)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="labels.intake",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accept", "Offer to sign"),
                            ("request_changes", "Request changes"),
                            ("reject", "Pass"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("text", models.TextField(max_length=4000)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("welcome", models.CharField(blank=True, max_length=20)),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_templates",
                        to="labels.label",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("asks_money", "It asks for money"),
                            ("impersonates", "It pretends to be another label"),
                            ("ghosts", "It takes demos and never answers"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what happened")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="what we did")),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="labels.label"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_by",
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
                        related_name="suspensions",
                        to="labels.label",
                    ),
                ),
            ],
            options={
                "ordering": ["started_at"],
            },
        ),
        migrations.CreateModel(
            name="ResponseRecord",
            fields=[
                (
                    "label",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="record",
                        serialize=False,
                        to="labels.label",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("computed_at", models.DateTimeField()),
                ("sample", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("in_time", models.PositiveIntegerField(default=0)),
                ("lapsed", models.PositiveIntegerField(default=0)),
                ("passed", models.PositiveIntegerField(default=0)),
                (
                    "noted",
                    models.PositiveIntegerField(default=0, verbose_name="answered with words of their own"),
                ),
                ("in_time_share", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("median_hours", models.PositiveIntegerField(null=True)),
                ("p90_hours", models.PositiveIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                "in_time_share", models.Value(Decimal("-1"))
                            ),
                            descending=True,
                        ),
                        models.OrderBy(models.F("sample"), descending=True),
                        models.OrderBy(models.F("label"), descending=True),
                        name="record_by_promise",
                    ),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            "median_hours", models.Value(2147483647)
                        ),
                        models.OrderBy(models.F("label")),
                        name="record_by_speed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered__lte", models.F("sample")), ("in_time__lte", models.F("answered"))
                        ),
                        name="record_adds_up",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="label",
            index=models.Index(fields=["status", "name", "id"], name="label_directory"),
        ),
        migrations.AddIndex(
            model_name="label",
            index=models.Index(fields=["status", "-created_at", "-id"], name="label_newest"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                fields=("label", "email"),
                name="invitation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("revoked_at", None), _connector="OR"),
                name="invitation_one_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at", None), ("accepted_by", None)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_accepted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                models.F("label"), condition=models.Q(("call_name", "")), name="intake_one_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="intake_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("tempo_to__gte", models.F("tempo_from"))), name="intake_tempo_upwards"
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)), fields=("label", "producer"), name="block_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("label", "user"), name="membership_once"),
        ),
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(fields=["state", "given_at", "id"], name="proof_waiting"),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.UniqueConstraint(
                models.F("label"),
                condition=models.Q(("state", "granted"), _negated=True),
                name="proof_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link", ""), _negated=True),
                    models.Q(("address", ""), _negated=True),
                    _connector="OR",
                ),
                name="proof_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="replytemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("label", "outcome", "name"),
                name="template_name_once",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["-created_at", "-id"], name="report_newest"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at", None)), fields=("label", "reporter"), name="report_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                models.F("label"), condition=models.Q(("ended_at", None)), name="suspension_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__gte", models.F("started_at"))), name="suspension_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="suspension_has_reason"
            ),
        ),
    ]
