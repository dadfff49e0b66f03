"""Log and record stay as written, whoever writes, but for internet addresses that are old, or of somebody anonymised."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION activity_may_forget(which activity_activity) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT which.at < statement_timestamp() - interval '90 days' OR EXISTS (
        SELECT FROM accounts_user
        WHERE id IN (which.person_id, which.actor_id) AND anonymised_at IS NOT NULL)
$$;

CREATE FUNCTION activity_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.address = '' AND to_jsonb(NEW) - 'address' = to_jsonb(OLD) - 'address'
        AND activity_may_forget(OLD) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: the log is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION activity_forget_addresses() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH forgotten AS (
        UPDATE activity_activity AS row SET address = ''
        WHERE address <> '' AND (at < statement_timestamp() - interval '90 days' OR EXISTS (
            SELECT FROM accounts_user
            WHERE id IN (row.person_id, row.actor_id) AND anonymised_at IS NOT NULL))
        RETURNING id)
    SELECT count(*) FROM forgotten
$$;
REVOKE ALL ON FUNCTION activity_forget_addresses() FROM PUBLIC;

CREATE TRIGGER activity_stays BEFORE UPDATE OR DELETE ON activity_activity
    FOR EACH ROW EXECUTE FUNCTION activity_stays();
CREATE TRIGGER activity_not_emptied BEFORE TRUNCATE ON activity_activity
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
ALTER TABLE activity_activity ENABLE ALWAYS TRIGGER activity_stays;
ALTER TABLE activity_activity ENABLE ALWAYS TRIGGER activity_not_emptied;
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL(GUARDS)]
