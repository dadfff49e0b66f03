"""The guards of releases' history: plain SQL, on whatever session variable is set, for whoever writes.

Every function names pg_temp last, else a temporary table could stand in for a real one.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION releases_last(target bigint) RETURNS releases_releaseevent
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM releases_releaseevent WHERE release_id = target ORDER BY sequence DESC LIMIT 1
$$;

-- Whether the event that these words came with was redacted.
CREATE FUNCTION releases_is_redacted(target bigint, number bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT redacted_at IS NOT NULL FROM releases_releaseevent
        WHERE release_id = target AND sequence = number), false)
$$;

-- Whether no other columns than these differ; NULL for none.
CREATE FUNCTION releases_differ_in(old jsonb, new jsonb, free text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT old - coalesce(free, '{}') IS NOT DISTINCT FROM new - coalesce(free, '{}')
$$;

-- Whether these columns are empty.
CREATE FUNCTION releases_are_empty(new jsonb, columns text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT bool_and(coalesce(new ->> name, '') = '') FROM unnest(columns) AS name
$$;

-- A release's state, version and history agree, and it has one.
CREATE FUNCTION releases_release_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    target bigint;
    kept record;
    last releases_releaseevent;
BEGIN
    target := CASE TG_TABLE_NAME WHEN 'releases_release' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'release_id')::bigint END;
    SELECT reference, state, version INTO kept FROM releases_release WHERE id = target;
    last := releases_last(target);
    IF kept.version <> coalesce(last.sequence, -1) OR kept.state <> last.to_state THEN
        RAISE EXCEPTION '% says % at version %, its history says % at %', kept.reference, kept.state, kept.version,
            coalesce(last.to_state, 'new'), coalesce(last.sequence, 0) USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- What came out with a released release is released, on its date.
CREATE FUNCTION releases_release_is_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fault record;
BEGIN
    SELECT sent.reference INTO fault FROM releases_release AS made
        JOIN releases_releasetrack AS track ON track.release_id = made.id AND track.comes_out
        JOIN submissions_submission AS sent ON sent.id = track.submission_id
        WHERE made.id = NEW.id AND made.state = 'released'
            AND (sent.state, sent.release_on, sent.release_code, sent.label_id)
                IS DISTINCT FROM ('released', made.release_on, made.reference, made.label_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% is released, and % did not come out with it', NEW.reference, fault.reference
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A release begins empty.
CREATE FUNCTION releases_release_birth() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given text[] := ARRAY['id', 'reference', 'label_id', 'created_at', 'state'];
BEGIN
    IF NEW.state <> 'new' OR EXISTS (SELECT FROM jsonb_each(to_jsonb(NEW) - given)
            WHERE value NOT IN ('null', '""', '0', '[]', 'false')) THEN
        RAISE EXCEPTION 'release % must begin empty', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Whose a release is never changes; the rest only with its next event, or words emptied by a redaction.
CREATE FUNCTION releases_release_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := ARRAY['title', 'edition', 'artist', 'p_line', 'c_line', 'artwork_url', 'genre'];
BEGIN
    IF (OLD.id, OLD.reference, OLD.label_id, OLD.created_at)
        IS DISTINCT FROM (NEW.id, NEW.reference, NEW.label_id, NEW.created_at) THEN
        RAISE EXCEPTION 'whose release % is never changes', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version = OLD.version + 1
        OR releases_is_redacted(OLD.id, OLD.words_from) AND releases_are_empty(to_jsonb(NEW), words)
            AND releases_differ_in(to_jsonb(OLD), to_jsonb(NEW), words)
        OR to_jsonb(OLD) IS NOT DISTINCT FROM to_jsonb(NEW) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'release % changes only with an event', OLD.reference USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION releases_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the history is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- An event follows the one before: next number, from its state, not earlier, on its digest.
CREATE FUNCTION releases_event_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last releases_releaseevent := releases_last(NEW.release_id);
    code text;
BEGIN
    SELECT reference INTO code FROM releases_release WHERE id = NEW.release_id;
    IF code IS NULL OR NEW.sequence <> coalesce(last.sequence, 0) + 1
        OR NEW.from_state <> coalesce(last.to_state, 'new')
        OR NEW.recorded_at < coalesce(last.recorded_at, NEW.recorded_at)
        OR NEW.previous_digest <> coalesce(last.digest, sha256(convert_to('trackflow/release/1/' || code, 'UTF8')))
        OR octet_length(NEW.digest) <> 32 OR octet_length(NEW.content_digest) <> 32
        OR octet_length(NEW.salt) <> 16 OR NEW.redacted_at IS NOT NULL THEN
        RAISE EXCEPTION 'event % does not follow the history of %', NEW.sequence, code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The fields of each transition's payload: those of `releases.payloads`, which a test compares.
CREATE FUNCTION releases_payload_keys(transition text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN transition IN ('plan', 'edit')
            THEN ARRAY['kind', 'original_on', 'pre_order_on', 'territories', 'excluded', 'series', 'part']
        WHEN transition = 'schedule' THEN ARRAY['release_on', 'catalogue_number']
        WHEN transition = 'deliver' THEN ARRAY['sheet']
        WHEN transition = 'set_tracks' THEN ARRAY['tracks']
        WHEN transition = 'assign_codes' THEN ARRAY['catalogue_number', 'upc', 'isrcs', 'issued']
        WHEN transition = 'lose_track' THEN ARRAY['position', 'submission']
        WHEN transition = 'add_steps' THEN ARRAY['steps']
        WHEN transition = 'change_step'
            THEN ARRAY['step', 'position', 'area', 'weight', 'days_before', 'waits_for', 'is_shared']
        WHEN transition = 'complete_step' THEN ARRAY['step', 'ahead_of']
        WHEN transition IN ('reopen_step', 'skip_step') THEN ARRAY['step']
        ELSE ARRAY[]::text[]
    END
$$;

-- Who did it may, now is when it can be, and it says what such an event says. Fires after `release_event_follows`.
CREATE FUNCTION releases_event_permitted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made releases_release;
    fields text[] := releases_payload_keys(NEW.transition);
    fault text;
BEGIN
    SELECT * INTO made FROM releases_release WHERE id = NEW.release_id;
    IF NOT kit_is_timely(NEW.recorded_at) THEN
        fault := 'of another time';
    ELSIF submissions_has_role(NEW.actor_id, NEW.actor_role, NULL, made.label_id) IS NOT TRUE THEN
        fault := 'by somebody who may not';
    ELSIF jsonb_typeof(NEW.payload) <> 'object' OR NOT NEW.payload ?& fields OR NEW.payload - fields <> '{}' THEN
        fault := 'with another payload';
    ELSIF NEW.transition = 'release'
        AND (NEW.recorded_at AT TIME ZONE 'UTC' + interval '14 hours')::date < coalesce(made.release_on, '9999-12-31') THEN
        fault := 'before its time';
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'event % of release % is %: % by % %', NEW.sequence, NEW.release_id, fault,
            NEW.transition, NEW.actor_role, NEW.actor_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A line is written as the last event says it.
CREATE FUNCTION releases_track_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := ARRAY['title', 'mix', 'artist'];
    last releases_releaseevent;
    said jsonb;
    code text;
    free text[];
BEGIN
    last := releases_last(coalesce(NEW.release_id, OLD.release_id));
    IF TG_OP = 'DELETE' THEN
        IF last.transition = 'set_tracks' AND last.sequence > OLD.turn THEN
            RETURN OLD;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        said := last.payload -> 'tracks' -> (NEW.position - 1);
        SELECT reference INTO code FROM submissions_submission WHERE id = NEW.submission_id;
        IF last.transition = 'set_tracks' AND (NEW.turn, NEW.words_from) = (last.sequence, last.sequence) AND said =
                jsonb_build_object('line', NEW.line, 'submission', code, 'comes_out', NEW.comes_out, 'isrc', NEW.isrc,
                    'seconds', NEW.seconds, 'is_explicit', NEW.is_explicit) THEN
            RETURN NEW;
        END IF;
    ELSE
        free := CASE
            WHEN last.transition = 'assign_codes' AND last.payload -> 'isrcs' ->> OLD.position::text = NEW.isrc
                THEN ARRAY['isrc', 'turn']
            WHEN last.transition = 'cancel' AND NOT NEW.comes_out THEN ARRAY['comes_out', 'turn']
            WHEN last.transition = 'lose_track' AND (last.payload ->> 'position')::integer = OLD.position
                AND releases_are_empty(to_jsonb(NEW), words || ARRAY['isrc', 'seconds', 'submission_id'])
                THEN words || ARRAY['line', 'submission_id', 'comes_out', 'isrc', 'seconds', 'is_explicit', 'turn',
                    'words_from']
            WHEN last.transition = 'lose_track' THEN words || ARRAY['turn', 'words_from']
            END;
        IF NEW.turn = last.sequence AND NEW.turn > OLD.turn
            AND releases_differ_in(to_jsonb(OLD), to_jsonb(NEW), free)
            OR releases_is_redacted(OLD.release_id, OLD.words_from) AND releases_are_empty(to_jsonb(NEW), words)
            AND releases_differ_in(to_jsonb(OLD), to_jsonb(NEW), words) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'tracks of release % change only with an event', coalesce(NEW.release_id, OLD.release_id)
        USING ERRCODE = 'restrict_violation';
END $$;

-- A step changes as the last event says, which names it or moves its due date.
CREATE FUNCTION releases_step_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := ARRAY['name', 'note', 'assignee_name', 'assignee_id'];
    last releases_releaseevent := releases_last(NEW.release_id);
    free text[] := ARRAY['due_on', 'turn'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF last.transition = 'add_steps' AND (NEW.turn, NEW.words_from) = (last.sequence, last.sequence)
            AND NEW.done_at IS NULL AND NEW.skipped_at IS NULL AND EXISTS (
                SELECT FROM jsonb_array_elements(last.payload -> 'steps') AS said WHERE said = jsonb_build_object(
                    'number', NEW.number, 'position', NEW.position, 'area', NEW.area, 'weight', NEW.weight,
                    'days_before', NEW.days_before, 'waits_for', to_jsonb(NEW.waits_for), 'is_shared', NEW.is_shared)) THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.turn = last.sequence AND NEW.turn > OLD.turn THEN
        IF (last.payload ->> 'step')::integer = OLD.number THEN
            free := free || CASE last.transition
                WHEN 'complete_step' THEN CASE WHEN (NEW.done_at, NEW.done_by_id) = (last.recorded_at, last.actor_id)
                    THEN ARRAY['done_at', 'done_by_id'] END
                WHEN 'skip_step' THEN CASE WHEN NEW.skipped_at = last.recorded_at THEN ARRAY['skipped_at'] END
                WHEN 'reopen_step' THEN CASE WHEN NEW.done_at IS NULL AND NEW.skipped_at IS NULL
                    THEN ARRAY['done_at', 'done_by_id', 'skipped_at'] END
                WHEN 'change_step' THEN words || ARRAY['position', 'area', 'weight', 'days_before', 'waits_for',
                    'is_shared', 'words_from'] END;
        END IF;
        IF releases_differ_in(to_jsonb(OLD), to_jsonb(NEW), free) THEN
            RETURN NEW;
        END IF;
    ELSIF releases_is_redacted(OLD.release_id, OLD.words_from) AND releases_are_empty(to_jsonb(NEW), words)
        AND releases_differ_in(to_jsonb(OLD), to_jsonb(NEW), words) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'step % of release % changes only with an event', NEW.number, NEW.release_id
        USING ERRCODE = 'restrict_violation';
END $$;

-- The ledger: the next number of the label's prefix and year, issued by the last event of its release.
CREATE FUNCTION releases_isrc_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last releases_releaseevent := releases_last(NEW.release_id);
    own releases_releasesettings;
    latest integer;
BEGIN
    SELECT settings.* INTO own FROM releases_releasesettings AS settings
        JOIN releases_release AS made ON made.label_id = settings.label_id WHERE made.id = NEW.release_id;
    SELECT max(number) INTO latest FROM releases_issuedisrc WHERE prefix = NEW.prefix AND year = NEW.year;
    IF (NEW.label_id, NEW.prefix, NEW.number, NEW.sequence, last.transition, NEW.code) IS DISTINCT FROM
            (own.label_id, own.isrc_prefix, coalesce(latest + 1, own.isrc_first), last.sequence, 'assign_codes',
            own.isrc_prefix || lpad(NEW.year::text, 2, '0') || lpad(NEW.number::text, 5, '0'))
        OR NOT last.payload -> 'issued' ? NEW.code THEN
        RAISE EXCEPTION 'ISRC % does not follow in the ledger', NEW.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The one change that events know: redaction, once, of these columns and no other.
CREATE FUNCTION releases_event_redaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.redacted_at IS NOT NULL OR NOT kit_is_timely(NEW.redacted_at)
        OR NEW.note <> '' OR NEW.private <> '{}'::jsonb OR octet_length(NEW.salt) <> 0
        OR NOT releases_differ_in(to_jsonb(OLD), to_jsonb(NEW), ARRAY['note', 'private', 'salt', 'redacted_at']) THEN
        RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION releases_redact(target bigint, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said record;
BEGIN
    SELECT release_id, sequence INTO said FROM releases_releaseevent WHERE id = target;
    PERFORM FROM releases_release WHERE id = said.release_id FOR NO KEY UPDATE;
    UPDATE releases_releaseevent SET note = '', private = '{}', salt = '', redacted_at = moment
        WHERE id = target AND redacted_at IS NULL;
    UPDATE releases_release SET title = '', edition = '', artist = '', p_line = '', c_line = '', artwork_url = '',
        genre = '' WHERE id = said.release_id AND words_from = said.sequence;
    UPDATE releases_releasetrack SET title = '', mix = '', artist = ''
        WHERE release_id = said.release_id AND words_from = said.sequence;
    UPDATE releases_releasestep SET name = '', note = '', assignee_name = '', assignee_id = NULL
        WHERE release_id = said.release_id AND words_from = said.sequence;
END $$;
REVOKE ALL ON FUNCTION releases_redact(bigint, timestamptz) FROM PUBLIC;
"""

