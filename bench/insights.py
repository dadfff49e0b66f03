"""Measure a label's insights on what `bench.load` loaded: `make bench-insights`. Prints a Markdown table."""

from collections.abc import Callable
from statistics import median

from bench import setup

setup.set_up()

from django.core.cache import caches  # noqa: E402  # after setup
from django.core.management import call_command  # noqa: E402  # after setup
from django.db.models import Count, Max, Min  # noqa: E402  # after setup
from django.test import Client  # noqa: E402  # after setup
from django.urls import reverse  # noqa: E402  # after setup

from bench.measurement import Measurement, measure_call, measure_page  # noqa: E402  # after setup
from insights.figures import Span  # noqa: E402  # after setup
from insights.label_stats import figures_of  # noqa: E402  # after setup
from insights.models import SubmissionFacts  # noqa: E402  # after setup
from insights.period import cut_span, usual_span  # noqa: E402  # after setup
from kit.clock import now  # noqa: E402  # after setup
from labels.choices import Role  # noqa: E402  # after setup
from labels.models import Label, Membership  # noqa: E402  # after setup
from submissions.models import Submission  # noqa: E402  # after setup

ROUNDS = 15


def main() -> None:
    member = the_manager()
    label = member.label
    if SubmissionFacts.objects.at(label).count() < Submission.objects.sent().filter(label=label).count():
        call_command("rebuild_insights")
        setup.vacuum()
    print(f"{SubmissionFacts.objects.at(label).count()} submissions at {label}\n")
    print("| what | queries | by the clock | processor: total | database |")
    print("| --- | --- | --- | --- | --- |")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(member.user)
    row("notifications, for comparison", lambda: measure_page(client, reverse("notifications:list")))
    for name, span in {"usual span": usual_span(label, now()), "everything": everything(label)}.items():
        url = f"{reverse('insights:figures', args=[label.slug])}?since={span.since}&until={span.until}"
        row(f"figures, {name}", lambda span=span: measure_call(lambda: figures_of(label, span, member.user)))
        row(
            f"page, {name}, made anew",
            lambda url=url: measure_page(client, url),
            before=caches["pages"].clear,
        )
        row(f"page, {name}, kept", lambda url=url: measure_page(client, url))


def the_manager() -> Membership:
    """Return a manager of the label with the most submissions."""
    most = SubmissionFacts.objects.values("label").annotate(count=Count("pk")).order_by("-count").first()
    label = most["label"] if most else Label.objects.order_by("pk").first()
    return Membership.objects.select_related("user", "label").filter(label=label, role=Role.MANAGER)[0]


def everything(label: Label) -> Span:
    ends = SubmissionFacts.objects.at(label).aggregate(first=Min("received_at"), last=Max("received_at"))
    return cut_span(ends["first"].date(), ends["last"].date())


def row(name: str, measure: Callable[[], Measurement], before: Callable[[], object] = lambda: None) -> None:
    """Print medians, and the best in brackets, which other work on the machine affects least."""
    many = []
    for _ in range(ROUNDS + 1):
        before()
        many.append(measure())
    assert {each.status for each in many} == {200}
    times = [[getattr(each, part) for each in many[1:]] for part in ("total", "cpu", "database_cpu")]
    shown = " | ".join(f"{median(each):.1f} ({min(each):.1f}) ms" for each in times)
    print(f"| {name} | {many[-1].queries} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
