"""The guards of redactions that labels set: the event knows its field, and all before it is empty once it is committed."""

from django.db import migrations

GUARDS = r"""

-- A redaction empties every event before it, and every message.
CREATE FUNCTION submissions_event_redacts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.payload ->> 'months')::integer < 1
        OR EXISTS (SELECT FROM submissions_event WHERE submission_id = NEW.submission_id
            AND sequence < NEW.sequence AND redacted_at IS NULL)
        OR EXISTS (SELECT FROM submissions_message WHERE submission_id = NEW.submission_id AND text <> ''
            AND written_at <= NEW.recorded_at) THEN
        RAISE EXCEPTION 'event % of submission % redacts, and what is before it is not empty', NEW.sequence,
            NEW.submission_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER event_redacts AFTER INSERT ON submissions_event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.transition = 'redact') EXECUTE FUNCTION submissions_event_redacts();
ALTER TABLE submissions_event ENABLE ALWAYS TRIGGER event_redacts;
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0008_co_producer_guards")]

    operations = [migrations.RunSQL(GUARDS)]
