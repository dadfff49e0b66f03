"""Polls of an open queue page: what changed, and who has a submission open."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.context import context_of
from desk.live import presence
from desk.live.news import News, news_of
from desk.live.page_state import page_state_of
from desk.queue import annotations
from desk.queue.listing import Listing, listing_of
from desk.queue.page import QueueParts, parts_of
from desk.queue.row import Row, rows_of
from kit import codes
from kit.routes import url_for
from labels.access import desk_of
from submissions.models import Submission
from submissions.query_words import ASKED


@require_safe
def queue_live(request: SignedInRequest, slug: str) -> HttpResponse:
    """Answer the changed and new rows of a list, and its tabs where their counts changed; 304 for what is up to date.

    Raises BadRequest where the page's state cannot be read.
    """
    desk = desk_of(request.user, slug)
    listing = listing_of(request, request.user, desk)
    if listing is None:
        raise BadRequest("The query of your list cannot be read. Reload the page.")
    column = "asked_at" if ASKED in listing.query.states else "moved_at"
    page_state = page_state_of(request.GET)
    news = news_of(request.user, desk.label, listing.rows, page_state, newcomers_by=column)
    parts = parts_of(listing.query, request.user, desk.label)
    etag = f'{news.etag[:-1]}-{parts.etag}"'
    if get_conditional_response(request, etag=etag):
        answer = HttpResponse(status=304)
    else:
        has_news = request.GET.get("counts") != parts.etag
        answer = render(request, "desk/live/_live.html", _context(listing, news, parts if has_news else None))
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    return answer


def _context(listing: Listing, news: News, parts: QueueParts | None) -> dict[str, object]:
    rows, label = _rows(listing, news), listing.desk.label
    return {
        "listing": listing,
        "search": listing.search,
        "label": label,
        "queue_url": url_for("desk:queue", label.slug),
        "parts": parts,
        "news": news,
        "changed": [rows[pk] for pk in news.changed],
        "newcomers": [rows[pk] for pk in news.newcomers],
    }


def _rows(listing: Listing, news: News) -> dict[int, Row]:
    """Return rows by primary key. Three queries, none where there are no rows."""
    wanted = {*news.changed, *news.newcomers}
    if not wanted:
        return {}
    everything = Submission.objects.at_desk(listing.user, listing.desk.label)
    submissions = list(annotations.with_list_annotations(everything.filter(pk__in=wanted), listing.user))
    rows = rows_of(submissions, listing.desk, suffix=listing.suffix, gone=news.gone, others=news.others)
    return {each.pk: row for each, row in zip(submissions, rows, strict=True)}


@require_POST
def submission_here(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Record that this member has the submission open, no longer the one they `left`; answer who else has.

    Viewers count too. Raises BadRequest where `left` is no reference.
    """
    context = context_of(request.user, slug, reference)
    left = _left(request.POST.get("left", ""))
    if left and left != context.submission.reference:
        presence.mark_closed(context.user, left)
    presence.mark_open(context.user, context.submission)
    others = presence.others_at(context.submission, context.user)
    values = {"label": context.desk.label, "submission": context.submission, "others": others}
    return render(request, "desk/live/_presence.html", values)


def _left(text: str) -> str:
    try:
        return text and codes.normalise("TF", text)
    except ValueError as error:
        raise BadRequest("What you left is no submission.") from error
