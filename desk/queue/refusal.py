"""What cannot be shown as asked for, said with a way back."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from labels.models import Label


def not_understood(request: SignedInRequest, label: Label, messages: list[str]) -> HttpResponse:
    """Answer 422 with these sentences and the way back to the queue."""
    context = {"label": label, "sentences": messages, "q": request.GET.get("q")}
    return render(request, "desk/queue/not_understood.html", context, status=422)
