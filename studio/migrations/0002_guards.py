"""The studio's events are append-only, of now, and by somebody whose level reaches, whoever writes."""

from django.db import migrations

FUNCTIONS = r"""
-- What somebody may do with a project or a pack, as `studio.levels` says: 0 nothing, 1 see, 2 view, 3 edit, 4 own.
CREATE FUNCTION studio_level_in_pack(person bigint, target bigint) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN pack.owner_id = person THEN 4 ELSE coalesce(
        (SELECT level FROM studio_packcrew WHERE pack_id = pack.id AND user_id = person),
        (pack.visibility = 'public' AND pack.discarded_at IS NULL)::integer) END
    FROM studio_pack AS pack WHERE pack.id = target
$$;

CREATE FUNCTION studio_level_in_project(person bigint, target bigint) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN project.owner_id = person THEN 4 ELSE greatest(
        (SELECT level FROM studio_projectcrew WHERE project_id = project.id AND user_id = person),
        (SELECT least(level, 3) FROM studio_level_in_pack(person, project.pack_id) AS level WHERE level >= 2),
        (project.visibility = 'public' AND project.discarded_at IS NULL)::integer) END
    FROM studio_project AS project WHERE project.id = target
$$;

-- The level that an act needs: that of `studio.act_table`, which a test compares. Who has left may not any more.
CREATE FUNCTION studio_level_needed(act text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN act IN ('leave', 'withdraw_request') THEN 0
        WHEN act = 'ask_to_join' THEN 1
        WHEN act IN ('make', 'place', 'set_visibility', 'link_track', 'unlink_track', 'make_demo', 'discard',
            'restore', 'add_crew', 'remove_crew', 'accept_request', 'refuse_request', 'reopen_request') THEN 4
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

-- Whether a pack is that of an event's project: the one that it is in, or, of `take_out` and a restoring that took it
-- out, the one of its event before.
CREATE FUNCTION studio_pack_fits(target bigint, pack bigint, act text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN target IS NULL THEN pack IS NOT NULL
        WHEN act <> 'take_out' AND pack IS NOT DISTINCT FROM (SELECT pack_id FROM studio_project WHERE id = target)
            THEN true
        WHEN act NOT IN ('take_out', 'restore') THEN false
        ELSE EXISTS (SELECT FROM studio_project WHERE id = target AND pack_id IS NULL)
            AND pack IS NOT DISTINCT FROM (SELECT CASE WHEN event.act <> 'take_out' THEN event.pack_id ELSE 0 END
                FROM studio_studioevent AS event WHERE event.project_id = target ORDER BY event.id DESC LIMIT 1)
            AND pack IS NOT NULL
    END
$$;

-- The level of whoever did an event, after it: out of a pack only owners and who edits that pack take a project.
CREATE FUNCTION studio_level_at_event(person bigint, project bigint, pack bigint, act text) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN project IS NULL THEN studio_level_in_pack(person, pack)
        WHEN act = 'take_out' AND studio_level_in_project(person, project) < 4
            THEN least(studio_level_in_pack(person, pack), 3)
        ELSE studio_level_in_project(person, project)
    END
$$;

CREATE FUNCTION studio_event_permitted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT kit_is_timely(NEW.at)
        OR NOT studio_pack_fits(NEW.project_id, NEW.pack_id, NEW.act)
        OR NEW.actor_id IS NULL AND NOT studio_demo_moved(NEW.project_id, NEW.act, NEW.details)
        OR NEW.actor_id IS NOT NULL AND (
        NOT EXISTS (SELECT FROM accounts_user WHERE id = NEW.actor_id AND is_active)
        OR coalesce(studio_level_at_event(NEW.actor_id, NEW.project_id, NEW.pack_id, NEW.act), 0)
            < studio_level_needed(NEW.act)) THEN
        RAISE EXCEPTION 'studio event % by % is of another time, or by somebody who may not', NEW.act, NEW.actor_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER studio_event_permitted BEFORE INSERT ON studio_studioevent
    FOR EACH ROW EXECUTE FUNCTION studio_event_permitted();
CREATE TRIGGER studio_event_stays BEFORE UPDATE OR DELETE ON studio_studioevent
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER studio_event_not_emptied BEFORE TRUNCATE ON studio_studioevent
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
"""

NAMES = ("studio_event_permitted", "studio_event_stays", "studio_event_not_emptied")
ALWAYS = "\n".join(f"ALTER TABLE studio_studioevent ENABLE ALWAYS TRIGGER {name};" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [("studio", "0001_initial"), ("submissions", "0011_master_guards"), ("kit", "0002_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
