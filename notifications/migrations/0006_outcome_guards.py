"""A delivery stays the same delivery, whatever it is about, and what was sent stays sent."""

from django.db import migrations

GUARDS = """
DROP TRIGGER delivery_same ON notifications_delivery;
CREATE TRIGGER delivery_same BEFORE UPDATE ON notifications_delivery
    FOR EACH ROW WHEN (to_jsonb(OLD) - '{outcome,sent_at,read_at}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{outcome,sent_at,read_at}'::text[])
    EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER delivery_sent BEFORE UPDATE ON notifications_delivery
    FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL
            AND (OLD.outcome, OLD.sent_at) IS DISTINCT FROM (NEW.outcome, NEW.sent_at))
    EXECUTE FUNCTION submissions_refuse();
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_same;
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_sent;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_outcomes")]

    operations = [migrations.RunSQL(GUARDS)]
