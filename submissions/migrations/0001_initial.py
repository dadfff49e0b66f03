import datetime
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django_fsm
from django.conf import settings
from django.db import migrations, models

import kit.clock
import kit.codes
import submissions.models.event

# The generated search column calls these.
SEARCH = r"""
-- Text without accents and with spaces for signs, the same as `kit.folding.fold`.
CREATE FUNCTION submissions_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
    WITH bare AS (
        SELECT translate(regexp_replace(normalize(words, NFKD),
            '([ A-Za-z\u00c0-\u024f\u0370-\u03ff])[\u0300-\u036f]+|([АаЕеИиОоУуЫыЭэЮюЯяІіЄє])[\u0300\u0301]+|([Ее])\u0308',
            '\1\2\3', 'g'), 'øØłŁđĐðÐħĦŧŦıς', 'oOlLdDdDhHtTiσ') AS text
    ), latin AS (
        SELECT replace(replace(replace(replace(replace(replace(replace(replace(
            text, 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'), 'ß', 'ss'), 'ẞ', 'SS'), 'þ', 'th'), 'Þ', 'TH') AS text
        FROM bare
    )
    SELECT regexp_replace(
        regexp_replace(normalize(text, NFC), '[\u00ad\u0640\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]', '', 'g'),
        '[!-/:-@\[-`{-~\u00a1-\u00bf\u02b9-\u02bd\u2010-\u205e\u2212\u3001-\u3003\u3008-\u301f\u30fb]', ' ', 'g')
    FROM latin
$$;

-- Words of the artist weigh A, so that they can be looked for alone. No folded word is like a label's lexeme.
CREATE FUNCTION submissions_search(label bigint, reference text, artist text, VARIADIC words text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_to_tsvector(ARRAY['ĺ' || label, lower(replace(reference, '-', ''))])
        || setweight(to_tsvector('simple', submissions_fold(artist)), 'A')
        || to_tsvector('simple', submissions_fold(array_to_string(words, ' ')))
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("labels", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SEARCH),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                (
                    "transition",
                    models.CharField(
                        choices=[
                            ("submit", "Submit"),
                            ("start_review", "Start Review"),
                            ("shortlist", "Shortlist"),
                            ("request_changes", "Request Changes"),
                            ("resubmit", "Resubmit"),
                            ("accept", "Accept"),
                            ("reject", "Reject"),
                            ("reopen", "Reopen"),
                            ("sign", "Sign"),
                            ("decline", "Decline"),
                            ("rescind", "Rescind"),
                            ("schedule", "Schedule"),
                            ("release", "Release"),
                            ("withdraw", "Withdraw"),
                            ("expire", "Expire"),
                            ("listened", "Listened"),
                            ("replace_link", "Replace Link"),
                            ("link_failed", "Link Failed"),
                            ("link_recovered", "Link Recovered"),
                            ("extend", "Extend"),
                            ("nudge", "Nudge"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "from_state",
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
                (
                    "to_state",
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
                (
                    "actor_role",
                    models.CharField(
                        choices=[
                            ("producer", "Producer"),
                            ("owner", "Owner"),
                            ("manager", "Manager"),
                            ("reviewer", "Reviewer"),
                            ("admin", "Admin"),
                            ("system", "System"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("key", models.UUIDField()),
                ("payload", models.JSONField(default=dict)),
                ("private", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("salt", models.BinaryField(default=submissions.models.event.new_salt)),
                ("content_digest", models.BinaryField()),
                ("previous_digest", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("format", models.PositiveSmallIntegerField(default=1)),
                ("redacted_at", models.DateTimeField(null=True)),
                (
                    "acted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
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
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", kit.codes.CodeField(prefix="TF")),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "state",
                    django_fsm.FSMField(
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
                        default="draft",
                        editable=False,
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("turn", models.PositiveIntegerField(default=0, editable=False)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("moved_at", models.DateTimeField(editable=False, null=True)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                ("expires_at", models.DateTimeField(editable=False, null=True)),
                ("opened_at", models.DateTimeField(editable=False, null=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                ("lapsed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "is_in_time",
                    models.BooleanField(editable=False, null=True, verbose_name="answered in time"),
                ),
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
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "dead_links",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, editable=False, size=None
                    ),
                ),
                ("release_on", models.DateField(editable=False, null=True)),
                ("catalogue_number", models.CharField(blank=True, editable=False, max_length=40)),
                ("title", models.CharField(blank=True, editable=False, max_length=150)),
                ("mix", models.CharField(blank=True, editable=False, max_length=80)),
                ("artist", models.CharField(blank=True, editable=False, max_length=120)),
                ("genre", models.CharField(blank=True, editable=False, max_length=60)),
                ("subgenre", models.CharField(blank=True, editable=False, max_length=60)),
                ("tempo", models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ("key", models.CharField(blank=True, editable=False, max_length=7)),
                ("country", models.CharField(blank=True, editable=False, max_length=2)),
                ("ai", models.CharField(blank=True, editable=False, max_length=20)),
                ("isrc", models.CharField(blank=True, editable=False, max_length=12)),
                (
                    "exclusivity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exclusive_until", "Only with you until a date"),
                            ("sent_elsewhere", "Also sent to other labels"),
                            ("offer_held", "I already hold an offer"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("has_wav", models.BooleanField(editable=False, null=True, verbose_name="WAV available")),
                (
                    "team_score",
                    models.DecimalField(decimal_places=2, editable=False, max_digits=3, null=True),
                ),
                (
                    "team_score_spread",
                    models.DecimalField(decimal_places=2, editable=False, max_digits=3, null=True),
                ),
                ("team_score_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("team_score_is_old", models.BooleanField(default=False, editable=False)),
                (
                    "team_tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("team_link", models.CharField(blank=True, editable=False, max_length=64)),
                ("team_name", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "team_search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "label_id",
                            "reference",
                            "artist",
                            "title",
                            "mix",
                            "catalogue_number",
                            function="submissions_search",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="labels.intake",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="labels.label",
                    ),
                ),
                (
                    "opened_by",
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
                    "previous",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_tries",
                        to="submissions.submission",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team_assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="catalog.track",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("copy", models.JSONField()),
                ("answers", models.JSONField(default=list)),
                ("salts", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("redacted_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revision",
                        to="submissions.event",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[("audio", "audio link"), ("backup", "backup link")], max_length=10
                    ),
                ),
                ("url_digest", models.CharField(max_length=80)),
                ("host", models.CharField(max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("alive", "It answers"),
                            ("gone", "The page is gone"),
                            ("private", "The page is no longer open to us"),
                            ("silent", "The host does not answer"),
                            ("unclear", "Its answer tells nothing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("failed_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="link_checks",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="event",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="submissions.submission",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("asked", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("access_code", models.CharField(blank=True, max_length=40)),
                ("saved_at", models.DateTimeField(default=kit.clock.now)),
                ("saved_by", models.UUIDField(editable=False, null=True)),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["label", "submitted_at", "id"], name="submission_queue"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["label", "state", "submitted_at", "id"],
                include=("producer",),
                name="submission_queue_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["in_review", "shortlisted", "submitted"])),
                fields=["label", "submitted_at", "id"],
                name="submission_ours",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["accepted", "changes_requested"])),
                fields=["label", "submitted_at", "id"],
                name="submission_theirs",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "due_at", models.Value(datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.UTC))
                ),
                models.F("id"),
                name="submission_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "due_at", models.Value(datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.UTC))
                ),
                models.F("id"),
                condition=models.Q(("state__in", ["in_review", "shortlisted", "submitted"])),
                name="submission_ours_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "due_at", models.Value(datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.UTC))
                ),
                models.F("id"),
                condition=models.Q(("state__in", ["accepted", "changes_requested"])),
                name="submission_theirs_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "release_on", models.Value(datetime.date(9000, 1, 1))
                ),
                models.F("id"),
                name="submission_by_release",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "release_on", models.Value(datetime.date(9000, 1, 1))
                ),
                models.F("id"),
                condition=models.Q(("state__in", ["scheduled", "signed"])),
                name="submission_releases",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Replace(
                        django.db.models.functions.text.Upper(
                            models.Func(
                                "catalogue_number",
                                function="submissions_fold",
                                output_field=models.CharField(),
                            )
                        ),
                        models.Value(" "),
                    ),
                    name="text_pattern_ops",
                ),
                condition=models.Q(("catalogue_number", ""), _negated=True),
                name="submission_by_catalogue",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "tempo",
                    models.Value(Decimal("0")),
                    output_field=models.DecimalField(decimal_places=2, max_digits=5),
                ),
                models.F("id"),
                name="submission_by_tempo",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "tempo",
                    models.Value(Decimal("0")),
                    output_field=models.DecimalField(decimal_places=2, max_digits=5),
                ),
                models.F("id"),
                condition=models.Q(("state__in", ["in_review", "shortlisted", "submitted"])),
                name="submission_ours_by_tempo",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                django.db.models.functions.comparison.Coalesce(
                    "team_score",
                    models.Value(Decimal("0")),
                    output_field=models.DecimalField(decimal_places=2, max_digits=3),
                ),
                models.F("id"),
                name="submission_by_score",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["label", "genre", "submitted_at", "id"], name="submission_by_genre"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["label", "subgenre", "submitted_at", "id"], name="submission_by_subgenre"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["label", "key", "submitted_at", "id"], name="submission_by_key"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["label", "country", "submitted_at", "id"], name="submission_by_country"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["label", "exclusivity", "submitted_at", "id"], name="submission_by_exclusivity"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["intake", "submitted_at", "id"], name="submission_by_intake"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("dead_links", []), _negated=True),
                fields=["label", "submitted_at", "id"],
                name="submission_dead_links",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("team_assignee__isnull", False)),
                fields=["label", "team_assignee", "submitted_at", "id"],
                name="submission_assigned",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("label"),
                models.F("team_assignee"),
                django.db.models.functions.comparison.Coalesce(
                    "due_at", models.Value(datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.UTC))
                ),
                models.F("id"),
                condition=models.Q(
                    ("state__in", ["in_review", "shortlisted", "submitted"]),
                    ("team_assignee__isnull", False),
                ),
                include=("producer",),
                name="submission_ours_assigned",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["label", "opened_at"], name="submission_opened"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["label", "answered_at"], name="submission_answered"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("lapsed_at__isnull", False)),
                fields=["label", "lapsed_at"],
                name="submission_lapsed",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["label", "is_in_time", "submitted_at", "id"], name="submission_by_promise"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("reason", ""), _negated=True),
                fields=["label", "reason", "submitted_at", "id"],
                name="submission_by_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("opened_by__isnull", False)),
                fields=["label", "opened_by", "submitted_at", "id"],
                name="submission_by_opener",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=django.contrib.postgres.indexes.GinIndex(fields=["team_tags"], name="submission_tagged"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=django.contrib.postgres.indexes.GinIndex(fields=["team_search"], name="submission_search"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["label", "moved_at"], name="submission_moved"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("isrc", ""), _negated=True),
                fields=["label", "isrc"],
                name="submission_same_isrc",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("team_link", ""), _negated=True),
                fields=["label", "team_link"],
                name="submission_same_link",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("team_name", ""), _negated=True),
                fields=["label", "team_name"],
                name="submission_same_name",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["producer", "-created_at", "-id"], name="submission_own"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["expires_at"], name="submission_expiring"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state", "scheduled")), fields=["release_on"], name="submission_release"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["producer", "label", "submitted_at", "id"],
                include=("state",),
                name="submission_producer_label",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("track", "label"), name="submission_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "accepted",
                            "changes_requested",
                            "in_review",
                            "scheduled",
                            "shortlisted",
                            "signed",
                            "submitted",
                        ],
                    )
                ),
                fields=("track", "label"),
                name="submission_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "in_review",
                            "shortlisted",
                            "changes_requested",
                            "accepted",
                            "signed",
                            "scheduled",
                            "released",
                            "rejected",
                            "declined",
                            "withdrawn",
                            "expired",
                        ],
                    )
                ),
                name="submission_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["answers"], name="revision_answers", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="revision_number"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="revision_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="linkcheck",
            index=models.Index(fields=["url_digest", "-checked_at"], name="link_check_same"),
        ),
        migrations.AddIndex(
            model_name="linkcheck",
            index=models.Index(
                condition=models.Q(("outcome", "alive")),
                fields=["host", "-checked_at"],
                name="link_check_alive",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.UniqueConstraint(fields=("submission", "slot"), name="link_check_once"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "-recorded_at"], name="event_actor"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("submission", "sequence"), name="event_sequence"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("submission", "key"), name="event_once"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_state", "in_review"), ("to_state", "accepted"), ("transition", "accept")),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "accepted"), ("transition", "accept")
                    ),
                    models.Q(("from_state", "submitted"), ("to_state", "accepted"), ("transition", "accept")),
                    models.Q(("from_state", "accepted"), ("to_state", "declined"), ("transition", "decline")),
                    models.Q(("from_state", "accepted"), ("to_state", "expired"), ("transition", "expire")),
                    models.Q(
                        ("from_state", "changes_requested"), ("to_state", "expired"), ("transition", "expire")
                    ),
                    models.Q(("from_state", "in_review"), ("to_state", "expired"), ("transition", "expire")),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "expired"), ("transition", "expire")
                    ),
                    models.Q(("from_state", "submitted"), ("to_state", "expired"), ("transition", "expire")),
                    models.Q(
                        ("from_state", "in_review"), ("to_state", "in_review"), ("transition", "extend")
                    ),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "shortlisted"), ("transition", "extend")
                    ),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "submitted"), ("transition", "extend")
                    ),
                    models.Q(
                        ("from_state", "accepted"), ("to_state", "accepted"), ("transition", "link_failed")
                    ),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "changes_requested"),
                        ("transition", "link_failed"),
                    ),
                    models.Q(
                        ("from_state", "in_review"), ("to_state", "in_review"), ("transition", "link_failed")
                    ),
                    models.Q(
                        ("from_state", "shortlisted"),
                        ("to_state", "shortlisted"),
                        ("transition", "link_failed"),
                    ),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "submitted"), ("transition", "link_failed")
                    ),
                    models.Q(
                        ("from_state", "accepted"), ("to_state", "accepted"), ("transition", "link_recovered")
                    ),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "changes_requested"),
                        ("transition", "link_recovered"),
                    ),
                    models.Q(
                        ("from_state", "in_review"),
                        ("to_state", "in_review"),
                        ("transition", "link_recovered"),
                    ),
                    models.Q(
                        ("from_state", "shortlisted"),
                        ("to_state", "shortlisted"),
                        ("transition", "link_recovered"),
                    ),
                    models.Q(
                        ("from_state", "submitted"),
                        ("to_state", "submitted"),
                        ("transition", "link_recovered"),
                    ),
                    models.Q(
                        ("from_state", "accepted"), ("to_state", "accepted"), ("transition", "listened")
                    ),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "changes_requested"),
                        ("transition", "listened"),
                    ),
                    models.Q(
                        ("from_state", "in_review"), ("to_state", "in_review"), ("transition", "listened")
                    ),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "shortlisted"), ("transition", "listened")
                    ),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "submitted"), ("transition", "listened")
                    ),
                    models.Q(("from_state", "in_review"), ("to_state", "in_review"), ("transition", "nudge")),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "shortlisted"), ("transition", "nudge")
                    ),
                    models.Q(("from_state", "submitted"), ("to_state", "submitted"), ("transition", "nudge")),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "rejected"),
                        ("transition", "reject"),
                    ),
                    models.Q(("from_state", "in_review"), ("to_state", "rejected"), ("transition", "reject")),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "rejected"), ("transition", "reject")
                    ),
                    models.Q(("from_state", "submitted"), ("to_state", "rejected"), ("transition", "reject")),
                    models.Q(
                        ("from_state", "scheduled"), ("to_state", "released"), ("transition", "release")
                    ),
                    models.Q(("from_state", "expired"), ("to_state", "in_review"), ("transition", "reopen")),
                    models.Q(("from_state", "rejected"), ("to_state", "in_review"), ("transition", "reopen")),
                    models.Q(
                        ("from_state", "accepted"), ("to_state", "accepted"), ("transition", "replace_link")
                    ),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "changes_requested"),
                        ("transition", "replace_link"),
                    ),
                    models.Q(
                        ("from_state", "in_review"), ("to_state", "in_review"), ("transition", "replace_link")
                    ),
                    models.Q(
                        ("from_state", "shortlisted"),
                        ("to_state", "shortlisted"),
                        ("transition", "replace_link"),
                    ),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "submitted"), ("transition", "replace_link")
                    ),
                    models.Q(
                        ("from_state", "in_review"),
                        ("to_state", "changes_requested"),
                        ("transition", "request_changes"),
                    ),
                    models.Q(
                        ("from_state", "shortlisted"),
                        ("to_state", "changes_requested"),
                        ("transition", "request_changes"),
                    ),
                    models.Q(
                        ("from_state", "submitted"),
                        ("to_state", "changes_requested"),
                        ("transition", "request_changes"),
                    ),
                    models.Q(("from_state", "accepted"), ("to_state", "rejected"), ("transition", "rescind")),
                    models.Q(
                        ("from_state", "scheduled"), ("to_state", "rejected"), ("transition", "rescind")
                    ),
                    models.Q(("from_state", "signed"), ("to_state", "rejected"), ("transition", "rescind")),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "submitted"),
                        ("transition", "resubmit"),
                    ),
                    models.Q(
                        ("from_state", "scheduled"), ("to_state", "scheduled"), ("transition", "schedule")
                    ),
                    models.Q(("from_state", "signed"), ("to_state", "scheduled"), ("transition", "schedule")),
                    models.Q(
                        ("from_state", "in_review"), ("to_state", "shortlisted"), ("transition", "shortlist")
                    ),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "shortlisted"), ("transition", "shortlist")
                    ),
                    models.Q(("from_state", "accepted"), ("to_state", "signed"), ("transition", "sign")),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "in_review"), ("transition", "start_review")
                    ),
                    models.Q(("from_state", "draft"), ("to_state", "submitted"), ("transition", "submit")),
                    models.Q(
                        ("from_state", "changes_requested"),
                        ("to_state", "withdrawn"),
                        ("transition", "withdraw"),
                    ),
                    models.Q(
                        ("from_state", "in_review"), ("to_state", "withdrawn"), ("transition", "withdraw")
                    ),
                    models.Q(
                        ("from_state", "shortlisted"), ("to_state", "withdrawn"), ("transition", "withdraw")
                    ),
                    models.Q(
                        ("from_state", "submitted"), ("to_state", "withdrawn"), ("transition", "withdraw")
                    ),
                    _connector="OR",
                ),
                name="event_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence__gte", 1)), name="event_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor_role__in", ["admin", "manager", "owner"]), ("transition", "accept")),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "decline")),
                    models.Q(("actor_role__in", ["admin", "system"]), ("transition", "expire")),
                    models.Q(("actor_role__in", ["admin", "manager", "owner"]), ("transition", "extend")),
                    models.Q(("actor_role__in", ["admin", "system"]), ("transition", "link_failed")),
                    models.Q(("actor_role__in", ["admin", "system"]), ("transition", "link_recovered")),
                    models.Q(
                        ("actor_role__in", ["admin", "manager", "owner", "reviewer"]),
                        ("transition", "listened"),
                    ),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "nudge")),
                    models.Q(("actor_role__in", ["admin", "manager", "owner"]), ("transition", "reject")),
                    models.Q(
                        ("actor_role__in", ["admin", "manager", "owner", "system"]), ("transition", "release")
                    ),
                    models.Q(("actor_role__in", ["admin", "manager", "owner"]), ("transition", "reopen")),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "replace_link")),
                    models.Q(
                        ("actor_role__in", ["admin", "manager", "owner"]), ("transition", "request_changes")
                    ),
                    models.Q(("actor_role__in", ["admin", "manager", "owner"]), ("transition", "rescind")),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "resubmit")),
                    models.Q(("actor_role__in", ["admin", "manager", "owner"]), ("transition", "schedule")),
                    models.Q(
                        ("actor_role__in", ["admin", "manager", "owner", "reviewer"]),
                        ("transition", "shortlist"),
                    ),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "sign")),
                    models.Q(
                        ("actor_role__in", ["admin", "manager", "owner", "reviewer"]),
                        ("transition", "start_review"),
                    ),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "submit")),
                    models.Q(("actor_role__in", ["producer"]), ("transition", "withdraw")),
                    _connector="OR",
                ),
                name="event_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acted_by", None), ("actor", None), ("actor_role", "system")),
                    models.Q(("actor__isnull", False), models.Q(("actor_role", "system"), _negated=True)),
                    _connector="OR",
                ),
                name="event_has_actor",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(condition=models.Q(("format", 1)), name="event_format"),
        ),
        migrations.CreateModel(
            name="SendPlan",
            fields=[
                (
                    "track",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="send_plan",
                        serialize=False,
                        to="catalog.track",
                    ),
                ),
                (
                    "to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("typed", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(default=kit.clock.now)),
                ("saved_by", models.UUIDField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LabelList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="LL")),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                ("labels", models.ManyToManyField(related_name="+", to="labels.label")),
                (
                    "producer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="label_lists",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("producer", "name"), name="label_list_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", kit.codes.CodeField(prefix="SN")),
                ("name", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=2000)),
                ("created_at", models.DateTimeField(default=kit.clock.now, editable=False)),
                (
                    "producer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("producer", "name"), name="saved_note_name_once")
                ],
            },
        ),
    ]
