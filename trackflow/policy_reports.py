"""What browsers report of the Content-Security-Policy, added up by day; without queries, tokens or persons."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kit.clock import now
from kit.urls import split_url
from trackflow.models import PolicyReport

LARGEST = 20_000
"""Bytes of a request; browsers send one to two thousand for each report."""
MOST_REPORTS, MOST_A_DAY = 10, 500
"""Reports read of one request, and rows of one day: strangers can send anything."""
LASTS = timedelta(days=30)
ELSEWHERE = "(no page of ours)"


@csrf_exempt  # browsers send reports by themselves
@login_not_required
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Count what a browser reports; whatever it sends, the answer is the same."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= LARGEST:
        for report in _reports(request.body):
            count(report)
    return HttpResponse()


def count(report: dict[str, Any]) -> None:
    """Count a report; a new one beyond `MOST_A_DAY` is dropped."""
    row: dict[str, Any] = {
        "day": now().date(),
        "directive": _text(report, "effectiveDirective", "effective-directive", "violated-directive")[:40],
        "blocked": _blocked(_text(report, "blockedURL", "blocked-uri")),
        "page": _route(_text(report, "documentURL", "document-uri")),
    }
    if PolicyReport.objects.filter(**row).update(count=F("count") + 1):
        return
    if PolicyReport.objects.filter(day=row["day"]).count() < MOST_A_DAY:
        PolicyReport.objects.bulk_create([PolicyReport(**row)], ignore_conflicts=True)


def delete_old() -> int:
    """Delete what is older than 30 days; return how many rows."""
    return PolicyReport.objects.filter(day__lt=(now() - LASTS).date()).delete()[0]


def _reports(body: bytes) -> Iterator[dict[str, Any]]:
    """Yield the reports of a body in either form, `report-uri`'s or `report-to`'s."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return
    for each in (sent if isinstance(sent, list) else [sent])[:MOST_REPORTS]:
        found = (each.get("csp-report") or each.get("body")) if isinstance(each, dict) else None
        if isinstance(found, dict):
            yield found


def _text(report: dict[str, Any], *names: str) -> str:
    values = (report.get(name) for name in names)
    return next((each.replace("\0", "") for each in values if isinstance(each, str) and each), "")


def _blocked(address: str) -> str:
    """Return the host that was kept out, or a word such as `inline`; nothing of its path."""
    parts = split_url(address)
    return (parts.netloc.rpartition("@")[2] or parts.scheme or address.partition("?")[0])[:100]


def _route(address: str) -> str:
    """Return the pattern of the page's address, which holds no code and no token."""
    try:
        return resolve(split_url(address).path).route[:100] or "/"
    except Resolver404:
        return ELSEWHERE
