"""The answer to an open page that asks whether something was written."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from submissions.conversation.page import Conversation

LIVE = "submissions/conversation/_live.html"


def live_answer(request: HttpRequest, conversation: Conversation, context: dict[str, Any]) -> HttpResponse:
    """Return the messages, 304 for what the page shows already; with the form where the page has none and may."""
    etag = f'"{conversation.tag}"'
    if get_conditional_response(request, etag=etag):
        answer = HttpResponse(status=304)
    else:
        shows_form_anew = request.GET.get("writes") == "0" and not conversation.refusal
        values = {**context, "conversation": conversation, "shows_form_anew": shows_form_anew}
        answer = render(request, LIVE, values)
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    return answer
