"""Which moments can be written: those of the database's own clock, or in a marked database others too."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION kit_is_timely(moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mark text := (SELECT purpose FROM kit_databasemark);
    leeway interval := '2 minutes';
BEGIN
    IF moment IS NULL OR moment NOT BETWEEN '2000-01-01' AND '9000-01-01' THEN
        RETURN false;
    END IF;
    RETURN (mark = 'test') IS TRUE OR moment <= clock_timestamp() + leeway
        AND (mark IS NOT NULL OR moment >= clock_timestamp() - leeway);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS)]
