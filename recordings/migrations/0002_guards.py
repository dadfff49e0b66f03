"""What lies on one label's shelf is never the master of another label's demo; words of files' names stand beside recordings."""

from django.db import migrations

NAMES = r"""
-- A path as text; bytes that are not UTF-8 make all others than ASCII escapes.
CREATE FUNCTION recordings_path_text(path bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN convert_from(path, 'UTF8');
EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
    RETURN encode(path, 'escape');
END $$;

-- What a recording's files are called, beside the recording: words of either are looked for in one index.
CREATE FUNCTION recordings_keep_names() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE recordings_recording SET names = left(coalesce((
        SELECT string_agg(recordings_path_text(path), ' ' ORDER BY id) FROM recordings_file
        WHERE recording_id = recordings_recording.id), ''), 20000)
    WHERE id IN (NEW.recording_id, OLD.recording_id);
    RETURN NULL;
END $$;

CREATE TRIGGER recordings_file_names AFTER INSERT OR DELETE OR UPDATE OF path, recording_id ON recordings_file
    FOR EACH ROW EXECUTE FUNCTION recordings_keep_names();
"""

GUARDS = r"""
CREATE FUNCTION recordings_is_of_label(recording bigint, shelf bigint, demo bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM recordings_shelf AS kept JOIN submissions_submission AS sent USING (label_id)
        WHERE sent.id = demo AND kept.id = coalesce(shelf, (
            SELECT shelf_id FROM recordings_recording WHERE id = recording)))
$$;

CREATE FUNCTION recordings_recording_of_label() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT recordings_is_of_label(NEW.id, NEW.shelf_id, NEW.submission_id) THEN
        RAISE EXCEPTION 'recording % is not on a shelf of the label of its demo', NEW.reference
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION recordings_candidate_of_label() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT recordings_is_of_label(NEW.recording_id, NULL, NEW.submission_id) THEN
        RAISE EXCEPTION 'recording % is not on a shelf of the label of a demo', NEW.recording_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION recordings_shelf_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM recordings_recording WHERE shelf_id = NEW.id AND submission_id IS NOT NULL) THEN
        RAISE EXCEPTION 'shelf % holds masters of its label', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER recording_of_label BEFORE INSERT OR UPDATE OF submission_id, shelf_id ON recordings_recording
    FOR EACH ROW WHEN (NEW.submission_id IS NOT NULL) EXECUTE FUNCTION recordings_recording_of_label();
CREATE TRIGGER candidate_of_label BEFORE INSERT OR UPDATE OF recording_id, submission_id ON recordings_candidate
    FOR EACH ROW EXECUTE FUNCTION recordings_candidate_of_label();
CREATE TRIGGER shelf_stays BEFORE UPDATE OF label_id ON recordings_shelf
    FOR EACH ROW WHEN (NEW.label_id IS DISTINCT FROM OLD.label_id) EXECUTE FUNCTION recordings_shelf_stays();
ALTER TABLE recordings_recording ENABLE ALWAYS TRIGGER recording_of_label;
ALTER TABLE recordings_candidate ENABLE ALWAYS TRIGGER candidate_of_label;
ALTER TABLE recordings_shelf ENABLE ALWAYS TRIGGER shelf_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("recordings", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL([NAMES, GUARDS])]
