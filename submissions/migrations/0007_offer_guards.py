"""The guards of offers, holds and exclusivity; functions of earlier guards that know of them are replaced.

Plain SQL, as there; every function names pg_temp last.
"""

from django.db import migrations

FUNCTIONS = r"""
-- Where a hold stands and when it lapses or ends: since the submission was last in a state that allows one.
CREATE FUNCTION submissions_hold(target bigint, OUT standing text, OUT days integer, OUT due timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
    asked record;
BEGIN
    standing := 'none';
    SELECT transition, sequence, recorded_at, payload INTO last FROM submissions_event WHERE submission_id = target
        AND transition IN ('hold', 'agree_hold', 'refuse_hold', 'end_hold') ORDER BY sequence DESC LIMIT 1;
    IF last.transition IS NULL OR last.transition NOT IN ('hold', 'agree_hold') OR EXISTS (SELECT FROM submissions_event
            WHERE submission_id = target AND sequence > last.sequence
                AND to_state NOT IN ('in_review', 'shortlisted', 'accepted', 'countered')) THEN
        RETURN;
    END IF;
    SELECT payload INTO asked FROM submissions_event WHERE submission_id = target AND transition = 'hold'
        ORDER BY sequence DESC LIMIT 1;
    days := (asked.payload ->> 'days')::integer;
    standing := CASE last.transition WHEN 'hold' THEN 'asked' ELSE 'running' END;
    due := coalesce((last.payload ->> 'held_until')::timestamptz, last.recorded_at + 7 * interval '24 hours');
END $$;

-- Whether the last signature was to an exclusive deal.
CREATE FUNCTION submissions_signed_exclusively(target bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT (payload ->> 'is_exclusive')::boolean FROM submissions_event
        WHERE submission_id = target AND transition = 'sign' ORDER BY sequence DESC LIMIT 1), false)
$$;

-- Whether a hold or an exclusive deal elsewhere binds the track; `wholly` asks for a deal beside which no other stands.
CREATE FUNCTION submissions_is_bound(but bigint, track bigint, wholly boolean) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM submissions_submission WHERE track_id = track AND id <> but
        AND (is_held OR state IN ('signed', 'scheduled', 'released') AND (is_exclusive OR wholly)))
$$;

-- Whether a signature names the last offer, which is the label's, and says what it is.
CREATE FUNCTION submissions_signs_last_offer(target bigint, said jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
BEGIN
    SELECT number, side, digest, terms INTO last FROM submissions_offer
        WHERE submission_id = target ORDER BY number DESC LIMIT 1;
    RETURN last.side = 'label' AND said ->> 'offer_digest' = encode(last.digest, 'hex')
        AND (said ->> 'offer')::integer = last.number
        AND (said ->> 'is_exclusive')::boolean = (last.terms ->> 'deal' <> 'non_exclusive');
END $$;

-- Whether a fact about a hold is possible where the hold stands now.
CREATE FUNCTION submissions_hold_is_possible(target bigint, said jsonb, fact text, role text, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    hold record;
BEGIN
    SELECT * INTO hold FROM submissions_hold(target);
    RETURN CASE fact
        WHEN 'hold' THEN hold.standing = 'none' AND (said ->> 'days')::integer BETWEEN 1 AND 30
        WHEN 'agree_hold' THEN hold.standing = 'asked'
            AND (said ->> 'held_until')::timestamptz <= moment + hold.days * interval '24 hours'
        WHEN 'refuse_hold' THEN hold.standing = 'asked'
        ELSE hold.standing <> 'none' AND (role <> 'system' OR moment >= hold.due)
    END;
END $$;

CREATE OR REPLACE FUNCTION submissions_assert_whole(target bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept record;
    last record;
BEGIN
    SELECT reference, state, version, is_held, is_exclusive INTO kept FROM submissions_submission WHERE id = target;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT sequence, to_state INTO last FROM submissions_event
        WHERE submission_id = target ORDER BY sequence DESC LIMIT 1;
    IF kept.version <> coalesce(last.sequence, 0) OR kept.state <> coalesce(last.to_state, 'draft') THEN
        RAISE EXCEPTION '% says % at version %, its history says % at %', kept.reference, kept.state, kept.version,
            coalesce(last.to_state, 'draft'), coalesce(last.sequence, 0) USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF kept.is_held <> ((SELECT standing FROM submissions_hold(target)) = 'running') OR kept.is_exclusive
        <> (kept.state IN ('signed', 'scheduled', 'released') AND submissions_signed_exclusively(target)) THEN
        RAISE EXCEPTION '% says held % and exclusive %, its history does not', kept.reference, kept.is_held,
            kept.is_exclusive USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION submissions_event_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM submissions_assert_whole(NEW.submission_id);
    IF NEW.transition IN ('submit', 'resubmit', 'replace_link')
        AND NOT EXISTS (SELECT FROM submissions_revision WHERE event_id = NEW.id) THEN
        RAISE EXCEPTION 'event % of submission % made no revision', NEW.sequence, NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.transition IN ('accept', 'revise_offer', 'counter')
        AND NOT EXISTS (SELECT FROM submissions_offer WHERE event_id = NEW.id) THEN
        RAISE EXCEPTION 'event % of submission % made no offer', NEW.sequence, NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.transition = 'submit' AND NEW.payload ->> 'previous' IS DISTINCT FROM (
            SELECT earlier.reference FROM submissions_submission AS sent
            JOIN submissions_submission AS earlier ON earlier.id = sent.previous_id WHERE sent.id = NEW.submission_id) THEN
        RAISE EXCEPTION 'submission % follows another than its first event says', NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION submissions_submission_birth() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given text[] := ARRAY['id', 'reference', 'producer_id', 'label_id', 'track_id', 'intake_id', 'created_at', 'state',
        'previous_id'];
BEGIN
    IF NEW.state <> 'draft' OR EXISTS (SELECT FROM jsonb_each(to_jsonb(NEW) - given)
            WHERE NOT starts_with(key, 'team_') AND value NOT IN ('null', '""', '0', '[]', 'false'))
        OR NEW.previous_id <> coalesce((submissions_last_try(NEW.id, NEW.track_id, NEW.label_id)).id, 0) THEN
        RAISE EXCEPTION 'submission % must begin as an empty draft', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

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
        ELSE ARRAY[]::text[]
    END
$$;

CREATE OR REPLACE FUNCTION submissions_due(target bigint, state text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    promised integer;
    last record;
BEGIN
    SELECT (payload ->> 'promise_days')::integer INTO promised
        FROM submissions_event WHERE submission_id = target AND sequence = 1;
    SELECT recorded_at, coalesce(payload ->> 'until', payload ->> 'answer_by')::timestamptz AS due INTO last
        FROM submissions_event WHERE submission_id = target AND CASE
            WHEN state IN ('changes_requested', 'accepted', 'countered') THEN payload ? 'answer_by'
            ELSE transition IN ('submit', 'reopen') OR payload ? 'until' END
        ORDER BY sequence DESC LIMIT 1;
    RETURN coalesce(last.due, last.recorded_at + promised * interval '24 hours');
END $$;

CREATE OR REPLACE FUNCTION submissions_event_permitted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sent record;
    fields text[] := submissions_payload_keys(NEW.transition);
    fault text;
BEGIN
    SELECT producer_id, label_id, track_id INTO sent FROM submissions_submission WHERE id = NEW.submission_id;
    IF NOT kit_is_timely(NEW.recorded_at) THEN
        fault := 'of another time';
    ELSIF submissions_has_role(NEW.actor_id, NEW.actor_role, sent.producer_id, sent.label_id) IS NOT TRUE
        OR NEW.acted_by_id = sent.producer_id THEN
        fault := 'by somebody who may not';
    ELSIF jsonb_typeof(NEW.payload) <> 'object' OR NOT NEW.payload ?& fields OR NEW.payload - fields <> '{}' THEN
        fault := 'with another payload';
    ELSIF NEW.transition = 'expire'
        AND submissions_is_over(NEW.submission_id, NEW.from_state, NEW.recorded_at) IS NOT TRUE
        OR NEW.transition = 'release' AND NEW.actor_role = 'system'
        AND submissions_is_out(NEW.submission_id, NEW.recorded_at) IS NOT TRUE
        OR NEW.transition = 'nudge'
        AND submissions_is_remindable(NEW.submission_id, NEW.from_state, NEW.recorded_at) IS NOT TRUE THEN
        fault := 'before its time';
    ELSIF NEW.transition = 'submit' AND submissions_may_follow(submissions_last_try(NEW.submission_id, sent.track_id,
            sent.label_id), NEW.payload ->> 'previous') IS NOT TRUE THEN
        fault := 'of a track that was sent before, or follows another try';
    ELSIF NEW.transition = 'sign' AND submissions_signs_last_offer(NEW.submission_id, NEW.payload) IS NOT TRUE THEN
        fault := 'of another offer than the last one of the label';
    ELSIF NEW.transition IN ('hold', 'agree_hold', 'refuse_hold', 'end_hold') AND submissions_hold_is_possible(
            NEW.submission_id, NEW.payload, NEW.transition, NEW.actor_role, NEW.recorded_at) IS NOT TRUE THEN
        fault := 'not possible where the hold stands';
    ELSIF NEW.transition IN ('submit', 'sign', 'agree_hold') AND submissions_is_bound(NEW.submission_id, sent.track_id,
            coalesce((NEW.payload ->> 'is_exclusive')::boolean, false)) THEN
        fault := 'of a track that is bound elsewhere';
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'event % of submission % is %: % by % %', NEW.sequence, NEW.submission_id, fault,
            NEW.transition, NEW.actor_role, NEW.actor_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- An offer is the next one and that of its event; a counter-offer is the producer's and leaves the text as it was.
CREATE FUNCTION submissions_offer_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
    made record;
BEGIN
    SELECT number, text INTO last FROM submissions_offer
        WHERE submission_id = NEW.submission_id ORDER BY number DESC LIMIT 1;
    SELECT submission_id, transition, payload INTO made FROM submissions_event WHERE id = NEW.event_id;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.redacted_at IS NOT NULL
        OR made.submission_id IS DISTINCT FROM NEW.submission_id
        OR (made.payload ->> 'offer')::integer IS DISTINCT FROM NEW.number
        OR made.payload ->> 'offer_digest' IS DISTINCT FROM encode(NEW.digest, 'hex')
        OR octet_length(NEW.salt) <> 16 OR octet_length(NEW.digest) <> 32
        OR made.transition NOT IN ('accept', 'revise_offer', 'counter')
        OR NEW.side <> (CASE made.transition WHEN 'counter' THEN 'producer' ELSE 'label' END)
        OR made.transition = 'counter' AND NEW.text IS DISTINCT FROM last.text THEN
        RAISE EXCEPTION 'offer % of submission % does not follow', NEW.number, NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION submissions_offer_redaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    emptied text[] := ARRAY['terms', 'text', 'salt', 'redacted_at'];
BEGIN
    IF OLD.redacted_at IS NOT NULL OR NOT kit_is_timely(NEW.redacted_at)
        OR NEW.terms <> '{}'::jsonb OR NEW.text <> '' OR octet_length(NEW.salt) <> 0
        OR to_jsonb(OLD) - emptied IS DISTINCT FROM to_jsonb(NEW) - emptied THEN
        RAISE EXCEPTION 'offers are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION submissions_redact(target bigint, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    owner_id bigint;
    redacted integer;
    last integer;
BEGIN
    SELECT submission_id INTO owner_id FROM submissions_event WHERE id = target;
    PERFORM FROM submissions_submission WHERE id = owner_id FOR NO KEY UPDATE;
    UPDATE submissions_event SET note = '', private = '{}', salt = '', redacted_at = moment
        WHERE id = target AND redacted_at IS NULL;
    UPDATE submissions_splitsheet SET shares = '[]', salt = '', redacted_at = moment
        WHERE event_id = target AND redacted_at IS NULL;
    UPDATE submissions_offer SET terms = '{}', text = '', salt = '', redacted_at = moment
        WHERE event_id = target AND redacted_at IS NULL;
    UPDATE submissions_revision SET copy = '{}', answers = '[]', salts = '', redacted_at = moment
        WHERE event_id = target AND redacted_at IS NULL RETURNING number INTO redacted;
    SELECT max(number) INTO last FROM submissions_revision WHERE submission_id = owner_id;
    IF redacted = last THEN
        UPDATE submissions_submission SET title = '', mix = '', artist = '', genre = '', subgenre = '', tempo = NULL,
            key = '', country = '', ai = '', isrc = '', exclusivity = '',
            has_wav = NULL, team_link = '', team_name = '' WHERE id = owner_id;
    END IF;
END $$;
"""

TRIGGERS = r"""
CREATE TRIGGER offer_follows BEFORE INSERT ON submissions_offer
    FOR EACH ROW EXECUTE FUNCTION submissions_offer_follows();
CREATE TRIGGER offer_redaction BEFORE UPDATE ON submissions_offer
    FOR EACH ROW EXECUTE FUNCTION submissions_offer_redaction();
CREATE TRIGGER offer_stays BEFORE DELETE ON submissions_offer
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER offer_not_emptied BEFORE TRUNCATE ON submissions_offer
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
"""

ALWAYS = "\n".join(
    f"ALTER TABLE submissions_offer ENABLE ALWAYS TRIGGER {name};"
    for name in ("offer_follows", "offer_redaction", "offer_stays", "offer_not_emptied")
)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_offers")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
