"""The producer's pages: one submission, and the list."""

from itertools import pairwise
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.clock import now
from kit.forms import CleanText
from kit.htmx import answer
from kit.routes import url_for
from submissions import deadlines
from submissions.choices import MessageSide
from submissions.conversation.forms import MessageForm
from submissions.conversation.page import TalkUrls, conversation_of, in_order
from submissions.conversation.rows import Talk, producer_rows_of
from submissions.copy_view import compare_revisions, copy_view
from submissions.deliverables.page import needed_of
from submissions.demo_parts import read_parts
from submissions.drafts.service import draft_of, revision_now
from submissions.expectations import deadline_words
from submissions.expectations import page as expectations_page
from submissions.holds.page import hold_words
from submissions.masters.status import read_masters
from submissions.models import Revision, Submission
from submissions.next_steps import next_steps
from submissions.offers.page import offers_of
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages import listing
from submissions.producer_pages.actions import choices_of
from submissions.producer_pages.cards import cards
from submissions.timeline import Entry, outcome_words, timeline
from submissions.transition_table import DEALS, LINKLESS, MADE, NEGOTIATED, QUIET


@require_safe
def submission_show(request: SignedInRequest, reference: str) -> HttpResponse:
    return submission_page(request, producer_pages_access.get_own(request.user, reference))


PAGE = "submissions/producer_pages/submission.html"
PARTIALS = {"conversation": "submissions/conversation/_swap.html"}


def submission_page(
    request: HttpRequest, submission: Submission, *, sentence: str = "", status: int = 200, **talk: Any
) -> HttpResponse:
    """Return the page of a submission; `sentence` says why another page was refused.

    `talk` is a message as it was typed, and why it was not sent.
    """
    context = _draft_context(submission) if submission.is_draft else _sent_context(submission)
    context |= {"submission": submission, "sentence": sentence, **talk}
    return answer(request, PAGE, context, partials=PARTIALS, status=status)


def _draft_context(submission: Submission) -> dict[str, Any]:
    read_parts(submission)
    revision = revision_now(submission, None, draft_of(submission, None))
    return {"demo": copy_view(revision, links=True)}


def _sent_context(submission: Submission) -> dict[str, Any]:
    rows = producer_rows_of(submission)
    events, revisions = rows.events, rows.revisions
    talk = talk_context(submission, rows.talk, revisions[-1])
    current = deadlines.read(events, submission.label.pauses())
    entries = timeline(submission, team=False, events=events)
    return {
        "entries": in_order(entries, talk["conversation"].rows),
        **talk,
        "co_producers": rows.co_producers,
        "hold": hold_words(submission, events, team=False),
        **_turn_context(submission, entries),
        "expected": expectations_page.expectations(submission, current, now()),
        "clock": deadline_words.deadline_words(submission, current, events[0].payload, now()),
        "choices": choices_of(submission, current),
        "demo": copy_view(revisions[-1], links=True),
        "revision": revisions[-1],
        "changes": _changes(revisions),
        "needed": needed_of(events, now()) if submission.state in MADE else None,
        "masters": read_masters(events) if submission.state in DEALS else [],
    }


def talk_context(submission: Submission, talk: Talk, revision: Revision | None) -> dict[str, Any]:
    """Return the conversation as its producer reads it, with the form and its addresses."""
    demo = copy_view(revision, links=True) if revision else None
    conversation = conversation_of(submission, talk, MessageSide.PRODUCER, revision=revision, demo=demo)
    names = ("messages", "messages-read", "messages-mute")
    return {
        "conversation": conversation,
        "message_form": MessageForm(to=str(submission.label)),
        "talk_urls": TalkUrls(*(url_for(f"submissions:{name}", submission.reference) for name in names)),
    }


def _turn_context(submission: Submission, entries: list[Entry]) -> dict[str, Any]:
    """Return how it ended and what is possible then, or the offer that waits for an answer; else nothing."""
    last = next(entry for entry in reversed(entries) if entry.event.transition not in QUIET)
    if submission.state in LINKLESS:
        return {
            "outcome": last,
            "outcome_words": outcome_words(submission, last.event),
            "steps": next_steps(submission, last.event),
        }
    offers = offers_of(submission) if submission.state in NEGOTIATED else None
    return {"offers": offers, "has_deal": submission.state in DEALS}


def _changes(revisions: list[Revision]) -> list[dict[str, Any]]:
    """Return every revision but the first, newest first, with its changes."""
    pairs = reversed(list(pairwise(revisions)))
    return [
        {"revision": after, "rows": compare_revisions(before, after, links=True)} for before, after in pairs
    ]


VIEWS = ("board", "table")
ROWS = 24


class SearchForm(CleanText, forms.Form):
    q = forms.CharField(
        label="Search",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, label or reference"}),
    )


@require_safe
def submission_list(request: SignedInRequest) -> HttpResponse:
    """A producer's own submissions, as a board or as a table with tabs."""
    form, query = SearchForm(request.GET), request.GET
    is_valid = form.is_valid()
    text = form.cleaned_data.get("q", "")
    own = listing.Own(request.user, text, is_valid)
    tab = query.get("tab", "")
    view = query.get("view") or ("table" if tab else "board")
    build = _table if view == "table" else _board
    context = {
        "form": form,
        "text": text,
        "view": view if view in VIEWS else "board",
        **build(request, own, tab if tab in listing.TABS else "all"),
    }
    return render(request, "submissions/producer_pages/list.html", context, status=200 if is_valid else 422)


def _board(request: SignedInRequest, own: listing.Own, current: str) -> dict[str, Any]:
    counts, newest = own.board()
    tabs = listing.tabs(counts, current)
    return {"tabs": tabs, "current": current, "columns": listing.columns(newest, tabs, now())}


def _table(request: SignedInRequest, own: listing.Own, current: str) -> dict[str, Any]:
    found = listing.in_tab(own.rows, current)
    page = pages.page(found, request.GET, order=listing.NEWEST_FIRST, size=ROWS)
    tabs = listing.tabs(own.by_state(), current)
    return {"tabs": tabs, "current": current, "page": page, "cards": cards(page.items, now())}
