"""The page of somebody with a share: they confirm it or object, and then follow the record. No account needed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest, impersonator_of
from kit.htmx import see_other
from submissions.choices import ActorRole, ShareAnswer, Transition
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Share
from submissions.permissions import Actor, refusal_for
from submissions.splits import links
from submissions.splits.collaborator_page import deal_words, shares_for, states_of
from submissions.splits.forms import AnswerForm
from submissions.splits.page import line_of, sheet_page
from submissions.splits.sheets import addresses_of
from submissions.transition_table import RULES
from submissions.workflow import perform

ANSWERS = {"confirm": Transition.CONFIRM_SPLIT, "object": Transition.OBJECT_SPLIT}
RULE = RULES[Transition.CONFIRM_SPLIT]
NOT_YOURS = "Only the person with this share can answer, from their own account or signed out."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split_show(request: HttpRequest, token: str) -> HttpResponse:
    """Show a share and its sheet, or answer; 410 once there is a newer sheet. Opening it changes nothing."""
    share = links.share_of(token)
    if share is None:
        raise Http404
    if not Share.objects.current().filter(pk=share.pk).exists():
        return _page(request, share, status=410)
    return _answer(request, share) if request.method == "POST" else _page(request, share)


def _answer(request: HttpRequest, share: Share) -> HttpResponse:
    form, answer = AnswerForm(request.POST), ANSWERS.get(request.POST.get("answer", ""))
    if not form.is_valid() or answer is None:
        return _page(request, share, form=form, sentence="Choose: confirm, or object.", status=422)
    if impersonator_of(request) or request.user == share.sheet.submission.producer:
        return _page(request, share, form=form, sentence=NOT_YOURS, status=403)
    try:
        _perform(share, form.cleaned_data, answer, _account_of(request, share))
    except ValidationError as error:
        form.add_error("note", error.messages)
        return _page(request, share, form=form, status=422)
    except (NotPossible, Stale, NotAllowed) as refusal:
        fresh = Share.objects.with_submission().get(pk=share.pk)
        is_gone = not Share.objects.current().filter(pk=share.pk).exists()
        return _page(request, fresh, sentence=str(refusal), status=410 if is_gone else 409)
    return see_other(links.path_of(share))


def _perform(share: Share, said: dict[str, Any], answer: Transition, user: User | None) -> None:
    note = said["note"] if answer == Transition.OBJECT_SPLIT else ""
    details = {"nonce": share.nonce, "sheet_digest": said["sheet"], "note": note}
    perform(
        share.sheet.submission, answer, actor=Actor.collaborator(user), turn=None, key=said["key"], **details
    )


def _account_of(request: HttpRequest, share: Share) -> User | None:
    """Return the signed-in account if it confirmed the share's address: the history then names it."""
    user = request.user
    return user if isinstance(user, User) and share.address in addresses_of(user) else None


def _page(
    request: HttpRequest,
    share: Share,
    *,
    form: AnswerForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    submission = share.sheet.submission
    context: dict[str, Any] = {"is_gone": status == 410, "sentence": sentence}
    if status != 410:
        is_confirmed = share.answer == ShareAnswer.CONFIRMED
        context |= {
            "submission": submission,
            "deal": deal_words(submission),
            "own": line_of(share),
            "splits": sheet_page(submission),
            "form": form or AnswerForm.of(share),
            "is_confirmed": is_confirmed,
            "can_answer": refusal_for(submission, RULE, ActorRole.COLLABORATOR, happened=()) is None,
            "states": states_of(submission) if is_confirmed else [],
        }
    response = render(request, "submissions/splits/collaborator.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"  # with none at all, browsers send the form without an origin
    return response


@require_safe
def split_list(request: SignedInRequest) -> HttpResponse:
    """The shares that others gave to the addresses of an account."""
    return render(request, "submissions/splits/mine.html", {"shares": shares_for(request.user)})
