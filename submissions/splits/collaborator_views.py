"""The page of somebody with a share or of a co-producer: they answer, and follow the record. No account needed."""

from dataclasses import dataclass
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
from submissions.models import CoProducer, Share, Submission
from submissions.permissions import Actor, refusal_for
from submissions.splits import links
from submissions.splits.co_producers import co_producer_at, follow, share_of_person
from submissions.splits.collaborator_page import deal_words, followed_for, shares_for, states_of
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
    """Show a share with its sheet, or what a co-producer follows; or answer. Opening it changes nothing.

    410 once there is a newer sheet, or the producer has ended it.
    """
    if share := links.share_of(token):
        if not Share.objects.current().filter(pk=share.pk).exists():
            return _page(request, Reader(share), status=410)
        reader = Reader(share, co_producer_at(share.sheet.submission, share.address))
        return _answer(request, reader) if request.method == "POST" else _page(request, reader)
    person = links.co_producer_of(token)
    if person is None:
        raise Http404
    if person.ended_at:
        return _page(request, Reader(None, person), status=410)
    reader = Reader(share_of_person(person), person)
    return _answer(request, reader) if request.method == "POST" else _page(request, reader)


@dataclass(frozen=True)
class Reader:
    """Whose link it is: somebody with a share, a co-producer, or both; never neither."""

    share: Share | None
    person: CoProducer | None = None

    @property
    def submission(self) -> Submission:
        if self.share:
            return self.share.sheet.submission
        assert self.person
        return self.person.submission

    @property
    def address(self) -> str:
        return self.person.email if self.person else self.share.address if self.share else ""

    @property
    def has_confirmed(self) -> bool:
        return self.share is not None and self.share.answer == ShareAnswer.CONFIRMED

    @property
    def sees_states(self) -> bool:
        """Who follows, and who confirmed their share, unless the producer ended it."""
        is_ended = self.person is not None and self.person.ended_at is not None
        return not is_ended and (self.has_confirmed or (self.person is not None and self.person.is_following))


def _answer(request: HttpRequest, reader: Reader) -> HttpResponse:
    form, said, share = AnswerForm(request.POST), request.POST.get("answer", ""), reader.share
    follows = said == "follow" and reader.person is not None
    answer = ANSWERS.get(said)
    if not follows and (share is None or answer is None or not form.is_valid()):
        return _page(request, reader, form=form, sentence="Choose: confirm, or object.", status=422)
    if impersonator_of(request) or request.user == reader.submission.producer:
        return _page(request, reader, form=form, sentence=NOT_YOURS, status=403)
    user = _account_of(request, reader)
    if share and answer and (refused := _refusal(request, reader, share, form, answer, user)):
        return refused
    if reader.person:
        follow(reader.person, user)
    return see_other(request.path)


def _refusal(
    request: HttpRequest,
    reader: Reader,
    share: Share,
    form: AnswerForm,
    answer: Transition,
    user: User | None,
) -> HttpResponse | None:
    """Perform an answer to a share; return the page that says why it was refused, None if it was not."""
    try:
        _perform(share, form.cleaned_data, answer, user)
    except ValidationError as error:
        form.add_error("note", error.messages)
        return _page(request, reader, form=form, status=422)
    except (NotPossible, Stale, NotAllowed) as refusal:
        return _refused(request, reader, share, str(refusal))
    return None


def _refused(request: HttpRequest, reader: Reader, share: Share, sentence: str) -> HttpResponse:
    """Answer 409 with what stands now, or 410 where the link was that of an old sheet."""
    if reader.person and not reader.person.ended_at:
        fresh = Reader(share_of_person(reader.person), reader.person)
        return _page(request, fresh, sentence=sentence, status=409)
    fresh = Reader(Share.objects.with_submission().get(pk=share.pk), reader.person)
    is_gone = not Share.objects.current().filter(pk=share.pk).exists()
    return _page(request, fresh, sentence=sentence, status=410 if is_gone else 409)


def _perform(share: Share, said: dict[str, Any], answer: Transition, user: User | None) -> None:
    note = said["note"] if answer == Transition.OBJECT_SPLIT else ""
    details = {"nonce": share.nonce, "sheet_digest": said["sheet"], "note": note}
    perform(
        share.sheet.submission, answer, actor=Actor.collaborator(user), turn=None, key=said["key"], **details
    )


def _account_of(request: HttpRequest, reader: Reader) -> User | None:
    """Return the signed-in account if it confirmed the address: history and list then name it."""
    user = request.user
    return user if isinstance(user, User) and reader.address in addresses_of(user) else None


def _page(
    request: HttpRequest,
    reader: Reader,
    *,
    form: AnswerForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    submission = reader.submission
    context: dict[str, Any] = {
        "is_gone": status == 410,
        "is_ended": reader.share is None,
        "sentence": sentence,
    }
    if status != 410:
        context |= {
            "submission": submission,
            "person": reader.person,
            "may_follow": reader.person is not None and not reader.sees_states and not reader.person.ended_at,
            "states": states_of(submission) if reader.sees_states else [],
        }
        if reader.share:
            context |= _share_context(reader.share, form)
    response = render(request, "submissions/splits/collaborator.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _share_context(share: Share, form: AnswerForm | None) -> dict[str, Any]:
    submission = share.sheet.submission
    return {
        "deal": deal_words(submission),
        "own": line_of(share),
        "splits": sheet_page(submission),
        "form": form or AnswerForm.of(share),
        "is_confirmed": share.answer == ShareAnswer.CONFIRMED,
        "can_answer": refusal_for(submission, RULE, ActorRole.COLLABORATOR, happened=()) is None,
    }


@require_safe
def split_list(request: SignedInRequest) -> HttpResponse:
    """The shares that others gave to the addresses of an account, and the demos that it may follow."""
    context = {"shares": shares_for(request.user), "followed": followed_for(request.user)}
    return render(request, "submissions/splits/mine.html", context)
