"""A digest stays, whoever writes; one that was sent stays sent, and so do its deliveries."""

import pytest
from psycopg import errors

from kit import clock
from notifications.digests import service
from notifications.models import Delivery, Digest
from notifications.tests.digests.test_digests import next_morning
from notifications.tests.parties import make_parties
from notifications.tests.test_history_checks import REFUSED, connect
from trackflow.testing.announcements import announce_event, last_event
from trackflow.testing.databases import TestDatabases


@pytest.mark.parametrize("role", ["runtime", "owner", "superuser"])
def test_digest_is_changed_by_nobody(role: str, committed_db: str, test_databases: TestDatabases) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    morning = next_morning(parties.owner)
    with clock.at(morning):
        service.make_due()
        digest = Digest.objects.get(person=parties.owner)
    with connect(test_databases, role) as raw:
        if role == "superuser":
            raw.execute("SET session_replication_role = replica")
        refused = [
            "DELETE FROM notifications_digest",
            "TRUNCATE notifications_digest CASCADE",
            "UPDATE notifications_digest SET day = day + 1",
            f"UPDATE notifications_digest SET person_id = {parties.producer.pk}",
        ]
        for statement in refused:
            with pytest.raises(REFUSED):
                raw.execute(statement)
        with clock.at(morning):
            service.send(digest.pk)
        for statement in (
            "UPDATE notifications_digest SET sent_at = NULL WHERE sent_at IS NOT NULL",
            "UPDATE notifications_delivery SET digest_id = NULL, outcome = 'off', sent_at = NULL"
            f" WHERE digest_id = {digest.pk}",
        ):
            with pytest.raises(REFUSED):
                raw.execute(statement)


def test_day_has_one_digest_and_only_a_digest_has_deliveries_in_it(
    committed_db: str, test_databases: TestDatabases
) -> None:
    parties = make_parties("submitted")
    announce_event(last_event(parties.submission))
    with clock.at(next_morning(parties.owner)):
        service.make_due()
    digest = Digest.objects.get(person=parties.owner)
    mail = Delivery.objects.get(person=parties.producer, channel="email")
    with connect(test_databases, "runtime") as raw:
        with pytest.raises(errors.UniqueViolation):
            raw.execute(
                "INSERT INTO notifications_digest (person_id, day, created_at)"
                f" SELECT person_id, day, now() FROM notifications_digest WHERE id = {digest.pk}"
            )
        with pytest.raises(errors.CheckViolation):
            raw.execute(f"UPDATE notifications_delivery SET digest_id = {digest.pk} WHERE id = {mail.pk}")
        with pytest.raises(errors.CheckViolation):
            raw.execute(f"UPDATE notifications_delivery SET outcome = 'sent' WHERE id = {mail.pk}")
