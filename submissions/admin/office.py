"""Acting from the office: the same forms and the same door as at a desk, recorded as admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.models import User
from kit.forms import ActionForm
from kit.htmx import see_other
from submissions.choices import ActorRole, LinkProblem, LinkSlot, Transition
from submissions.forms import FORMS, form_for
from submissions.models import Submission
from submissions.outcome import Outcome, attempt
from submissions.permissions import Actor
from submissions.sentences import DID
from submissions.transition_table import RULES

TEMPLATE = "admin/submissions/submission/act.html"


class LinkRecoveredForm(ActionForm):
    slot = forms.ChoiceField(label="Link", choices=LinkSlot)


class LinkFailedForm(LinkRecoveredForm):
    problem = forms.ChoiceField(choices=LinkProblem)


OF_SYSTEM: dict[str, type[ActionForm]] = {
    Transition.EXPIRE.value: ActionForm,
    Transition.LINK_FAILED.value: LinkFailedForm,
    Transition.LINK_RECOVERED.value: LinkRecoveredForm,
}
"""What the system does by itself and an admin may do in its place."""

OFFERED = [name for name in [*FORMS, *OF_SYSTEM] if ActorRole.ADMIN in RULES[name].roles]
"""`listened` is not among them: the office has no player."""


def may_act(user: User | AnonymousUser, submission: Submission) -> bool:
    """Whether this admin acts on submissions at all, and this one is not their own."""
    return user.has_perm("submissions.change_submission") and submission.producer_id != user.pk


def offered(user: User | AnonymousUser, submission: Submission) -> list[str]:
    """Return what an admin may do with a submission in its state."""
    if not may_act(user, submission):
        return []
    return [name for name in OFFERED if submission.state in RULES[name].sources]


def act(page: ModelAdmin[Any], request: HttpRequest, pk: int, transition: str) -> HttpResponse:
    """Show and take the form of one transition; 404, 403, 409 and 422 as on every page."""
    submission = get_object_or_404(page.get_queryset(request), pk=pk)
    if transition not in OFFERED:
        raise Http404
    if not may_act(request.user, submission) or not isinstance(request.user, User):
        raise PermissionDenied
    if request.method != "POST":
        form = _form(submission, transition)
        return _shown(page, request, submission, transition, Outcome(200, form))
    form = _form(submission, transition, request.POST)
    outcome = attempt(form, submission, transition, Actor.admin(request.user))
    if outcome.event is None:
        return _shown(page, request, submission, transition, outcome)
    page.message_user(request, f"{submission.reference}: you {DID[transition]}.", messages.SUCCESS)
    return see_other("admin:submissions_submission_change", submission.pk)


def _form(submission: Submission, transition: str, data: Any = None) -> ActionForm:
    if transition in FORMS:
        return form_for(submission, transition, data)
    return OF_SYSTEM[transition](data, turn=submission.turn)


def _shown(
    page: ModelAdmin[Any], request: HttpRequest, submission: Submission, transition: str, outcome: Outcome
) -> HttpResponse:
    fresh = Submission.objects.with_people().select_related("track").get(pk=submission.pk)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{Transition(transition).label}: {fresh.reference}",
        "submission": fresh,
        "form": outcome.form,
        "sentence": outcome.sentence,
        "is_possible": transition in offered(request.user, fresh),
        "back": reverse("admin:submissions_submission_change", args=[fresh.pk]),
    }
    return render(request, TEMPLATE, context, status=outcome.status)
