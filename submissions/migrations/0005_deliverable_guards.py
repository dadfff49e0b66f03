"""The guards of deliverables, plain SQL: a row comes and changes only with an event that says so."""

from django.db import migrations

FUNCTIONS = r"""

-- Events about deliverables ask for the next numbers, or speak of one that stands where it must.
CREATE FUNCTION submissions_event_items() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    known integer;
    is_right boolean;
BEGIN
    IF NEW.transition = 'ask_for' THEN
        SELECT count(*) INTO known FROM submissions_deliverable WHERE submission_id = NEW.submission_id;
        is_right := jsonb_typeof(NEW.payload -> 'items') = 'array' AND jsonb_array_length(NEW.payload -> 'items') > 0
            AND NOT EXISTS (
                SELECT FROM jsonb_array_elements(NEW.payload -> 'items') WITH ORDINALITY AS asked(item, place)
                WHERE item - ARRAY['number', 'kind', 'due'] <> '{}'
                    OR (item ->> 'number')::integer IS DISTINCT FROM known + place
                    OR (item ->> 'kind') IS NULL OR (item ->> 'due') IS NULL);
    ELSE
        is_right := EXISTS (SELECT FROM submissions_deliverable WHERE submission_id = NEW.submission_id
            AND number = (NEW.payload ->> 'item')::integer AND (state = 'handed_in' AND NEW.transition <> 'hand_in'
                OR state = 'asked' AND NEW.transition IN ('hand_in', 'waive')));
    END IF;
    IF is_right IS NOT TRUE THEN
        RAISE EXCEPTION 'event % of submission %: % does not fit what was asked for', NEW.sequence, NEW.submission_id,
            NEW.transition USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A row begins as its event asks for it.
CREATE FUNCTION submissions_deliverable_birth() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'asked' OR NEW.event_id <> NEW.asked_id OR NEW.value <> '{}' OR octet_length(NEW.digest) <> 0
        OR octet_length(NEW.salt) <> 0 OR NEW.reminded_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM submissions_event AS said, jsonb_array_elements(said.payload -> 'items') AS item
            WHERE said.id = NEW.asked_id AND said.submission_id = NEW.submission_id AND said.transition = 'ask_for'
                AND (item ->> 'number')::integer = NEW.number AND item ->> 'kind' = NEW.kind
                AND (item ->> 'due')::timestamptz = NEW.due_at) THEN
        RAISE EXCEPTION 'deliverable % was not asked for', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Whether a row's words were redacted with the event that asks for it, or its value with that which handed it in.
CREATE FUNCTION submissions_deliverable_is_redacted(kept submissions_deliverable, wanted submissions_deliverable)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ((wanted.name, wanted.instructions) = (kept.name, kept.instructions)
            OR wanted.name = '' AND wanted.instructions = '' AND EXISTS (
                SELECT FROM submissions_event WHERE id = kept.asked_id AND redacted_at IS NOT NULL))
        AND ((wanted.value, wanted.salt) = (kept.value, kept.salt)
            OR wanted.value = '{}' AND octet_length(wanted.salt) = 0 AND EXISTS (
                SELECT FROM submissions_event WHERE submission_id = kept.submission_id AND transition = 'hand_in'
                    AND payload ->> 'digest' = encode(kept.digest, 'hex') AND redacted_at IS NOT NULL));
END $$;

-- A row changes with an event about it, by a redaction, or in when somebody was reminded of it.
CREATE FUNCTION submissions_deliverable_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved text[] := ARRAY['event_id', 'state', 'due_at'];
    filled text[] := ARRAY['value', 'salt', 'digest'];
    words text[] := ARRAY['name', 'instructions', 'value', 'salt', 'reminded_at'];
    said record;
    is_right boolean;
BEGIN
    IF NEW.event_id = OLD.event_id THEN
        is_right := to_jsonb(OLD) - words = to_jsonb(NEW) - words AND submissions_deliverable_is_redacted(OLD, NEW);
    ELSE
        SELECT * INTO said FROM submissions_event WHERE id = NEW.event_id;
        is_right := said.submission_id = NEW.submission_id AND NEW.event_id > OLD.event_id
            AND (said.payload ->> 'item')::integer = NEW.number
            AND (said.transition, NEW.state::text) IN (('hand_in', 'handed_in'), ('approve', 'approved'),
                ('ask_again', 'asked'), ('waive', 'waived'))
            AND NEW.due_at IS NOT DISTINCT FROM CASE WHEN said.transition IN ('hand_in', 'ask_again')
                THEN said.recorded_at + interval '168 hours' END
            AND to_jsonb(OLD) - moved - filled = to_jsonb(NEW) - moved - filled
            AND CASE WHEN said.transition = 'hand_in'
                THEN octet_length(NEW.salt) = 16 AND said.payload ->> 'digest' = encode(NEW.digest, 'hex')
                ELSE (NEW.value, NEW.salt, NEW.digest) = (OLD.value, OLD.salt, OLD.digest) END;
    END IF;
    IF is_right IS NOT TRUE THEN
        RAISE EXCEPTION 'deliverable % changes only with an event', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- An event about deliverables comes with its rows.
CREATE FUNCTION submissions_event_item_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (CASE WHEN NEW.transition = 'ask_for'
        THEN jsonb_array_length(NEW.payload -> 'items') <> (
            SELECT count(*) FROM submissions_deliverable WHERE asked_id = NEW.id)
        ELSE NOT EXISTS (SELECT FROM submissions_deliverable WHERE submission_id = NEW.submission_id
            AND number = (NEW.payload ->> 'item')::integer AND event_id >= NEW.id) END) THEN
        RAISE EXCEPTION 'event % of submission % comes without what it asks for or changes', NEW.sequence,
            NEW.submission_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

TRIGGERS = r"""
CREATE TRIGGER event_items BEFORE INSERT ON submissions_event FOR EACH ROW
    WHEN (NEW.transition IN ('ask_for', 'hand_in', 'approve', 'ask_again', 'waive'))
    EXECUTE FUNCTION submissions_event_items();
CREATE CONSTRAINT TRIGGER event_item_rows AFTER INSERT ON submissions_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.transition IN ('ask_for', 'hand_in', 'approve', 'ask_again', 'waive'))
    EXECUTE FUNCTION submissions_event_item_rows();

CREATE TRIGGER deliverable_begins BEFORE INSERT ON submissions_deliverable
    FOR EACH ROW EXECUTE FUNCTION submissions_deliverable_birth();
CREATE TRIGGER deliverable_changes BEFORE UPDATE ON submissions_deliverable
    FOR EACH ROW EXECUTE FUNCTION submissions_deliverable_change();
CREATE TRIGGER deliverable_stays BEFORE DELETE ON submissions_deliverable
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER deliverable_not_emptied BEFORE TRUNCATE ON submissions_deliverable
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
"""

NAMES = {
    "submissions_event": ["event_items", "event_item_rows"],
    "submissions_deliverable": [
        "deliverable_begins",
        "deliverable_changes",
        "deliverable_stays",
        "deliverable_not_emptied",
    ],
}
ALWAYS = "\n".join(
    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};" for table, names in NAMES.items() for name in names
)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_offer_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
