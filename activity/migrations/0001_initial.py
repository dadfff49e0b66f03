import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("labels", "0001_initial"),
        ("submissions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
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
                            ("scored", "Scored"),
                            ("unscored", "Unscored"),
                            ("assigned", "Assigned"),
                            ("unassigned", "Unassigned"),
                            ("tagged", "Tagged"),
                            ("untagged", "Untagged"),
                            ("wrote", "Wrote"),
                            ("messaged", "Messaged"),
                            ("settled", "Settled"),
                            ("blocked", "Blocked"),
                            ("unblocked", "Unblocked"),
                            ("prepared", "Prepared"),
                            ("changed", "Changed"),
                            ("released", "Released"),
                            ("discarded", "Discarded"),
                            ("sent_back", "Sent Back"),
                            ("warned", "Warned"),
                            ("ordered", "Ordered"),
                            ("cancelled", "Cancelled"),
                            ("setting_changed", "Setting Changed"),
                            ("undo_changed", "Undo Changed"),
                            ("untouched_changed", "Untouched Changed"),
                            ("criterion_added", "Criterion Added"),
                            ("criterion_renamed", "Criterion Renamed"),
                            ("criterion_retired", "Criterion Retired"),
                            ("tag_made", "Tag Made"),
                            ("tag_renamed", "Tag Renamed"),
                            ("tag_recoloured", "Tag Recoloured"),
                            ("tag_retired", "Tag Retired"),
                            ("tag_restored", "Tag Restored"),
                            ("template_written", "Template Written"),
                            ("template_changed", "Template Changed"),
                            ("template_retired", "Template Retired"),
                            ("ask_list_changed", "Ask List Changed"),
                            ("releases_set", "Releases Set"),
                            ("barcodes_added", "Barcodes Added"),
                            ("series_made", "Series Made"),
                            ("series_changed", "Series Changed"),
                            ("steps_written", "Steps Written"),
                            ("steps_changed", "Steps Changed"),
                            ("steps_retired", "Steps Retired"),
                            ("call_made", "Call Made"),
                            ("call_deleted", "Call Deleted"),
                            ("intake_changed", "Intake Changed"),
                            ("intake_closed", "Intake Closed"),
                            ("intake_opened", "Intake Opened"),
                            ("question_added", "Question Added"),
                            ("question_changed", "Question Changed"),
                            ("question_deleted", "Question Deleted"),
                            ("question_retired", "Question Retired"),
                            ("question_restored", "Question Restored"),
                            ("questions_ordered", "Questions Ordered"),
                            ("profile_changed", "Profile Changed"),
                            ("embed_changed", "Embed Changed"),
                            ("proof_given", "Proof Given"),
                            ("proof_resent", "Proof Resent"),
                            ("invited", "Invited"),
                            ("reinvited", "Reinvited"),
                            ("invitation_revoked", "Invitation Revoked"),
                            ("joined", "Joined"),
                            ("role_changed", "Role Changed"),
                            ("removed", "Removed"),
                            ("left", "Left"),
                            ("handed_over", "Handed Over"),
                            ("lapses_warned", "Lapses Warned"),
                            ("lapses_closed", "Lapses Closed"),
                            ("lapses_opened", "Lapses Opened"),
                            ("suspended", "Suspended"),
                            ("unsuspended", "Unsuspended"),
                        ],
                        max_length=20,
                    ),
                ),
                ("details", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=kit.clock.now, editable=False)),
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
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_activities",
                        to="labels.label",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_activities",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "indexes": [
                    models.Index(fields=["submission", "-at", "-id"], name="log_of_submission"),
                    models.Index(fields=["label", "-at", "-id"], name="log_of_label"),
                ],
            },
        ),
    ]
