"""A message of another time is refused by a sentence of its own: who wrote it may well write."""

from django.db import migrations

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION submissions_message_follows() RETURNS trigger
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
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0015_co_producer_guards")]
    operations = [migrations.RunSQL(FUNCTIONS)]
