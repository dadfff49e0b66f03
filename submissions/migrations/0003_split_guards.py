"""The guards of split sheets, plain SQL: sheets are append-only, shares change only with an event, and a release needs
settled splits."""

from django.db import migrations

FUNCTIONS = r"""

CREATE FUNCTION submissions_last_sheet(target bigint) RETURNS submissions_splitsheet
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM submissions_splitsheet WHERE submission_id = target ORDER BY number DESC LIMIT 1
$$;

-- Whether the last sheet is confirmed by all, or the owner settled it; a new sheet begins anew.
CREATE FUNCTION submissions_splits_settled(target bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last submissions_splitsheet := submissions_last_sheet(target);
BEGIN
    RETURN EXISTS (SELECT FROM submissions_event WHERE submission_id = target AND transition = 'override_splits'
            AND (payload ->> 'sheet')::integer IS NOT DISTINCT FROM last.number)
        OR last.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM submissions_share WHERE sheet_id = last.id AND answer <> 'confirmed');
END $$;

-- Events about splits speak of the last sheet, and a release has settled ones. Fires after `event_permitted`.
CREATE FUNCTION submissions_event_splits() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last submissions_splitsheet := submissions_last_sheet(NEW.submission_id);
    is_right boolean;
BEGIN
    CASE NEW.transition
        WHEN 'release' THEN
            is_right := submissions_splits_settled(NEW.submission_id);
        WHEN 'set_splits' THEN
            is_right := (NEW.payload ->> 'sheet')::integer = coalesce(last.number, 0) + 1;
        WHEN 'sign' THEN
            is_right := NEW.payload ->> 'sheet' IS NULL OR NEW.payload ->> 'sheet' = '1' AND last.id IS NULL;
        WHEN 'override_splits' THEN
            is_right := (NEW.payload ->> 'sheet')::integer IS NOT DISTINCT FROM last.number
                AND NEW.payload ->> 'sheet_digest' IS NOT DISTINCT FROM encode(last.digest, 'hex')
                AND submissions_splits_settled(NEW.submission_id) IS NOT TRUE;
        ELSE
            is_right := (NEW.payload ->> 'sheet')::integer = last.number
                AND NEW.payload ->> 'sheet_digest' = encode(last.digest, 'hex')
                AND EXISTS (SELECT FROM submissions_share WHERE sheet_id = last.id
                    AND position = (NEW.payload ->> 'share')::integer AND NOT is_own
                    AND (answer = '' OR answer = 'objected' AND NEW.transition = 'confirm_split'));
    END CASE;
    IF is_right IS NOT TRUE THEN
        RAISE EXCEPTION 'event % of submission %: % does not fit its splits', NEW.sequence, NEW.submission_id, NEW.transition
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A sheet is the next one, that of its event, and its shares add up to 100.
CREATE FUNCTION submissions_sheet_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made record;
    total numeric;
BEGIN
    SELECT submission_id, transition, payload INTO made FROM submissions_event WHERE id = NEW.event_id;
    SELECT sum((share ->> 'percentage')::numeric) INTO total FROM jsonb_array_elements(NEW.shares) AS share;
    IF NEW.number <> coalesce((submissions_last_sheet(NEW.submission_id)).number, 0) + 1 OR NEW.redacted_at IS NOT NULL
        OR made.submission_id IS DISTINCT FROM NEW.submission_id
        OR made.transition NOT IN ('set_splits', 'sign')
        OR (made.payload ->> 'sheet')::integer IS DISTINCT FROM NEW.number
        OR made.payload ->> 'sheet_digest' IS DISTINCT FROM encode(NEW.digest, 'hex')
        OR (made.payload ->> 'shares')::integer IS DISTINCT FROM jsonb_array_length(NEW.shares)
        OR octet_length(NEW.salt) <> 16 OR octet_length(NEW.digest) <> 32 OR total IS DISTINCT FROM 100 THEN
        RAISE EXCEPTION 'split sheet % of submission % does not follow', NEW.number, NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A line is one of its sheet, its producer's or not as the sheet's event says.
CREATE FUNCTION submissions_share_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM submissions_splitsheet AS sheet JOIN submissions_event AS made ON made.id = sheet.event_id
            WHERE sheet.id = NEW.sheet_id AND NEW.position BETWEEN 1 AND (made.payload ->> 'shares')::integer
                AND NEW.is_own = (made.payload -> 'own' @> to_jsonb(NEW.position::integer)))
        OR NEW.answered_id IS NOT NULL THEN
        RAISE EXCEPTION 'share % is not one of its sheet', NEW.position USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A line says what the last event about it says.
CREATE FUNCTION submissions_share_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    free text[] := ARRAY['answer', 'answered_id'];
BEGIN
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free OR NOT EXISTS (
            SELECT FROM submissions_event AS said JOIN submissions_splitsheet AS sheet ON sheet.id = NEW.sheet_id
            WHERE said.id = NEW.answered_id AND said.submission_id = sheet.submission_id
                AND said.id > coalesce(OLD.answered_id, 0)
                AND (said.payload ->> 'sheet')::integer = sheet.number
                AND (said.payload ->> 'share')::integer = NEW.position
                AND (said.transition, NEW.answer::text) IN (('confirm_split', 'confirmed'), ('object_split', 'objected'))) THEN
        RAISE EXCEPTION 'share % changes only with an event', OLD.position USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- An event about splits comes with its sheet and all its lines, or with the answer of a line.
CREATE FUNCTION submissions_event_split_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    is_whole boolean;
BEGIN
    IF NEW.transition IN ('confirm_split', 'object_split') THEN
        is_whole := EXISTS (SELECT FROM submissions_share WHERE answered_id = NEW.id)
            OR EXISTS (SELECT FROM submissions_event WHERE submission_id = NEW.submission_id AND id > NEW.id
                AND transition = 'confirm_split' AND payload = NEW.payload);
    ELSE
        is_whole := NEW.payload ->> 'sheet' IS NULL OR (NEW.payload ->> 'shares')::integer = (SELECT count(*)
            FROM submissions_share AS line JOIN submissions_splitsheet AS sheet ON sheet.id = line.sheet_id
            WHERE sheet.event_id = NEW.id);
    END IF;
    IF is_whole IS NOT TRUE THEN
        RAISE EXCEPTION 'event % of submission % comes without its split sheet', NEW.sequence, NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION submissions_sheet_redaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    emptied text[] := ARRAY['shares', 'salt', 'redacted_at'];
BEGIN
    IF OLD.redacted_at IS NOT NULL OR NOT kit_is_timely(NEW.redacted_at)
        OR NEW.shares <> '[]'::jsonb OR octet_length(NEW.salt) <> 0
        OR to_jsonb(OLD) - emptied IS DISTINCT FROM to_jsonb(NEW) - emptied THEN
        RAISE EXCEPTION 'split sheets are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = r"""
