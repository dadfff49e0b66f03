"""Measure the desk on what `bench.load` loaded: `make bench-queue`. Prints Markdown tables."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from statistics import median
from urllib.parse import urlencode

from bench import setup

setup.set_up()

from django.core.management import call_command  # noqa: E402  # after setup
from django.test import Client  # noqa: E402  # after setup

from bench.measurement import Measurement, measure_page, rendered_again, spread  # noqa: E402  # after setup
from desk.live.page_state import row_word  # noqa: E402  # after setup
from desk.models import SavedView  # noqa: E402  # after setup
from desk.queue import annotations  # noqa: E402  # after setup
from desk.queue.row_etag import row_etag  # noqa: E402  # after setup
from kit.clock import now  # noqa: E402  # after setup
from labels.choices import Role  # noqa: E402  # after setup
from labels.models import Label, Membership  # noqa: E402  # after setup
from submissions.models import Submission  # noqa: E402  # after setup

ROUNDS = 20
PAGES = 200
PANES = 200
NEXT = re.compile(r'<a[^>]*\brel="next"[^>]*\bhref="([^"]+)"|<a[^>]*\bhref="([^"]+)"[^>]*\brel="next"')
LISTS = {
    "first page": "",
    "everything": "ball:any",
    "passed": "is:passed",
    "filtered: genre and tempo": "genre:techno bpm:120-140",
    "filtered: five terms": "ball:any bpm:120-130 mixes:8A ai:no older:30d",
    "overdue, by due date": "overdue",
    "due by Friday": "due:..friday",
    "releases": "ball:releases",
    "left out": 'ball:any -tag:"tag 1" -night',
    "by tempo": "ball:any sort:fastest",
    "dead links": "ball:any link:dead",
    "first demo here": "ball:any first",
    "my queue": "assignee:me",
    "nobody’s": "ball:any assignee:none",
    "common tag": 'ball:any tag:"tag 1"',
    "rare tag, by due date": 'tag:"tag 30"',
    "scored four and more": "ball:any score:>=4",
    "by score": "ball:any sort:score",
    "search: common word": "ball:any night",
    "search: rare word": "ball:any petrichor",
    "search: two words": "ball:any velvet tunnel",
}
PANE = {"HX-Request": "true", "HX-Target": "pane"}


def main() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    member = the_reviewer()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(member.user)
    desk = f"/desk/{member.label.slug}/"
    print(f"{Submission.objects.filter(label=member.label).count()} submissions at {member.label}")
    chosen = parse_arguments().only.split(",") if parse_arguments().only else list(PARTS)
    for name in chosen:
        PARTS[name](client, desk)


def the_reviewer() -> Membership:
    """Return a reviewer of the label with the most submissions, which was created first."""
    team = Membership.objects.select_related("user", "label").order_by("label_id", "pk")
    return team.filter(role=Role.REVIEWER)[0]


def lists(client: Client, desk: str) -> None:
    header()
    searches = LISTS | {"search: reference": f"ball:any {some_reference(desk)}"}
    for name, text in searches.items():
        row(name, client, address(desk, text))


def header() -> None:
    print(
        "\n| page | queries | total | database | template | processor: total | database | template | ratio |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")


def row(name: str, client: Client, url: str) -> None:
    """Print the medians of one URL, and of its template alone."""
    first = measure_page(client, url)
    if first.status != 200:
        print(f"| {name} | answered {first.status} |")
        return
    many = [measure_page(client, url) for _ in range(ROUNDS)]
    wall = [median(each.total for each in many), median(each.database for each in many)]
    spent = [median(each.cpu for each in many), median(each.database_cpu for each in many)]
    drawn = rendered_again(client, url, ROUNDS)
    wall.append(median(each for each, _ in drawn))
    spent.append(median(each for _, each in drawn))
    times = " | ".join(f"{each:.1f} ms" for each in (*wall, *spent))
    print(f"| {name} | {many[-1].queries} | {times} | {spent[0] / spent[2]:.2f} |", flush=True)


def deep(client: Client, desk: str) -> None:
    """Go to page 200 by 199 next links."""
    for text in ("is:passed", "ball:any", "ball:any sort:due", "ball:any sort:fastest"):
        pages = list(walk_pages(client, address(desk, text)))
        report(f"{len(pages)} pages of {text}", [each for _, each in pages])
        header()
        row(f"page {len(pages)} of {text}", client, pages[-1][0])


def walk_pages(client: Client, url: str, most: int = PAGES) -> Iterator[tuple[str, Measurement]]:
    for _ in range(most):
        page = measure_page(client, url)
        yield url, page
        found = NEXT.search(page.body)
        if not found:
            return
        url = absolute_url(url, unescape(found[1] or found[2]))


def absolute_url(url: str, link: str) -> str:
    return url.partition("?")[0] + link if link.startswith("?") else link


def panes(client: Client, desk: str) -> None:
    """Follow next from pane to pane, as j does."""
    first = measure_page(client, address(desk, ""))
    link = re.search(rf'href="({re.escape(desk)}TF-[^"?]+/[^"]*)"', first.body)
    url, many = unescape(link[1]) if link else sys.exit("no submission listed"), []
    for _ in range(PANES):
        pane = measure_page(client, url, headers=PANE)
        many.append(pane)
        found = NEXT.search(pane.body)
        if not found:
            break
        url = absolute_url(url, unescape(found[1] or found[2]))
    report("next pane", many)


def polls(client: Client, desk: str) -> None:
    """Poll for changes, as an open page does every ten seconds, and for the counts of six views."""
    label = Label.objects.get(slug=desk.split("/")[2])
    found = list(annotations.with_proposals(Submission.objects.filter(label=label, state="submitted"))[:50])
    seen = "~".join(row_word(each.reference, row_etag(each, label, now())) for each in found)
    for name, since, words in (
        ("nothing new", now(), seen),
        ("all of it new", now() - timedelta(days=2), ""),
    ):
        url = f"{desk}live/?{urlencode({'q': '', 'seen': words, 'since': since.isoformat()})}"
        report(f"live poll, {name}", [measure_page(client, url) for _ in range(ROUNDS)])
        tag = {"If-None-Match": client.get(url).headers["ETag"]}
        report(f"live poll, {name}, known", [measure_page(client, url, headers=tag) for _ in range(ROUNDS)])
    views = [SavedView(name=f"Bench {text}", query=text) for text in list(LISTS.values())[:6]]
    for view in views:
        view.label, view.owner_id = label, int(client.session["_auth_user_id"])
        view.save()
    headers = {"HX-Request": "true", "HX-Target": "view-links"}
    counts = [measure_page(client, f"{desk}views/?q=", headers=headers) for _ in range(ROUNDS)]
    report("counts of six views", counts)
    SavedView.objects.filter(pk__in=[view.pk for view in views]).delete()


def report(name: str, many: list[Measurement]) -> None:
    total, database = spread([each.total for each in many]), spread([each.database for each in many])
    queries, cpu = max(each.queries for each in many), spread([each.cpu for each in many])
    print(
        f"\n{name}: {len(many)} requests, at most {queries} queries, "
        f"total p50 {total.median:.1f} ms, p95 {total.late:.1f} ms, worst {total.worst:.1f} ms; "
        f"database p50 {database.median:.1f} ms, p95 {database.late:.1f} ms; "
        f"processor p50 {cpu.median:.1f} ms, p95 {cpu.late:.1f} ms"
    )


def some_reference(desk: str) -> str:
    found = Submission.objects.filter(label__slug=desk.split("/")[2]).order_by("submitted_at")
    return found.values_list("reference", flat=True)[40_000 if found.count() > 40_000 else 0]


def address(desk: str, text: str) -> str:
    return f"{desk}?{urlencode({'q': text})}"


PARTS: dict[str, Callable[[Client, str], None]] = {
    "lists": lists,
    "deep": deep,
    "panes": panes,
    "polls": polls,
}


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help=f"some of {', '.join(PARTS)}, with commas")
    return parser.parse_args()


if __name__ == "__main__":
    main()
