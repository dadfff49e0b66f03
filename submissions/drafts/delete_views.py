from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from submissions.drafts import service as drafts
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages.views import submission_page


@require_http_methods(["GET", "HEAD", "POST"])
def submission_delete(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask, then delete a draft; what was sent stays."""
    submission = producer_pages_access.own(request.user, reference)
    if request.method != "POST":
        if not submission.is_draft:
            messages.warning(request, "What was sent cannot be deleted. You may take it back.")
            return redirect(submission)
        return render(request, "submissions/drafts/delete.html", {"submission": submission})
    if not drafts.discard(submission):
        fresh = producer_pages_access.own_in_full(request.user, reference)
        sentence = "You sent it meanwhile. What was sent cannot be deleted."
        return submission_page(request, fresh, sentence=sentence, status=409)
    messages.success(request, f"The draft of “{submission.track}” is deleted.")
    return see_other("submissions:list")
