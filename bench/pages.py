"""The pages that are measured, with what each must reach."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from urllib.parse import quote, urljoin

from django.urls import reverse

from accounts.models import User
from bench.visitors import Cast
from insights.period import usual_span
from kit.clock import now
from submissions.choices import State
from submissions.models import Submission
from trackflow.testing.clients import client_of

PANE = {"HX-Request": "true", "HX-Target": "pane"}
SEARCH = "ball:any night"
DEEP = 1000
NEXT = re.compile(r'<a[^>]*\brel="next"[^>]*\bhref="([^"]+)"|<a[^>]*\bhref="([^"]+)"[^>]*\brel="next"')
SPANS = 20
"""Days by which either end of a span moves: more spans than a process keeps pages of."""


@dataclass(frozen=True)
class Page:
    """One page or several alike, asked for in turn; `most_ms` and `least_ratio` are what it must reach."""

    name: str
    paths: list[str]
    user: User | None
    most_ms: float | None = None
    least_ratio: float | None = None
    headers: dict[str, str] = field(default_factory=dict)


def pages_of(cast: Cast) -> list[Page]:
    """Return all pages, in the order of the table."""
    return [
        Page("signed-in “ok”", ["/bench/ok/"], cast.reviewer, 2.5, 0.20),
        *_desk_pages(cast),
        *_producer_pages(cast),
        Page("landing", ["/"], None, 1.5, 0.35),
        *_insights_pages(cast),
    ]


def _desk_pages(cast: Cast) -> list[Page]:
    desk, one = reverse("desk:queue", args=[cast.label.slug]), cast.reviewer
    waiting = Submission.objects.filter(label=cast.label, state=State.SUBMITTED).order_by("-submitted_at")
    demos = [f"{desk}{reference}/" for reference in waiting.values_list("reference", flat=True)[:40]]
    return [
        Page("queue, 50 rows", [f"{desk}?q="], one, 9, 0.06),
        Page("everything, page 1", [f"{desk}?q=ball:any"], one),
        Page("everything, a deep page", [deep_path(one, desk)], one),
        Page("queue, searched", [f"{desk}?q={quote(SEARCH)}"], one, 10, 0.05),
        Page("submission at the desk", demos, one, 9, 0.06),
        Page("submission beside the list", [f"{path}?q=" for path in demos], one, 14, 0.04),
        Page("the pane alone", [f"{path}?q=" for path in demos], one, headers=PANE),
    ]


def deep_path(member: User, desk: str) -> str:
    """Return the address of page 1,000 of everything, or of the last page."""
    client, path = client_of(member), f"{desk}?q=ball:any"
    for _ in range(DEEP - 1):
        answer = client.get(path, headers={"host": "127.0.0.1", "HX-Request": "true", "HX-Target": "more"})
        found = NEXT.search(answer.content.decode())
        if not found:
            break
        path = urljoin(desk, unescape(found[1] or found[2]))
    return path


def _producer_pages(cast: Cast) -> list[Page]:
    own = Submission.objects.filter(producer=cast.producer, label=cast.label).order_by("-pk")
    paths = [reverse("submissions:submission", args=[each.reference]) for each in own[:20]]
    directory = reverse("labels:directory")
    return [
        Page("producer’s own list", [reverse("submissions:list")], cast.producer, 6, 0.10),
        Page("producer’s submission", paths, cast.producer, 7, 0.08),
        Page("directory", [directory], cast.producer, 5, 0.12),
        Page("directory, signed out", [directory], None),
    ]


def _insights_pages(cast: Cast) -> list[Page]:
    """Insights of a quarter: the same one again, which is kept, and others that nobody asked for before."""
    figures, usual = reverse("insights:figures", args=[cast.label.slug]), usual_span(cast.label, now())
    moved = [
        (usual.since - timedelta(days=days), usual.until - timedelta(days=fewer))
        for days in range(SPANS)
        for fewer in range(SPANS)
    ]
    anew = [f"{figures}?since={since}&until={until}" for since, until in moved]
    return [
        Page("insights, a quarter", [figures], cast.manager, 12, 0.05),
        Page("insights, made anew", anew, cast.manager),
    ]
