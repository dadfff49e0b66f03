"""What was announced stays, whoever writes: a delivery is never deleted, nor made another; what was sent stays sent."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER delivery_stays BEFORE DELETE ON notifications_delivery
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER delivery_same BEFORE UPDATE ON notifications_delivery
    FOR EACH ROW WHEN (to_jsonb(OLD) - '{outcome,digest_id,sent_at,read_at}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{outcome,digest_id,sent_at,read_at}'::text[])
    EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER delivery_sent BEFORE UPDATE ON notifications_delivery
    FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL AND (OLD.outcome, OLD.digest_id, OLD.sent_at)
            IS DISTINCT FROM (NEW.outcome, NEW.digest_id, NEW.sent_at))
    EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER digest_stays BEFORE DELETE ON notifications_digest
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER digest_same BEFORE UPDATE ON notifications_digest
    FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL OR to_jsonb(OLD) - 'sent_at' IS DISTINCT FROM to_jsonb(NEW) - 'sent_at')
    EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER digest_not_emptied BEFORE TRUNCATE ON notifications_digest
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER delivery_not_emptied BEFORE TRUNCATE ON notifications_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER announcement_stays BEFORE UPDATE OR DELETE ON notifications_announcement
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER announcement_not_emptied BEFORE TRUNCATE ON notifications_announcement
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_stays;
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_same;
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_not_emptied;
ALTER TABLE notifications_announcement ENABLE ALWAYS TRIGGER announcement_stays;
ALTER TABLE notifications_announcement ENABLE ALWAYS TRIGGER announcement_not_emptied;
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_sent;
ALTER TABLE notifications_digest ENABLE ALWAYS TRIGGER digest_stays;
ALTER TABLE notifications_digest ENABLE ALWAYS TRIGGER digest_same;
ALTER TABLE notifications_digest ENABLE ALWAYS TRIGGER digest_not_emptied;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL(GUARDS)]
