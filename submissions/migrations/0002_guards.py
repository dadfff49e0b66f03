"""The history's guards: plain SQL, on whatever session variable is set, for whoever writes.

Every function names pg_temp last, else a temporary table could stand in for a real one.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION submissions_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the history is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- A submission's state, version and history agree.
CREATE FUNCTION submissions_assert_whole(target bigint) RETURNS void
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

CREATE FUNCTION submissions_submission_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM submissions_assert_whole(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION submissions_event_whole() RETURNS trigger
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

-- Which submission a next one of this track at this label follows: the one that lives or was released, else the last.
CREATE FUNCTION submissions_last_try(but bigint, track bigint, label bigint) RETURNS submissions_submission
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM submissions_submission WHERE track_id = track AND label_id = label AND id <> but AND version > 0
        ORDER BY state NOT IN ('withdrawn', 'declined', 'expired', 'rejected') DESC, moved_at DESC, id DESC LIMIT 1
$$;

-- Whether a submission may be sent after its last try, which it names: withdrawn, declined, expired, or wanted again.
CREATE FUNCTION submissions_may_follow(last submissions_submission, named text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF last.id IS NULL THEN
        RETURN named IS NULL;
    END IF;
    RETURN named IS NOT DISTINCT FROM last.reference AND (last.state IN ('withdrawn', 'declined', 'expired')
        OR last.state = 'rejected' AND 'this_again' = (SELECT payload ->> 'welcome' FROM submissions_event
            WHERE submission_id = last.id AND to_state = 'rejected' ORDER BY sequence DESC LIMIT 1));
END $$;

-- A submission begins as an empty draft, which may name an earlier try of its track at its label.
CREATE FUNCTION submissions_submission_birth() RETURNS trigger
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

-- Who a submission is of and for never changes; the rest only with its next event, or emptied by a redaction.
CREATE FUNCTION submissions_submission_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    free text[];
    kept jsonb := to_jsonb(OLD);
    wanted jsonb := to_jsonb(NEW);
    copied text[] := ARRAY['title', 'mix', 'artist', 'genre', 'subgenre', 'tempo', 'key', 'country', 'ai', 'isrc',
        'exclusivity', 'has_wav'];
    each text;
BEGIN
    IF (OLD.id, OLD.reference, OLD.producer_id, OLD.label_id, OLD.track_id, OLD.created_at)
        IS DISTINCT FROM (NEW.id, NEW.reference, NEW.producer_id, NEW.label_id, NEW.track_id, NEW.created_at) THEN
        RAISE EXCEPTION 'what submission % is of and for never changes', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.asked_at IS DISTINCT FROM OLD.asked_at AND NEW.asked_at IS DISTINCT FROM submissions_asked_at(OLD.id) THEN
        RAISE EXCEPTION 'submission % says another question than its messages', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version = OLD.version + 1 THEN
        IF OLD.version > 0 AND (OLD.intake_id, OLD.previous_id) IS DISTINCT FROM (NEW.intake_id, NEW.previous_id) THEN
            RAISE EXCEPTION 'submission % was sent under its intake', OLD.reference USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    free := ARRAY(SELECT name FROM jsonb_object_keys(wanted) AS name WHERE starts_with(name, 'team_'));
    free := array_append(free, 'asked_at');
    IF OLD.version = 0 THEN
        free := array_append(free, 'intake_id');
        IF NEW.previous_id IS NULL
            OR NEW.previous_id = (submissions_last_try(NEW.id, NEW.track_id, NEW.label_id)).id THEN
            free := array_append(free, 'previous_id');
        END IF;
    END IF;
    IF EXISTS (SELECT FROM (SELECT redacted_at FROM submissions_revision WHERE submission_id = OLD.id
                            ORDER BY number DESC LIMIT 1) AS last WHERE last.redacted_at IS NOT NULL) THEN
        FOREACH each IN ARRAY copied LOOP
            IF wanted ->> each IS NULL OR wanted ->> each = '' THEN
                free := array_append(free, each);
            END IF;
        END LOOP;
    END IF;
    IF kept - free IS DISTINCT FROM wanted - free THEN
        RAISE EXCEPTION 'submission % changes only with an event', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION submissions_submission_removal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.version > 0 OR EXISTS (SELECT FROM submissions_event WHERE submission_id = OLD.id) THEN
        RAISE EXCEPTION 'submission % has a history and stays', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

-- An event follows the one before: next number, from its state, not earlier, on its digest.
CREATE FUNCTION submissions_event_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
    code text;
BEGIN
    SELECT reference INTO code FROM submissions_submission WHERE id = NEW.submission_id;
    SELECT sequence, to_state, recorded_at, digest INTO last FROM submissions_event
        WHERE submission_id = NEW.submission_id ORDER BY sequence DESC LIMIT 1;
    IF code IS NULL OR NEW.sequence <> coalesce(last.sequence, 0) + 1
        OR NEW.from_state <> coalesce(last.to_state, 'draft')
        OR NEW.recorded_at < coalesce(last.recorded_at, NEW.recorded_at)
        OR NEW.previous_digest <> coalesce(last.digest, sha256(convert_to('trackflow/1/' || code, 'UTF8')))
        OR octet_length(NEW.digest) <> 32 OR octet_length(NEW.content_digest) <> 32
        OR octet_length(NEW.salt) <> 16 OR NEW.redacted_at IS NOT NULL THEN
        RAISE EXCEPTION 'event % does not follow the history of %', NEW.sequence, code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The fields of each transition's payload: those of `submissions.payloads`, which a test compares.
CREATE FUNCTION submissions_payload_keys(transition text) RETURNS text[]
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

-- Whether somebody is now what an event says they are, towards this producer and label.
CREATE FUNCTION submissions_has_role(person bigint, word text, producer bigint, label bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF word = 'system' THEN
        RETURN person IS NULL;
    ELSIF word = 'producer' OR person = producer THEN
        RETURN word = 'producer' AND person = producer;
    ELSIF word = 'collaborator' THEN
        RETURN person IS NULL OR EXISTS (SELECT FROM accounts_user WHERE id = person AND is_active);
    ELSIF word = 'admin' THEN
        RETURN EXISTS (SELECT FROM accounts_user WHERE id = person AND is_staff AND is_active);
    END IF;
    RETURN EXISTS (SELECT FROM labels_membership AS held JOIN accounts_user AS account ON account.id = held.user_id
        WHERE held.label_id = label AND held.user_id = person AND account.is_active
            AND held.role = array_position(ARRAY['viewer', 'reviewer', 'manager', 'owner'], word));
END $$;

-- When an answer is due: since the last event that set this deadline, and as if no clock had stood still.
CREATE FUNCTION submissions_due(target bigint, state text) RETURNS timestamptz
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

-- Whether due and grace have passed.
CREATE FUNCTION submissions_is_over(target bigint, state text, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT moment >= submissions_due(target, state) + (payload ->> 'grace_days')::integer * interval '24 hours'
        FROM submissions_event WHERE submission_id = target AND sequence = 1
$$;

-- Whether a label can be reminded: its answer is late, and it was not reminded since its last promise.
CREATE FUNCTION submissions_is_remindable(target bigint, state text, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT moment >= submissions_due(target, state) AND 'nudge' <> (SELECT transition FROM submissions_event
        WHERE submission_id = target AND transition IN ('submit', 'resubmit', 'reopen', 'extend', 'nudge')
        ORDER BY sequence DESC LIMIT 1)
$$;

-- Whether the release date has come where the day begins first.
CREATE FUNCTION submissions_is_out(target bigint, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (moment AT TIME ZONE 'UTC' + interval '14 hours')::date >= (payload ->> 'release_on')::date
        FROM submissions_event WHERE submission_id = target AND transition = 'schedule' ORDER BY sequence DESC LIMIT 1
$$;

-- Who did it may, now is when it can be, and it says what such an event says. Fires after `event_follows`.
CREATE FUNCTION submissions_event_permitted() RETURNS trigger
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

-- A revision is the next one, that of its event, and has a salt of 16 bytes for each field of the copy and each answer.
CREATE FUNCTION submissions_revision_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last integer;
    made record;
    fields integer;
BEGIN
    SELECT max(number) INTO last FROM submissions_revision WHERE submission_id = NEW.submission_id;
    SELECT submission_id, transition, payload INTO made FROM submissions_event WHERE id = NEW.event_id;
    SELECT count(*) + jsonb_array_length(NEW.answers) INTO fields FROM jsonb_object_keys(NEW.copy);
    IF NEW.number <> coalesce(last, 0) + 1 OR NEW.redacted_at IS NOT NULL
        OR made.submission_id IS DISTINCT FROM NEW.submission_id
        OR (made.payload ->> 'revision')::integer IS DISTINCT FROM NEW.number
        OR made.payload ->> 'revision_digest' IS DISTINCT FROM encode(NEW.digest, 'hex')
        OR octet_length(NEW.salts) <> 16 * fields
        OR made.transition NOT IN ('submit', 'resubmit', 'replace_link') THEN
        RAISE EXCEPTION 'revision % of submission % does not follow', NEW.number, NEW.submission_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The one change that events and revisions know: redaction, once, of these columns and no other.
CREATE FUNCTION submissions_event_redaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    emptied text[] := ARRAY['note', 'private', 'salt', 'redacted_at'];
BEGIN
    IF OLD.redacted_at IS NOT NULL OR NOT kit_is_timely(NEW.redacted_at)
        OR NEW.note <> '' OR NEW.private <> '{}'::jsonb OR octet_length(NEW.salt) <> 0 OR to_jsonb(OLD) - emptied IS DISTINCT FROM to_jsonb(NEW) - emptied THEN
        RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION submissions_revision_redaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    emptied text[] := ARRAY['copy', 'answers', 'salts', 'redacted_at'];
BEGIN
    IF OLD.redacted_at IS NOT NULL OR NOT kit_is_timely(NEW.redacted_at)
        OR NEW.copy <> '{}'::jsonb OR NEW.answers <> '[]'::jsonb OR octet_length(NEW.salts) <> 0
        OR to_jsonb(OLD) - emptied IS DISTINCT FROM to_jsonb(NEW) - emptied THEN
        RAISE EXCEPTION 'revisions are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Empties an event's words and what is personal of its revision, its sheet, its offer and its deliverables.
CREATE FUNCTION submissions_redact(target bigint, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    owner_id bigint;
    handed text;
    redacted integer;
    last integer;
BEGIN
    SELECT submission_id, payload ->> 'digest' INTO owner_id, handed FROM submissions_event WHERE id = target;
    PERFORM FROM submissions_submission WHERE id = owner_id FOR NO KEY UPDATE;
    UPDATE submissions_event SET note = '', private = '{}', salt = '', redacted_at = moment
        WHERE id = target AND redacted_at IS NULL;
    UPDATE submissions_revision SET copy = '{}', answers = '[]', salts = '', redacted_at = moment
        WHERE event_id = target AND redacted_at IS NULL RETURNING number INTO redacted;
    UPDATE submissions_splitsheet SET shares = '[]', salt = '', redacted_at = moment
        WHERE event_id = target AND redacted_at IS NULL;
    UPDATE submissions_offer SET terms = '{}', text = '', salt = '', redacted_at = moment
        WHERE event_id = target AND redacted_at IS NULL;
    UPDATE submissions_deliverable SET name = '', instructions = '' WHERE asked_id = target;
    UPDATE submissions_deliverable SET value = '{}', salt = ''
        WHERE submission_id = owner_id AND encode(digest, 'hex') = handed;
    SELECT max(number) INTO last FROM submissions_revision WHERE submission_id = owner_id;
    IF redacted = last THEN
        UPDATE submissions_submission SET title = '', mix = '', artist = '', genre = '', subgenre = '', tempo = NULL,
            key = '', country = '', ai = '', isrc = '', exclusivity = '',
            has_wav = NULL, team_link = '', team_name = '' WHERE id = owner_id;
    END IF;
END $$;
REVOKE ALL ON FUNCTION submissions_redact(bigint, timestamptz) FROM PUBLIC;
"""

