"""Submissions in the office: read, acted on through the door, redacted; never edited, never deleted."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_user
from submissions.admin.office import ADMIN_TRANSITIONS
from submissions.choices import ActorRole
from submissions.models import Event, Revision, Submission
from submissions.offers.forms import initial_of
from submissions.tests.builders import OFFER, PATHS, act, details_of, make_submission, row_details
from submissions.transition_table import RULES

pytestmark = pytest.mark.django_db

LIST = "/admin/submissions/submission/"
EVENTS = "/admin/submissions/event/"
REVISIONS = "/admin/submissions/revision/"


@pytest.fixture
def admin_user() -> User:
    return make_user("office@example.com", name="Olga", is_staff=True, is_superuser=True)


@pytest.fixture
def office(client: Client, admin_user: User) -> Client:
    client.force_login(admin_user)
    return client


def page_of(submission: Submission) -> str:
    return f"{LIST}{submission.pk}/change/"


def act_url(submission: Submission, transition: str) -> str:
    return f"{LIST}{submission.pk}/act/{transition}/"


def post(client: Client, submission: Submission, transition: str, **said: object) -> int:
    given = {"turn": submission.turn, "key": uuid.uuid4(), **said}
    response = client.post(act_url(submission, transition), given)
    return response.status_code


def last(submission: Submission) -> Event:
    return Event.objects.of(submission).last()  # type: ignore[return-value]  # each has one


def test_admin_reads_a_submission_with_revisions_and_events(office: Client) -> None:
    submission = make_submission("changes_requested")
    page = office.get(page_of(submission)).content.decode()
    assert submission.reference in page
    assert "A longer intro, please." in page
    assert f"{EVENTS}{last(submission).pk}/change/" in page
    assert f"{REVISIONS}{Revision.objects.get().pk}/change/" in page
    assert office.get(f"{EVENTS}{last(submission).pk}/change/").status_code == 200


def test_admin_reads_no_link_of_the_music(office: Client) -> None:
    submission = make_submission("submitted", track=make_track(make_producer(), link_password="opensesame"))
    for url in (page_of(submission), f"{REVISIONS}{Revision.objects.get().pk}/change/"):
        page = office.get(url).content.decode()
        assert submission.title in page
        assert submission.track.audio_url not in page
        assert "opensesame" not in page


@pytest.mark.parametrize("url", [LIST, EVENTS, REVISIONS, "/admin/desk/proposal/"])
def test_nobody_adds_changes_or_deletes(office: Client, url: str) -> None:
    make_submission("in_review")
    assert office.get(url).status_code == 200
    assert office.get(f"{url}add/").status_code == 403
    assert "delete_selected" not in office.get(url).content.decode()
    kind = {LIST: Submission, EVENTS: Event, REVISIONS: Revision}.get(url)
    if kind:
        row = kind.objects.first()  # type: ignore[attr-defined]  # all three are models
        assert office.post(f"{url}{row.pk}/change/", {"title": "Mine"}).status_code == 403
        assert office.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_else_gets_in(client: Client, role: Role | None) -> None:
    submission = make_submission("in_review")
    client.force_login(make_member(submission.label, role) if role else submission.producer)
    for url in (
        LIST,
        page_of(submission),
        act_url(submission, "shortlist"),
        f"{EVENTS}{last(submission).pk}/redact/",
    ):
        assert client.get(url).status_code == 302
        assert client.post(url).status_code == 302
    assert last(submission).transition == "start_review"


def test_clerk_reads_but_does_not_act_without_the_right(client: Client) -> None:
    submission = make_submission("in_review")
    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(clerk)
    page = client.get(page_of(submission))
    assert page.status_code == 200
    assert "/act/" not in page.content.decode()
    assert client.get(act_url(submission, "shortlist")).status_code == 403
    assert post(client, submission, "shortlist") == 403
    clerk.user_permissions.add(Permission.objects.get(codename="change_submission"))
    assert post(client, submission, "shortlist") == 303
    assert client.get(f"{EVENTS}{last(submission).pk}/redact/").status_code == 403


def test_search_finds_by_reference_as_typed_title_artist_and_email(office: Client) -> None:
    wanted = make_submission(
        "submitted", producer=make_producer("wanted@example.com", artist_name="Kettle Choir")
    )
    other = make_submission("submitted", label=wanted.label)
    typed = wanted.reference.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for term in (wanted.reference, typed, wanted.title, "kettle", "wanted@example"):
        page = office.get(LIST, {"q": term}).content.decode()
        assert wanted.reference in page, term
        assert other.reference not in page, term
    for url in (EVENTS, REVISIONS):
        page = office.get(url, {"q": typed}).content.decode()
        assert wanted.reference in page
        assert other.reference not in page


def test_list_is_filtered_by_state_and_label(office: Client) -> None:
    wanted = make_submission("in_review")
    other = make_submission("submitted", label=make_label("Ember"))
    for query in ({"state__exact": "in_review"}, {"label__id__exact": wanted.label_id}):
        page = office.get(LIST, query).content.decode()
        assert wanted.reference in page
        assert other.reference not in page


def test_queries_stay_the_same_for_more_rows(
    office: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_submission("submitted")
    with django_assert_num_queries(4):
        office.get(LIST)
    manager = make_member(first.label, Role.MANAGER)
    for state in ("in_review", "accepted", "rejected", "released"):
        deep = make_submission(state, label=first.label, manager=manager)
    with django_assert_num_queries(4):
        office.get(LIST)
    ContentType.objects.get_for_model(Submission)  # asked for once a process
    with django_assert_num_queries(5):  # one asks whether more time was taken already
        office.get(page_of(first))
    with django_assert_num_queries(4):
        office.get(page_of(deep))
    with django_assert_num_queries(3):
        office.get(EVENTS)


def test_offered_is_what_admins_may_do_but_for_listening_and_what_follows_a_release() -> None:
    allowed = {name for name, rule in RULES.items() if ActorRole.ADMIN in rule.roles}
    assert set(ADMIN_TRANSITIONS) == allowed - {"listened", "unschedule", "release"}


@pytest.mark.parametrize("state", [state for state in PATHS if state != "draft"])
def test_page_offers_what_the_state_allows(office: Client, state: str) -> None:
    page = office.get(page_of(make_submission(state))).content.decode()
    shown = set(re.findall(r"/act/(\w+)/", page))
    expected = {name for name in ADMIN_TRANSITIONS if state in RULES[name].sources}
    assert shown == expected - {"end_hold"}  # none is asked for


BEFORE = {
    "link_recovered": ["link_failed"],
    "end_hold": ["hold"],
    "approve": ["ask_for", "hand_in"],
    "ask_again": ["ask_for", "hand_in"],
    "waive": ["ask_for"],
}


@pytest.mark.parametrize("transition", ADMIN_TRANSITIONS)
def test_admin_acts_and_the_history_says_so(office: Client, admin_user: User, transition: str) -> None:
    rule = RULES[transition]
    usual = [state for state in ("in_review", "signed") if state in rule.sources]
    state = usual[0] if usual else min(rule.sources)
    submission = make_submission(state)
    for each in BEFORE.get(transition, []):
        manager = submission.label.memberships.get(role=Role.MANAGER).user
        submission = act(submission, each, manager=manager).submission
    said = {"days": 14, **initial_of(details_of(transition)), **row_details(submission, transition)}
    if transition == "ask_for":
        said = {"name0": "WAV master", "kind0": "link"}
    if transition == "extend":
        said = {"until": (now() + timedelta(days=20)).date()}
    moment = now() + timedelta(days=400 if transition == "expire" else 0)
    with at(moment):
        assert office.get(act_url(submission, transition)).status_code == 200
        assert post(office, submission, transition, **said) == 303
    event = last(submission)
    assert (event.transition, event.actor_role, event.actor) == (transition, "admin", admin_user)


def test_wrong_input_is_422_and_keeps_what_was_typed(office: Client) -> None:
    submission = make_submission("in_review")
    given = {"turn": submission.turn, "key": uuid.uuid4(), "note": "Typed with care"}
    response = office.post(act_url(submission, "reject"), given)
    assert response.status_code == 422
    assert "Typed with care" in response.content.decode()
    assert post(office, submission, "link_recovered", slot="audio") == 409
    assert last(submission).transition == "start_review"


def test_stale_page_is_409_and_says_who_was_faster(office: Client) -> None:
    submission = make_submission("in_review")
    act(submission, "shortlist", manager=make_member(submission.label, Role.OWNER))
    given = {"turn": submission.turn, "key": uuid.uuid4(), "note": "Typed with care", **OFFER}
    response = office.post(act_url(submission, "accept"), given)
    page = response.content.decode()
    assert response.status_code == 409
    assert "shortlisted it meanwhile" in page
    assert "Typed with care" in page
    assert post(office, submission, "start_review") == 409


def test_replayed_post_is_one_event(office: Client) -> None:
    submission = make_submission("in_review")
    key = uuid.uuid4()
    assert post(office, submission, "shortlist", key=key) == 303
    assert post(office, submission, "shortlist", key=key) == 303
    assert Event.objects.of(submission).filter(transition="shortlist").count() == 1


@pytest.mark.parametrize(
    "transition", ["submit", "sign", "withdraw", "resubmit", "decline", "listened", "nonsense"]
)
def test_what_is_the_producers_is_no_page(office: Client, transition: str) -> None:
    submission = make_submission("in_review")
    assert office.get(act_url(submission, transition)).status_code == 404
    assert post(office, submission, transition) == 404


def test_admin_who_is_the_producer_neither_reads_nor_acts(client: Client) -> None:
    producer = make_producer()
    submission = make_submission("in_review", producer=producer)
    User.objects.filter(pk=producer.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=producer.pk))
    for url in (LIST, EVENTS, REVISIONS):
        assert submission.reference not in client.get(url).content.decode()
    assert client.get(page_of(submission)).status_code == 302
    assert client.get(act_url(submission, "accept")).status_code == 404
    assert post(client, submission, "accept") == 404
    assert client.post(f"{EVENTS}{last(submission).pk}/redact/").status_code == 404
    assert last(submission).transition == "start_review"


def test_suspended_label_is_409(office: Client) -> None:
    submission = make_submission("in_review")
    Label.objects.filter(pk=submission.label_id).update(status="suspended")
    assert post(office, submission, "shortlist") == 409


def test_superuser_redacts_after_confirming(office: Client) -> None:
    submission = make_submission("changes_requested")
    event = last(submission)
    url = f"{EVENTS}{event.pk}/redact/"
    assert "Redact permanently" in office.get(url).content.decode()
    assert Event.objects.get(pk=event.pk).note
    assert office.post(url).status_code == 303
    redacted = Event.objects.get(pk=event.pk)
    assert (redacted.note, redacted.private) == ("", {})
    assert redacted.redacted_at
    assert redacted.digest_hex == event.digest_hex
    assert office.post(url).status_code == 409
    assert office.get(url).status_code == 409
    assert "/redact/" not in office.get(f"{EVENTS}{event.pk}/change/").content.decode()


def test_redacted_revision_opens(office: Client) -> None:
    submission = make_submission("submitted")
    office.post(f"{EVENTS}{last(submission).pk}/redact/")
    assert office.get(page_of(submission)).status_code == 200
    assert office.get(f"{REVISIONS}{Revision.objects.get().pk}/change/").status_code == 200
    assert Submission.objects.get().title == ""


def test_draft_opens_and_offers_nothing(office: Client) -> None:
    submission = make_submission("draft")
    page = office.get(page_of(submission)).content.decode()
    assert "/act/" not in page
