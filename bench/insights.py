"""Measure a label's insights on what `bench.load` loaded: `make bench-insights`. Prints a Markdown table."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from urllib.parse import urlencode

from bench import setup

setup.join()

from django.core.management import call_command  # noqa: E402  # after setup
from django.db.models import Count, Max, Min  # noqa: E402  # after setup
from django.test import Client  # noqa: E402  # after setup
from django.urls import NoReverseMatch, reverse  # noqa: E402  # after setup

from bench.watching import Answered, ask, timed  # noqa: E402  # after setup
from insights import summing  # noqa: E402  # after setup
from insights.adding import figures_of  # noqa: E402  # after setup
from insights.figures import Span  # noqa: E402  # after setup
from insights.models import Passage, Tally  # noqa: E402  # after setup
from insights.spans import cut_span, usual_span  # noqa: E402  # after setup
from kit.clock import now  # noqa: E402  # after setup
from labels.choices import Role  # noqa: E402  # after setup
from labels.models import Label, Membership  # noqa: E402  # after setup
from submissions.models import Submission  # noqa: E402  # after setup

ROUNDS = 15
OPEN_MONTHS = 3
"""The latest months, in which something always moves, are measured without tallies."""


def main() -> None:
    member = the_manager()
    label = member.label
    if Passage.objects.at(label).count() < Submission.objects.sent().filter(label=label).count():
        call_command("rebuild_insights")
        setup.vacuum()
    print(f"{Passage.objects.at(label).count()} passages at {label}\n")
    print("| what | queries | total | database | processor: total | database |")
    print("| --- | --- | --- | --- | --- | --- |")
    spans = {"usual span": usual_span(label, now()), "everything": everything(label)}
    summing.sum_up(label)
    for months, words in ((OPEN_MONTHS, "as usual"), (None, "without any tallies")):
        leave_open(label, months)
        for name, span in spans.items():
            row(
                f"figures, {name}, {words}",
                lambda span=span: timed(lambda: figures_of(label, span, member.user)),
            )
            page(f"page, {name}, {words}", member, span)
    summing.sum_up(label)


def the_manager() -> Membership:
    """Return a manager of the label that has most."""
    most = Passage.objects.values("label").annotate(count=Count("pk")).order_by("-count").first()
    label = most["label"] if most else Label.objects.order_by("pk").first()
    return Membership.objects.select_related("user", "label").filter(label=label, role=Role.MANAGER)[0]


def everything(label: Label) -> Span:
    ends = Passage.objects.at(label).aggregate(first=Min("received_at"), last=Max("received_at"))
    return cut_span(ends["first"].date(), ends["last"].date())


def leave_open(label: Label, months: int | None) -> None:
    """Take away the tallies of the last months, or of all."""
    since = now().date() - timedelta(days=31 * months) if months else date.min
    Tally.objects.filter(label=label, month__gte=since).delete()


def page(name: str, member: Membership, span: Span) -> None:
    try:
        url = reverse("insights:figures", args=[member.label.slug])
    except NoReverseMatch:
        return
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(member.user)
    asked = f"{url}?{urlencode({'since': span.since, 'until': span.until})}"
    row(name, lambda: ask(client, asked))


def row(name: str, measure: Callable[[], Answered]) -> None:
    measure()
    many = [measure() for _ in range(ROUNDS)]
    if many[0].status != 200:
        print(f"| {name} | answered {many[0].status} |")
        return
    times = (
        median(getattr(each, part) for each in many) for part in ("total", "database", "cpu", "database_cpu")
    )
    shown = " | ".join(f"{each:.0f} ms" for each in times)
    print(f"| {name} | {many[-1].queries} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
