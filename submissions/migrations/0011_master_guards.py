"""The guards of masters: an event describes a file, comes once for each sound, and only what was received is removed."""

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
        WHEN transition = 'master_received'
            THEN ARRAY['codec', 'sample_rate', 'bit_depth', 'length_ms', 'file_digest', 'audio_digest']
        WHEN transition = 'master_removed' THEN ARRAY['file_digest', 'audio_digest']
        ELSE ARRAY[]::text[]
    END
$$;

-- The last event about the same sound says whether the label has it.
CREATE FUNCTION submissions_event_master() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    digest CONSTANT text := '^[0-9a-f]{64}$';
    said CONSTANT jsonb := NEW.payload;
    last record;
    is_right boolean;
BEGIN
    SELECT transition, payload ->> 'file_digest' AS file INTO last FROM submissions_event
        WHERE submission_id = NEW.submission_id AND transition IN ('master_received', 'master_removed')
            AND payload ->> 'audio_digest' = said ->> 'audio_digest'
        ORDER BY sequence DESC LIMIT 1;
    IF NEW.transition = 'master_removed' THEN
        is_right := last.transition = 'master_received' AND last.file = said ->> 'file_digest';
    ELSE
        is_right := last.transition IS DISTINCT FROM 'master_received'
            AND said ->> 'file_digest' ~ digest AND said ->> 'audio_digest' ~ digest
            AND said ->> 'codec' ~ '^[a-z0-9_.-]{1,40}$'
            AND jsonb_typeof(said -> 'sample_rate') = 'number'
            AND (said ->> 'sample_rate')::numeric BETWEEN 1 AND 1000000
            AND jsonb_typeof(said -> 'length_ms') = 'number' AND (said ->> 'length_ms')::numeric > 0
            AND (jsonb_typeof(said -> 'bit_depth') = 'null' OR jsonb_typeof(said -> 'bit_depth') = 'number'
                AND (said ->> 'bit_depth')::numeric BETWEEN 1 AND 64);
    END IF;
    IF is_right IS NOT TRUE THEN
        RAISE EXCEPTION 'event % of submission %: % does not fit the masters that were received', NEW.sequence,
            NEW.submission_id, NEW.transition USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- What led to a state says whether the track may come again; a fact that follows it, such as a redaction, does not.
CREATE OR REPLACE FUNCTION submissions_may_follow(last submissions_submission, named text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF last.id IS NULL THEN
        RETURN named IS NULL;
    END IF;
    RETURN named IS NOT DISTINCT FROM last.reference AND (last.state IN ('withdrawn', 'declined', 'expired')
        OR last.state = 'rejected' AND 'this_again' = (SELECT payload ->> 'welcome' FROM submissions_event
            WHERE submission_id = last.id AND to_state = 'rejected' AND from_state <> 'rejected'
            ORDER BY sequence DESC LIMIT 1));
END $$;

CREATE TRIGGER event_master BEFORE INSERT ON submissions_event FOR EACH ROW
    WHEN (NEW.transition IN ('master_received', 'master_removed')) EXECUTE FUNCTION submissions_event_master();
ALTER TABLE submissions_event ENABLE ALWAYS TRIGGER event_master;
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0010_masters")]

    operations = [migrations.RunSQL(GUARDS)]
