"""Transitions in the admin: the same forms and the same door as at a desk, in the role of an admin."""

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
from submissions.forms import FORMS, Outcome, attempt, form_for
from submissions.models import Submission
from submissions.permissions import Actor, refusal_for
from submissions.transition_table import RULES

TEMPLATE = "admin/submissions/submission/act.html"


class LinkRecoveredForm(ActionForm):
    slot = forms.ChoiceField(label="Link", choices=LinkSlot)


class LinkFailedForm(LinkRecoveredForm):
    problem = forms.ChoiceField(choices=LinkProblem)


SYSTEM_FORMS: dict[str, type[ActionForm]] = {
    Transition.EXPIRE.value: ActionForm,
    Transition.LINK_FAILED.value: LinkFailedForm,
    Transition.LINK_RECOVERED.value: LinkRecoveredForm,
}
"""The system's transitions, which an admin may perform too."""

ADMIN_TRANSITIONS = [name for name in [*FORMS, *SYSTEM_FORMS] if ActorRole.ADMIN in RULES[name].roles]
"""Without `listened`: the admin has no player."""


def may_act(user: User | AnonymousUser, submission: Submission) -> bool:
    """Whether this admin may act on submissions, and this one is not their own."""
    return user.has_perm("submissions.change_submission") and submission.producer_id != user.pk


def available_transitions(user: User | AnonymousUser, submission: Submission) -> list[str]:
    """Return the transitions that an admin may perform now."""
    if not may_act(user, submission):
        return []
    return [
        name for name in ADMIN_TRANSITIONS if refusal_for(submission, RULES[name], ActorRole.ADMIN) is None
    ]


def act(page: ModelAdmin[Any], request: HttpRequest, pk: int, transition: str) -> HttpResponse:
    """Show the form of a transition, or perform it."""
    submission = get_object_or_404(page.get_queryset(request), pk=pk)
    if transition not in ADMIN_TRANSITIONS:
        raise Http404
    if not may_act(request.user, submission) or not isinstance(request.user, User):
        raise PermissionDenied
    if request.method != "POST":
        form = _form(submission, transition)
        return _render(page, request, submission, transition, Outcome(200, form))
    form = _form(submission, transition, request.POST)
    outcome = attempt(form, submission, transition, Actor.admin(request.user))
    if outcome.event is None:
        return _render(page, request, submission, transition, outcome)
    page.message_user(request, f"{submission.reference}: you {RULES[transition].did}.", messages.SUCCESS)
    return see_other("admin:submissions_submission_change", submission.pk)


def _form(submission: Submission, transition: str, data: Any = None) -> ActionForm:
    if transition in FORMS:
        return form_for(submission, transition, data)
    return SYSTEM_FORMS[transition](data, turn=submission.turn)


def _render(
    page: ModelAdmin[Any], request: HttpRequest, submission: Submission, transition: str, outcome: Outcome
) -> HttpResponse:
    fresh = Submission.objects.with_people().select_related("track").get(pk=submission.pk)
    refusal = refusal_for(fresh, RULES[transition], ActorRole.ADMIN)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{Transition(transition).label}: {fresh.reference}",
        "submission": fresh,
        "form": outcome.form,
        "sentence": outcome.sentence or str(refusal or ""),
        "is_possible": refusal is None,
        "back": reverse("admin:submissions_submission_change", args=[fresh.pk]),
    }
    return render(request, TEMPLATE, context, status=outcome.status)
