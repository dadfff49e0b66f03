"""The database writes down each change of a team and of our staff; nobody else does, and it stays.

`trackflow.by` is what the application says of who did it, `trackflow.at` a pinned clock, heeded in a marked database
alone (`accounts.change_author.name_author`).
"""

from django.db import migrations

GUARDS = r"""
CREATE FUNCTION labels_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION labels_note_change(person bigint, label bigint, role text, pinned timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    IF EXISTS (SELECT FROM kit_databasemark) THEN
        moment := coalesce(pinned, nullif(current_setting('trackflow.at', true), '')::timestamptz, moment);
    END IF;
    INSERT INTO labels_membershipchange (person_id, label_id, role, since, by_id)
        VALUES (person, label, role, moment, nullif(current_setting('trackflow.by', true), '')::bigint);
END $$;

CREATE FUNCTION labels_membership_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := ARRAY['viewer', 'reviewer', 'manager', 'owner'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM labels_note_change(OLD.user_id, OLD.label_id, '', NULL);
        RETURN NULL;
    END IF;
    IF words[NEW.role] IS NULL OR TG_OP = 'UPDATE'
        AND (OLD.id, OLD.label_id, OLD.user_id) IS DISTINCT FROM (NEW.id, NEW.label_id, NEW.user_id) THEN
        RAISE EXCEPTION 'membership % is of one person in one team, in a role', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM labels_note_change(NEW.user_id, NEW.label_id, words[NEW.role], NEW.joined_at);
    ELSIF NEW.role <> OLD.role THEN
        PERFORM labels_note_change(NEW.user_id, NEW.label_id, words[NEW.role], NULL);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION labels_staff_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM labels_note_change(NEW.id, NULL, 'admin', NEW.date_joined);
    ELSE
        PERFORM labels_note_change(NEW.id, NULL, CASE WHEN NEW.is_staff THEN 'admin' ELSE '' END, NULL);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER membership_changed AFTER INSERT OR UPDATE OR DELETE ON labels_membership
    FOR EACH ROW EXECUTE FUNCTION labels_membership_changed();
CREATE TRIGGER membership_not_emptied BEFORE TRUNCATE ON labels_membership
    FOR EACH STATEMENT EXECUTE FUNCTION labels_refuse();
CREATE TRIGGER staff_began AFTER INSERT ON accounts_user
    FOR EACH ROW WHEN (NEW.is_staff) EXECUTE FUNCTION labels_staff_changed();
CREATE TRIGGER staff_changed AFTER UPDATE OF is_staff ON accounts_user
    FOR EACH ROW WHEN (OLD.is_staff <> NEW.is_staff) EXECUTE FUNCTION labels_staff_changed();
CREATE TRIGGER change_stays BEFORE UPDATE OR DELETE ON labels_membershipchange
    FOR EACH ROW EXECUTE FUNCTION labels_refuse();
CREATE TRIGGER change_not_emptied BEFORE TRUNCATE ON labels_membershipchange
    FOR EACH STATEMENT EXECUTE FUNCTION labels_refuse();
"""

NAMES = {
    "labels_membership": ["membership_changed", "membership_not_emptied"],
    "labels_membershipchange": ["change_stays", "change_not_emptied"],
    "accounts_user": ["staff_began", "staff_changed"],
}
ALWAYS = "\n".join(
    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};" for table, names in NAMES.items() for name in names
)


class Migration(migrations.Migration):
    dependencies = [("labels", "0001_initial"), ("kit", "0002_guards")]

    operations = [migrations.RunSQL([GUARDS, ALWAYS])]
