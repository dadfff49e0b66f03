"""A master that arrived is told in the app alone, to both sides; nobody is mailed a file's format."""

from collections.abc import Callable

from notifications.models import Delivery
from notifications.tests.parties import make_parties
from submissions.tests.builders import act
from trackflow.testing.clients import client_of
from trackflow.testing.post_office import PostOffice


def test_both_sides_hear_in_the_app_that_the_master_came_and_that_it_was_none(
    post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    parties = make_parties("signed")
    run_jobs()
    post_office.mails.clear()
    for transition, words in SAID.items():
        act(parties.submission, transition)
        run_jobs()
        rows = Delivery.objects.filter(event__transition=transition)
        people = {(parties.name_of(each.person), each.channel) for each in rows if each.person}
        assert people == {(name, "in_app") for name in ("producer", "owner", "manager")}
        assert words in client_of(parties.producer).get("/notifications/").content.decode()
    assert post_office.mails == []


SAID = {
    "master_received": "found the master in the label’s files",
    "master_removed": "removed the master: its file was matched by mistake",
}
