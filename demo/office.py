"""Blocks, reports, proofs, and a label that is behind: the demo's work for admins."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from catalog.models import Genre
from demo.tables import LABELS, read_toml
from kit.clock import at
from labels import backlog, profile
from labels.choices import Complaint
from labels.models import Label, Report
from labels.reports import service as reports
from labels.verification import service as verification
from submissions import backlogs
from submissions.choices import State
from submissions.models import Submission
from workspace.blocks import service as blocks
from workspace.verification import proof_submission


def block_and_report(people: Mapping[str, User], today: datetime) -> None:
    """Block a producer after a pass; file a settled report and an open one."""
    said = read_toml("office")
    with at(today - timedelta(days=5, hours=2)):
        passed = _passed_on(said["block"]["label"], people)
        blocks.block(passed, actor=people["manager"], why=said["block"]["reason"])
    with at(today - timedelta(days=12)):
        report = _report(said["report_settled"], people, Complaint.ASKS_MONEY)
    with at(today - timedelta(days=8, hours=20)):
        reports.settle(report, by=people["admin"], outcome=said["report_settled"]["outcome"])
    with at(today - timedelta(hours=20)):
        _report(said["report_waiting"], people, Complaint.GHOSTS)


def close_who_is_behind(today: datetime) -> None:
    """Warn the label that its producers wait for, and close it to new demos."""
    label = Label.objects.get(slug=read_toml("office")["behind"]["label"])
    with at(today - timedelta(days=6)):
        lasting = backlog.warn(label, backlogs.expired_at(label))
    with at(today - timedelta(days=2)):
        backlog.close(lasting)


def ask_for_verification(people: Mapping[str, User], today: datetime) -> None:
    """Submit proof for two new labels, one of which is asked a question, and links for older ones."""
    for spec in LABELS:
        if spec.links:
            label = Label.objects.get(slug=spec.slug)
            label.links = list(spec.links)
            profile.change_label(label, fields=["links"])
    said = read_toml("office")
    _submit_proof(said["proof_waiting"], people["ruby"], today - timedelta(days=2))
    _ask_back(said, people, today)


def _submit_proof(said: dict[str, Any], owner: User, moment: datetime) -> None:
    """Give proof, and follow the link in the mail an hour later."""
    label = Label.objects.get(slug=said.pop("label"))
    with at(moment):
        proof = proof_submission.give(label, by=owner, **said)
    with at(moment + timedelta(hours=1)):
        verification.confirm_address(verification.token_of(proof), label=label)


def _ask_back(said: Mapping[str, dict[str, Any]], people: Mapping[str, User], today: datetime) -> None:
    label, proof = said["newcomer"], said["proof_asked_back"]
    owner, genres = people[label.pop("owner")], Genre.objects.filter(slug__in=label.pop("genres"))
    question = proof.pop("question")
    with at(today - timedelta(days=3)):
        created = profile.create_label(owner=owner, genres=genres, **label)
        given = proof_submission.give(created, by=owner, said="", **proof)
    with at(today - timedelta(days=1)):
        verification.ask_back(given, by=people["admin"], words=question)


def _report(said: Mapping[str, str], people: Mapping[str, User], reason: Complaint) -> Report:
    label = Label.objects.get(slug=said["label"])
    return reports.report(label, reporter=people[said["by"]], reason=reason, text=said["text"])


def _passed_on(slug: str, people: Mapping[str, User]) -> Submission:
    """Return the label's last pass on a producer without a demo login."""
    cast = [people[login] for login in ("maya", "jonas", "lena")]
    passed = Submission.objects.filter(label__slug=slug, state=State.REJECTED).exclude(producer__in=cast)
    return passed.select_related("label", "producer").order_by("-moved_at", "-pk")[0]