CREATE TRIGGER event_splits BEFORE INSERT ON submissions_event FOR EACH ROW
    WHEN (NEW.transition IN ('release', 'sign', 'set_splits', 'confirm_split', 'object_split', 'override_splits'))
    EXECUTE FUNCTION submissions_event_splits();
CREATE CONSTRAINT TRIGGER event_split_rows AFTER INSERT ON submissions_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.transition IN ('sign', 'set_splits', 'confirm_split', 'object_split'))
    EXECUTE FUNCTION submissions_event_split_rows();

CREATE TRIGGER sheet_follows BEFORE INSERT ON submissions_splitsheet
    FOR EACH ROW EXECUTE FUNCTION submissions_sheet_follows();
CREATE TRIGGER sheet_redaction BEFORE UPDATE ON submissions_splitsheet
    FOR EACH ROW EXECUTE FUNCTION submissions_sheet_redaction();
CREATE TRIGGER sheet_stays BEFORE DELETE ON submissions_splitsheet
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER sheet_not_emptied BEFORE TRUNCATE ON submissions_splitsheet
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();

CREATE TRIGGER share_follows BEFORE INSERT ON submissions_share
    FOR EACH ROW EXECUTE FUNCTION submissions_share_follows();
CREATE TRIGGER share_changes BEFORE UPDATE ON submissions_share
    FOR EACH ROW EXECUTE FUNCTION submissions_share_change();
CREATE TRIGGER share_stays BEFORE DELETE ON submissions_share
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER share_not_emptied BEFORE TRUNCATE ON submissions_share
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
"""

NAMES = {
    "submissions_event": ["event_splits", "event_split_rows"],
    "submissions_splitsheet": ["sheet_follows", "sheet_redaction", "sheet_stays", "sheet_not_emptied"],
    "submissions_share": ["share_follows", "share_changes", "share_stays", "share_not_emptied"],
}
ALWAYS = "\n".join(
    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};" for table, names in NAMES.items() for name in names
)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
