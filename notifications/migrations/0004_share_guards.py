"""A delivery stays the same delivery, its share's too."""

from django.db import migrations

GUARDS = """
DROP TRIGGER delivery_same ON notifications_delivery;
CREATE TRIGGER delivery_same BEFORE UPDATE ON notifications_delivery
    FOR EACH ROW WHEN ((OLD.id, OLD.event_id, OLD.suspension_id, OLD.is_end, OLD.notice_id, OLD.person_id, OLD.share_id,
            OLD.channel, OLD.created_at) IS DISTINCT FROM (NEW.id, NEW.event_id, NEW.suspension_id, NEW.is_end,
            NEW.notice_id, NEW.person_id, NEW.share_id, NEW.channel, NEW.created_at))
    EXECUTE FUNCTION submissions_refuse();
ALTER TABLE notifications_delivery ENABLE ALWAYS TRIGGER delivery_same;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_shares")]

    operations = [migrations.RunSQL(GUARDS)]
