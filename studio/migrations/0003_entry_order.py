"""The lines of a tracklist have places of their own, so that they can be put in another order."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("studio", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="entry",
            options={"ordering": ["position", "number"], "verbose_name_plural": "entries"},
        ),
        migrations.RemoveConstraint(
            model_name="studioevent",
            name="studio_event_known_act",
        ),
        migrations.AddField(
            model_name="entry",
            name="position",
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="studioevent",
            name="act",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="studioevent",
            constraint=models.CheckConstraint(
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
        ),
        migrations.RunSQL("UPDATE studio_entry SET position = number", migrations.RunSQL.noop),
    ]
