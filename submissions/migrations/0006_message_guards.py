"""The guards of messages, plain SQL: append-only except for redaction, written by who may, and the question that waits
stands in the submission."""

from django.db import migrations

FUNCTIONS = r"""
-- When the first question was written that waits for the label's answer: since its last message, and not redacted.
CREATE FUNCTION submissions_asked_at(target bigint) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT min(written_at) FROM submissions_message
        WHERE submission_id = target AND side = 'producer' AND redacted_at IS NULL AND id > coalesce((
            SELECT max(id) FROM submissions_message WHERE submission_id = target AND side = 'label'), 0)
$$;

-- A message is of a submission that was sent, by somebody who has a part in it now, and the newest. Locks the submission.
CREATE FUNCTION submissions_message_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sent record;
    last record;
BEGIN
    SELECT producer_id, label_id, version INTO sent FROM submissions_submission
        WHERE id = NEW.submission_id FOR NO KEY UPDATE;
    SELECT id, written_at INTO last FROM submissions_message
        WHERE submission_id = NEW.submission_id ORDER BY id DESC LIMIT 1;
    IF NOT kit_is_timely(NEW.written_at) THEN
        RAISE EXCEPTION 'message of submission % is of another time', NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF coalesce(sent.version, 0) = 0 OR NEW.redacted_at IS NOT NULL
        OR NEW.id <= coalesce(last.id, 0) OR NEW.written_at < coalesce(last.written_at, NEW.written_at)
        OR submissions_has_role(NEW.author_id, NEW.actor_role, sent.producer_id, sent.label_id) IS NOT TRUE
        OR NEW.acted_by_id = sent.producer_id
        OR NEW.is_silent AND submissions_asked_at(NEW.submission_id) IS NULL THEN
        RAISE EXCEPTION 'message of submission % is by somebody who may not, or does not follow', NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- With a message the submission says which question waits.
CREATE FUNCTION submissions_message_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT asked_at FROM submissions_submission WHERE id = NEW.submission_id)
        IS DISTINCT FROM submissions_asked_at(NEW.submission_id) THEN
        RAISE EXCEPTION 'submission % does not say the question that waits', NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION submissions_message_redaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    emptied text[] := ARRAY['text', 'redacted_at'];
BEGIN
    IF OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL OR NOT kit_is_timely(NEW.redacted_at) OR NEW.text <> ''
        OR to_jsonb(OLD) - emptied IS DISTINCT FROM to_jsonb(NEW) - emptied THEN
        RAISE EXCEPTION 'messages are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Empties a message; a question without words waits no longer.
CREATE FUNCTION submissions_redact_message(target bigint, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    owner_id bigint;
BEGIN
    SELECT submission_id INTO owner_id FROM submissions_message WHERE id = target;
    PERFORM FROM submissions_submission WHERE id = owner_id FOR NO KEY UPDATE;
    UPDATE submissions_message SET text = '', redacted_at = moment WHERE id = target AND redacted_at IS NULL;
    UPDATE submissions_submission SET asked_at = submissions_asked_at(owner_id)
        WHERE id = owner_id AND asked_at IS DISTINCT FROM submissions_asked_at(owner_id);
END $$;
REVOKE ALL ON FUNCTION submissions_redact_message(bigint, timestamptz) FROM PUBLIC;

"""

TRIGGERS = r"""
CREATE TRIGGER message_follows BEFORE INSERT ON submissions_message
    FOR EACH ROW EXECUTE FUNCTION submissions_message_follows();
CREATE TRIGGER message_redaction BEFORE UPDATE ON submissions_message
    FOR EACH ROW EXECUTE FUNCTION submissions_message_redaction();
CREATE TRIGGER message_stays BEFORE DELETE ON submissions_message
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER message_not_emptied BEFORE TRUNCATE ON submissions_message
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
CREATE CONSTRAINT TRIGGER message_whole AFTER INSERT OR UPDATE ON submissions_message
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION submissions_message_whole();
"""

NAMES = ("message_follows", "message_redaction", "message_stays", "message_not_emptied", "message_whole")
ALWAYS = "\n".join(f"ALTER TABLE submissions_message ENABLE ALWAYS TRIGGER {name};" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_deliverable_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
