"""Requests to join: answered by owners, and looked after by who asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.forms import KeyedForm
from kit.htmx import answer, see_other
from studio.access import project_of
from studio.choices import Act
from studio.forms import Outcome, attempt
from studio.models import CrewRequest
from studio.names import name_of
from studio.requests_page.forms import AcceptForm
from studio.requests_page.page import NEWEST_FIRST, Show, accept_form, requests_of, rows_of

SIZE = 20
PARTIALS = {"requests": "studio/requests_page/_swap.html"}
SAID = {
    Act.ACCEPT_REQUEST: "{} was added to the crew of {}.",
    Act.REFUSE_REQUEST: "You declined {}’s request to join {}.",
    Act.REOPEN_REQUEST: "{}’s request to join {} is waiting for your answer again.",
}


@require_safe
def request_list(request: SignedInRequest) -> HttpResponse:
    """List requests that wait for one's answer, those that were answered, or one's own."""
    word = request.GET.get("show", "")
    return _page(request, Show(word) if word in Show.values else Show.WAITING)


@require_POST
def request_accept(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take somebody who asked into the crew."""
    found = _request(request, code, pk, Act.ACCEPT_REQUEST)
    return _answer(request, found, accept_form(found, request.POST), Act.ACCEPT_REQUEST)


@require_POST
def request_refuse(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    found = _request(request, code, pk, Act.REFUSE_REQUEST)
    return _answer(request, found, KeyedForm(request.POST), Act.REFUSE_REQUEST)


@require_POST
def request_reopen(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Let a refused request wait for an answer again."""
    found = _request(request, code, pk, Act.REOPEN_REQUEST)
    return _answer(request, found, KeyedForm(request.POST), Act.REOPEN_REQUEST)


def _request(request: SignedInRequest, code: str, pk: int, act: Act) -> CrewRequest:
    """Return a request of a project; raises Http404, and PermissionDenied for who may not answer it."""
    seen = project_of(request.user, code)
    seen.require(act)
    found = CrewRequest.objects.select_related("user__profile", "project__track").filter(
        project=seen.project, pk=pk
    )
    if row := found.first():
        return row
    raise Http404


def _answer(request: SignedInRequest, found: CrewRequest, form: KeyedForm, act: Act) -> HttpResponse:
    outcome = attempt(form, found.project, act, request.user, request=found.pk)
    if outcome.event is None:
        return _page(request, Show.WAITING, found, outcome)
    messages.success(request, SAID[act].format(name_of(found.user), found.project))
    return see_other("studio:requests")


def _page(
    request: SignedInRequest, show: Show, found: CrewRequest | None = None, outcome: Outcome | None = None
) -> HttpResponse:
    """Show one of the lists, with the form of a request that could not be answered so."""
    query = request.GET.copy()
    page = pages.page(requests_of(request.user, show), query, order=NEWEST_FIRST, size=SIZE)
    sent = {found.pk: outcome.form} if found and outcome and isinstance(outcome.form, AcceptForm) else {}
    context = {
        "here": "requests",
        "show": show,
        "lists": Show,
        "page": page,
        "rows": rows_of(page, show, sent),
        "sentence": outcome.sentence if outcome else "",
        "form": KeyedForm(),
    }
    status = outcome.status if outcome else 200
    return answer(request, "studio/requests_page/requests.html", context, partials=PARTIALS, status=status)