TRIGGERS = r"""
CREATE TRIGGER submission_begins BEFORE INSERT ON submissions_submission
    FOR EACH ROW EXECUTE FUNCTION submissions_submission_birth();
CREATE TRIGGER submission_changes BEFORE UPDATE ON submissions_submission
    FOR EACH ROW EXECUTE FUNCTION submissions_submission_change();
CREATE TRIGGER submission_stays BEFORE DELETE ON submissions_submission
    FOR EACH ROW EXECUTE FUNCTION submissions_submission_removal();
CREATE TRIGGER submission_not_emptied BEFORE TRUNCATE ON submissions_submission
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
CREATE CONSTRAINT TRIGGER submission_whole AFTER INSERT OR UPDATE ON submissions_submission
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION submissions_submission_whole();

CREATE TRIGGER event_follows BEFORE INSERT ON submissions_event
    FOR EACH ROW EXECUTE FUNCTION submissions_event_follows();
CREATE TRIGGER event_permitted BEFORE INSERT ON submissions_event
    FOR EACH ROW EXECUTE FUNCTION submissions_event_permitted();
CREATE TRIGGER event_redaction BEFORE UPDATE ON submissions_event
    FOR EACH ROW EXECUTE FUNCTION submissions_event_redaction();
CREATE TRIGGER event_stays BEFORE DELETE ON submissions_event
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER event_not_emptied BEFORE TRUNCATE ON submissions_event
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
CREATE CONSTRAINT TRIGGER event_whole AFTER INSERT ON submissions_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION submissions_event_whole();

CREATE TRIGGER revision_follows BEFORE INSERT ON submissions_revision
    FOR EACH ROW EXECUTE FUNCTION submissions_revision_follows();
CREATE TRIGGER revision_redaction BEFORE UPDATE ON submissions_revision
    FOR EACH ROW EXECUTE FUNCTION submissions_revision_redaction();
CREATE TRIGGER revision_stays BEFORE DELETE ON submissions_revision
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER revision_not_emptied BEFORE TRUNCATE ON submissions_revision
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();

-- Digests name people by it.
CREATE TRIGGER secret_stays BEFORE UPDATE OF secret ON accounts_user
    FOR EACH ROW WHEN (OLD.secret IS DISTINCT FROM NEW.secret) EXECUTE FUNCTION submissions_refuse();
"""

NAMES = {
    "submissions_submission": [
        "submission_begins",
        "submission_changes",
        "submission_stays",
        "submission_not_emptied",
        "submission_whole",
    ],
    "submissions_event": [
        "event_follows",
        "event_permitted",
        "event_redaction",
        "event_stays",
        "event_not_emptied",
        "event_whole",
    ],
    "submissions_revision": [
        "revision_follows",
        "revision_redaction",
        "revision_stays",
        "revision_not_emptied",
    ],
    "accounts_user": ["secret_stays"],
}
ALWAYS = "\n".join(
    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};" for table, names in NAMES.items() for name in names
)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0001_initial"), ("labels", "0002_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
