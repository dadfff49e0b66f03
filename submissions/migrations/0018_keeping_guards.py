"""The guards of redactions that labels set: the event knows its field, and all before it is empty once it is committed."""

from django.db import migrations

GUARDS = r"""
CREATE OR REPLACE FUNCTION submissions_payload_keys(transition text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN transition = 'submit'
            THEN ARRAY['intake', 'promise_days', 'grace_days', 'revision', 'revision_digest', 'previous']
        WHEN transition = 'resubmit' THEN ARRAY['revision', 'revision_digest', 'changed_links']
        WHEN transition = 'replace_link' THEN ARRAY['slot', 'revision', 'revision_digest']
        WHEN transition = 'request_changes' THEN ARRAY['answer_by']
        WHEN transition IN ('accept', 'revise_offer', 'counter') THEN ARRAY['offer', 'offer_digest', 'answer_by']
        WHEN transition = 'sign'
            THEN ARRAY['offer', 'offer_digest', 'is_exclusive', 'sheet', 'sheet_digest', 'shares', 'own']
        WHEN transition = 'reject' THEN ARRAY['reason', 'welcome', 'heard_elsewhere']
        WHEN transition IN ('rescind', 'withdraw') THEN ARRAY['reason']
        WHEN transition = 'extend' THEN ARRAY['until']
        WHEN transition = 'schedule' THEN ARRAY['release', 'release_on', 'catalogue_number']
        WHEN transition IN ('unschedule', 'release') THEN ARRAY['release']
        WHEN transition = 'expire' THEN ARRAY['ball', 'due']
        WHEN transition = 'listened' THEN ARRAY['seconds', 'total']
        WHEN transition = 'link_failed' THEN ARRAY['slot', 'problem']
        WHEN transition = 'link_recovered' THEN ARRAY['slot']
        WHEN transition = 'set_splits' THEN ARRAY['sheet', 'sheet_digest', 'shares', 'own']
        WHEN transition IN ('confirm_split', 'object_split') THEN ARRAY['sheet', 'sheet_digest', 'share']
        WHEN transition = 'override_splits' THEN ARRAY['sheet', 'sheet_digest']
        WHEN transition = 'hold' THEN ARRAY['days']
        WHEN transition = 'agree_hold' THEN ARRAY['held_until']
        WHEN transition = 'ask_for' THEN ARRAY['items']
        WHEN transition = 'hand_in' THEN ARRAY['item', 'digest']
        WHEN transition IN ('approve', 'ask_again', 'waive') THEN ARRAY['item']
        WHEN transition = 'redact' THEN ARRAY['months']
        ELSE ARRAY[]::text[]
    END
$$;

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
    dependencies = [("submissions", "0017_keeping")]

    operations = [migrations.RunSQL(GUARDS)]
