from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from insights.producer_stats import own_page_of


@require_safe
def own_show(request: SignedInRequest) -> HttpResponse:
    """Show a producer what came of what they sent, over all labels and at each."""
    return render(request, "insights/producer_stats.html", own_page_of(request.user))
