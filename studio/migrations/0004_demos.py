"""What labels answer to a project's demo: only the studio itself writes it down, and only what happened."""

from django.db import migrations, models

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION studio_level_needed(act text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN act = 'leave' THEN 0
        WHEN act IN ('ask_to_join', 'withdraw_request') THEN 1
        WHEN act IN ('make', 'set_visibility', 'link_track', 'unlink_track', 'make_demo', 'discard', 'restore',
            'add_crew', 'remove_crew', 'accept_request', 'refuse_request', 'reopen_request') THEN 4
        WHEN act = 'demo_moved' THEN 5
        ELSE 3
    END
$$;

-- Whether an event of nobody's repeats one of a submission of the project's track.
CREATE FUNCTION studio_demo_moved(project bigint, act text, details jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT act = 'demo_moved' AND EXISTS (
        SELECT FROM submissions_event AS event
        JOIN submissions_submission AS submission ON submission.id = event.submission_id
        JOIN studio_project AS row ON row.track_id = submission.track_id
        WHERE row.id = project AND submission.reference = details ->> 'submission'
            AND event.sequence = (details ->> 'sequence')::integer AND event.transition = details ->> 'transition'
            AND event.to_state = details ->> 'demo')
$$;

CREATE OR REPLACE FUNCTION studio_event_permitted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT kit_is_timely(NEW.at)
        OR NEW.actor_id IS NULL AND NOT studio_demo_moved(NEW.project_id, NEW.act, NEW.details)
        OR NEW.actor_id IS NOT NULL AND (
        NOT EXISTS (SELECT FROM accounts_user WHERE id = NEW.actor_id AND is_active)
        OR greatest(studio_level_in_project(NEW.actor_id, NEW.project_id),
            studio_level_in_pack(NEW.actor_id, NEW.pack_id)) < studio_level_needed(NEW.act)) THEN
        RAISE EXCEPTION 'studio event % by % is of another time, or by somebody who may not', NEW.act, NEW.actor_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("studio", "0003_covers"), ("submissions", "0011_master_guards")]

    operations = [
        migrations.RunSQL(FUNCTIONS),
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
                ],
                max_length=20,
            ),
        ),
    ]
