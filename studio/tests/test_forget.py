"""What an anonymised person leaves in the studio: codes and events, whichever job forgets first."""

from collections.abc import Callable

import pytest

from accounts.models import User
from catalog.models import Track
from catalog.tasks import forget_profile
from catalog.tests.builders import make_producer, make_track
from studio.choices import Act, Level, RequestState, Visibility
from studio.forget import REMOVED
from studio.models import CrewRequest, Project, ProjectCrew
from studio.tasks import forget_person
from studio.tests.builders import a_pack, a_project, act
from submissions.tests.builders import make_submission

pytestmark = pytest.mark.django_db
Jobs = tuple[Callable[..., None], ...]
ORDERS: dict[str, Jobs] = {
    "catalogue first": (forget_profile, forget_person),
    "studio first": (forget_person, forget_profile),
}


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner, title="Secret title")


def fresh(project: Project) -> Project:
    return Project.objects.select_related("track").get(pk=project.pk)


@pytest.mark.parametrize("order", ORDERS)
def test_unsent_track_of_a_project_is_deleted_in_either_order(
    owner: User, project: Project, order: str
) -> None:
    act(project, Act.LINK_TRACK, owner, track=make_track(owner, title="Secret title"))
    for job in ORDERS[order] * 2:
        job(user_id=owner.pk)
    after = fresh(project)
    assert (after.track, after.title, after.artist) == (None, REMOVED, "")
    assert not Track.objects.filter(owner=owner).exists()


@pytest.mark.parametrize("order", ORDERS)
def test_sent_track_stays_with_its_project_and_has_no_words(
    owner: User, project: Project, order: str
) -> None:
    track = make_submission(producer=owner).track
    act(project, Act.LINK_TRACK, owner, track=track)
    for job in ORDERS[order] * 2:
        job(user_id=owner.pk)
    after = fresh(project)
    assert after.track == track
    assert (after.track.title, str(after)) == ("", "(untitled)")


def test_request_that_waits_is_withdrawn_and_an_answered_one_stays(owner: User, project: Project) -> None:
    person = make_producer()
    other = a_project(owner)
    for each in (project, other):
        act(each, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
        act(each, Act.ASK_TO_JOIN, person, message="Secret", parts=["secret"])
    act(other, Act.REFUSE_REQUEST, owner, request=other.requests.get().pk)
    forget_person(user_id=person.pk)
    states = CrewRequest.objects.order_by("pk").values_list("state", "message", "parts_wanted")
    assert list(states) == [(RequestState.WITHDRAWN, "", []), (RequestState.REFUSED, "", [])]


def test_parts_that_an_owner_wrote_for_their_crew_are_emptied(owner: User, project: Project) -> None:
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    act(project, Act.ASK_TO_JOIN, make_producer(), parts=["drums"])
    accepted = {"request": project.requests.get().pk, "level": Level.EDIT, "parts": ["secret"]}
    act(project, Act.ACCEPT_REQUEST, owner, **accepted)
    pack = a_pack(owner)
    act(pack, Act.ADD_CREW, owner, person=make_producer(), level=Level.VIEW, parts=["secret"])
    elsewhere = a_project(make_producer())
    act(elsewhere, Act.ADD_CREW, elsewhere.owner, person=make_producer(), level=Level.VIEW, parts=["kept"])
    forget_person(user_id=owner.pk)
    assert [each.parts for each in ProjectCrew.objects.order_by("pk")] == [[], ["kept"]]
    assert (pack.crew.get().parts, project.requests.get().parts_given) == ([], [])
