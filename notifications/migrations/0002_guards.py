"""What was announced stays, whoever writes: a delivery is never deleted, nor made somebody else's."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER delivery_stays BEFORE DELETE ON notifications_delivery
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER delivery_same BEFORE UPDATE ON notifications_delivery
    FOR EACH ROW WHEN ((OLD.id, OLD.event_id, OLD.suspension_id, OLD.is_end, OLD.notice_id, OLD.person_id, OLD.channel,
            OLD.created_at) IS DISTINCT FROM (NEW.id, NEW.event_id, NEW.suspension_id, NEW.is_end, NEW.notice_id,
            NEW.person_id, NEW.channel, NEW.created_at))
    EXECUTE FUNCTION submissions_refuse();
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
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL(GUARDS)]
