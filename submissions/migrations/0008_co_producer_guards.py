"""A co-producer stays the same person with the same link; following and ending happen once."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER co_producer_same BEFORE UPDATE ON submissions_coproducer
    FOR EACH ROW WHEN (to_jsonb(OLD) - '{mailed_at,followed_at,followed_by_id,ended_at}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{mailed_at,followed_at,followed_by_id,ended_at}'::text[]
        OR OLD.followed_at IS NOT NULL
            AND (OLD.followed_at, OLD.followed_by_id) IS DISTINCT FROM (NEW.followed_at, NEW.followed_by_id)
        OR OLD.ended_at IS NOT NULL AND OLD.ended_at IS DISTINCT FROM NEW.ended_at)
    EXECUTE FUNCTION submissions_refuse();
ALTER TABLE submissions_coproducer ENABLE ALWAYS TRIGGER co_producer_same;
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_reminder_guards")]

    operations = [migrations.RunSQL(GUARDS)]
