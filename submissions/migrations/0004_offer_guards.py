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
    dependencies = [("submissions", "0003_split_guards")]

    operations = [migrations.RunSQL([FUNCTIONS, TRIGGERS, ALWAYS])]
