"""The page on which a producer selects labels for a track: found ones best fit first, and those selected so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from catalog.models import Track
from kit import pages
from kit.clock import now
from labels.directory.fit import Candidate, Fit, Level, Weight, fit_of
from labels.directory.fit_order import BY_FIT, ranked_intakes
from labels.directory.queries import in_genre
from labels.directory.response_record import RecordSummary, record_summary
from labels.intakes import rule_words
from labels.models import Intake, Label
from submissions.fit.candidate import candidate_of, tries_of
from submissions.models import LabelList
from submissions.multi_send.forms import MOST, LabelSearchForm
from submissions.multi_send.plans import plan_of

ROWS = 40
LOOKING = ("find", "after", "before", "add")
"""Parameters by which the page looks on for labels instead of going on with those selected."""


@dataclass(frozen=True)
class Row:
    """An open intake with its fit, and what its label asks and promises."""

    fit: Fit
    promise: str
    questions: int
    record_summary: RecordSummary

    @property
    def intake(self) -> Intake:
        return self.fit.intake


def choose_page(user: User, track: Track, query: QueryDict) -> dict[str, Any]:
    """Return the page's context; the number of queries does not depend on how many labels there are."""
    candidate = candidate_of(user, track, tries_of(track), elsewhere=Weight.STOP)
    ranked = ranked_intakes(candidate, now())
    form = LabelSearchForm(query, user=user)
    selected, message = _selected(ranked, candidate, query, user)
    unselected = _found(ranked, form).exclude(code__in=[each.intake.code for each in selected])
    page = pages.page(unselected, query, order=BY_FIT, size=ROWS)
    return {
        "track": track,
        "candidate": candidate,
        "search": form,
        "is_filtered": any(form.cleaned_data.values()),
        "rows": [_row(intake, candidate) for intake in page],
        "selected": selected,
        "message": message,
        "most": MOST,
        "next": pages.cursor(page.items[-1], BY_FIT) if page.next_url else "",
        "previous": pages.cursor(page.items[0], BY_FIT) if page.previous_url else "",
        "lists": list(LabelList.objects.owned_by(user).order_by("name")),
        "plan": plan_of(track),
    }


def _found(ranked: QuerySet[Any], form: LabelSearchForm) -> QuerySet[Any]:
    full = ranked.select_related("label__record").prefetch_related("genres", "questions")
    if not form.is_valid():
        return full.none()
    asked = form.cleaned_data
    if asked["name"]:
        full = full.filter(label__name__icontains=asked["name"])
    if asked["genre"]:
        full = full.filter(label__in=Label.objects.filter(in_genre(asked["genre"].slug)))
    if asked["list"]:
        full = full.filter(label__in=_labels_of(asked["list"]))
    return full.filter(level__gte=Level.CHECK) if asked["can"] else full


def _labels_of(found: LabelList) -> QuerySet[Any]:
    return LabelList.labels.through.objects.filter(labellist=found).values("label")


def _row(intake: Intake, candidate: Candidate) -> Row:
    questions = [each for each in intake.questions.all() if each.retired_at is None]
    fit = fit_of(intake, candidate, now())
    return Row(fit, rule_words.promise(intake), len(questions), record_summary(intake.label))


def _selected(
    ranked: QuerySet[Any], candidate: Candidate, query: QueryDict, user: User
) -> tuple[list[Fit], str]:
    """Return the selected intakes, with those that `add` names, and a sentence about what could not be added.

    `add` is the code of a label list, or codes of intakes.
    """
    full = ranked.select_related("label__record").prefetch_related("genres")
    asked = set(_texts(query, "to"))
    fits = [
        fit_of(each, candidate, now()) for each in full.filter(code__in=asked).order_by("label__name", "id")
    ]
    closed = len(asked) - len(fits)
    words = query.get("add", "").replace("\x00", "").split()
    if not words:
        return fits, _about_closed(closed)
    found = LabelList.objects.owned_by(user).filter(code=words[0]).first()
    wanted = full.filter(label__in=_labels_of(found)) if found else full.filter(code__in=words)
    added = [fit_of(each, candidate, now()) for each in wanted.order_by(*BY_FIT)]
    if found:
        closed += found.labels.count() - len({fit.intake.label_id for fit in added})
    joined, said = _joined(fits, added)
    return joined, f"{said} {_about_closed(closed)}".strip()


def _about_closed(number: int) -> str:
    if not number:
        return ""
    return f"{rule_words.count(number, 'label')} of these {'is' if number == 1 else 'are'} closed now."


def _joined(selected: list[Fit], added: Iterable[Fit]) -> tuple[list[Fit], str]:
    """Return the selected ones with the first way to send of each label added, as far as there is room."""
    labels, stopped, beyond = {each.intake.label_id for each in selected}, 0, 0
    joined = list(selected)
    for fit in added:
        if fit.intake.label_id in labels:
            continue
        labels.add(fit.intake.label_id)
        if fit.is_stopped:
            stopped += 1
        elif len(joined) >= MOST:
            beyond += 1
        else:
            joined.append(fit)
    said = [f"{rule_words.count(stopped, 'label')} cannot get it: see why below."] if stopped else []
    said += (
        [f"{rule_words.count(beyond, 'label')} more would be over {MOST}, the most at a time."]
        if beyond
        else []
    )
    return sorted(joined, key=lambda fit: fit.intake.label.name), " ".join(said)


def _texts(query: QueryDict, name: str) -> list[str]:
    return [each for each in query.getlist(name) if "\x00" not in each]