TRIGGERS = r"""
CREATE TRIGGER release_begins BEFORE INSERT ON releases_release
    FOR EACH ROW EXECUTE FUNCTION releases_release_birth();
CREATE TRIGGER release_changes BEFORE UPDATE ON releases_release
    FOR EACH ROW EXECUTE FUNCTION releases_release_change();
CREATE TRIGGER release_stays BEFORE DELETE ON releases_release
    FOR EACH ROW EXECUTE FUNCTION releases_refuse();
CREATE TRIGGER release_not_emptied BEFORE TRUNCATE ON releases_release
    FOR EACH STATEMENT EXECUTE FUNCTION releases_refuse();
CREATE CONSTRAINT TRIGGER release_whole AFTER INSERT OR UPDATE ON releases_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION releases_release_whole();
CREATE CONSTRAINT TRIGGER release_is_out AFTER UPDATE ON releases_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION releases_release_is_out();

CREATE TRIGGER release_event_follows BEFORE INSERT ON releases_releaseevent
    FOR EACH ROW EXECUTE FUNCTION releases_event_follows();
CREATE TRIGGER release_event_permitted BEFORE INSERT ON releases_releaseevent
    FOR EACH ROW EXECUTE FUNCTION releases_event_permitted();
CREATE TRIGGER release_event_redaction BEFORE UPDATE ON releases_releaseevent
    FOR EACH ROW EXECUTE FUNCTION releases_event_redaction();
CREATE TRIGGER release_event_stays BEFORE DELETE ON releases_releaseevent
    FOR EACH ROW EXECUTE FUNCTION releases_refuse();
CREATE TRIGGER release_event_not_emptied BEFORE TRUNCATE ON releases_releaseevent
    FOR EACH STATEMENT EXECUTE FUNCTION releases_refuse();
CREATE CONSTRAINT TRIGGER release_event_whole AFTER INSERT ON releases_releaseevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION releases_release_whole();

CREATE TRIGGER release_track_changes BEFORE INSERT OR UPDATE OR DELETE ON releases_releasetrack
    FOR EACH ROW EXECUTE FUNCTION releases_track_change();
CREATE TRIGGER release_track_not_emptied BEFORE TRUNCATE ON releases_releasetrack
    FOR EACH STATEMENT EXECUTE FUNCTION releases_refuse();

CREATE TRIGGER release_step_changes BEFORE INSERT OR UPDATE ON releases_releasestep
    FOR EACH ROW EXECUTE FUNCTION releases_step_change();
CREATE TRIGGER release_step_stays BEFORE DELETE ON releases_releasestep
    FOR EACH ROW EXECUTE FUNCTION releases_refuse();
CREATE TRIGGER release_step_not_emptied BEFORE TRUNCATE ON releases_releasestep
    FOR EACH STATEMENT EXECUTE FUNCTION releases_refuse();

CREATE TRIGGER issued_isrc_follows BEFORE INSERT ON releases_issuedisrc
    FOR EACH ROW EXECUTE FUNCTION releases_isrc_follows();
CREATE TRIGGER issued_isrc_stays BEFORE UPDATE OR DELETE ON releases_issuedisrc
    FOR EACH ROW EXECUTE FUNCTION releases_refuse();
CREATE TRIGGER issued_isrc_not_emptied BEFORE TRUNCATE ON releases_issuedisrc
    FOR EACH STATEMENT EXECUTE FUNCTION releases_refuse();
"""

NAMES = {
    "releases_release": [
        "release_begins",
        "release_changes",
        "release_stays",
        "release_not_emptied",
        "release_whole",
        "release_is_out",
    ],
    "releases_releaseevent": [
        "release_event_follows",
        "release_event_permitted",
        "release_event_redaction",
        "release_event_stays",
        "release_event_not_emptied",
        "release_event_whole",
    ],
    "releases_releasetrack": ["release_track_changes", "release_track_not_emptied"],
    "releases_releasestep": ["release_step_changes", "release_step_stays", "release_step_not_emptied"],
    "releases_issuedisrc": ["issued_isrc_follows", "issued_isrc_stays", "issued_isrc_not_emptied"],
}
ALWAYS = "\n".join(
    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};" for table, names in NAMES.items() for name in names
)


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
