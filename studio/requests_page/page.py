"""Requests to join: those that wait for one's answer, those that were answered, and one's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices

from accounts.models import User
from studio.choices import Level, RequestState, Visibility
from studio.models import CrewRequest, Project
from studio.names import PRIVATE_NOW
from studio.people import Person, person_of
from studio.requests_page.forms import AcceptForm

NEWEST_FIRST = ("-asked_at", "-id")
ANSWERED = (RequestState.ACCEPTED, RequestState.REFUSED)


class Show(TextChoices):
    """The lists of the page; the words of its links."""

    WAITING = "", "For you to answer"
    ANSWERED = "answered", "Answered"
    OWN = "own", "Your requests"


@dataclass(frozen=True)
class RequestRow:
    """A request with who asked, or whom, and the form of its answer for who may give it."""

    request: CrewRequest
    person: Person
    form: AcceptForm | None

    @property
    def sees_project(self) -> bool:
        """Whether the reader may know of the project as it is now; who may answer does."""
        return bool(getattr(self.request, "sees_project", True))

    @property
    def project_name(self) -> str:
        return self.request.project.shown_title if self.sees_project else PRIVATE_NOW

    @property
    def is_refused(self) -> bool:
        return self.request.state == RequestState.REFUSED

    @property
    def is_pending(self) -> bool:
        return self.request.state == RequestState.PENDING


def requests_of(user: User, show: Show) -> QuerySet[CrewRequest]:
    """Return requests of one list, of projects that are not in the bin."""
    rows = CrewRequest.objects.filter(project__discarded_at=None)
    if show == Show.OWN:
        mine = rows.filter(user=user).select_related("project__track", "project__owner__profile")
        return mine.annotate(sees_project=Exists(_seen_by(user)))
    answered = rows.filter(user__is_active=True, state__in=ANSWERED)
    mine = (answered if show == Show.ANSWERED else CrewRequest.objects.waiting()).filter(project__owner=user)
    return mine.select_related("project__track", "user__profile")


def _seen_by(user: User) -> QuerySet[Project]:
    """Return the project of a request, if the person still sees it."""
    rows = Project.objects.with_level(user).filter(pk=OuterRef("project"))
    return rows.filter(Q(visibility=Visibility.PUBLIC) | Q(level__gt=Level.NONE))


def rows_of(requests: Iterable[CrewRequest], show: Show, sent: dict[int, AcceptForm]) -> list[RequestRow]:
    """Return requests as rows; `sent` are forms that were refused, by the request's number."""
    return [_row(each, show, sent) for each in requests]


def _row(request: CrewRequest, show: Show, sent: dict[int, AcceptForm]) -> RequestRow:
    other = request.project.owner if show == Show.OWN else request.user
    form = sent.get(request.pk) or accept_form(request) if show == Show.WAITING else None
    return RequestRow(request, person_of(other), form)


def accept_form(request: CrewRequest, data: object = None) -> AcceptForm:
    return AcceptForm(data, initial={"parts": request.parts_wanted}, auto_id=f"request-{request.pk}_%s")
