"""Why a project is named on Next, in words, and the one thing that helps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from accounts.models import User
from kit.routes import url_for
from studio.cards import Card
from studio.choices import Level, State
from studio.models import CrewRequest, Project, ProjectStep
from studio.names import name_of
from studio.next_page.rule_table import RuleName
from submissions.models import Submission


@dataclass(frozen=True)
class Reason:
    """Why, and what to press: a link, or a button that moves the project (`move`)."""

    why: str
    action: str
    url: str = ""
    move: str = ""


def of_request(user: User, project: Project, request: CrewRequest, at: datetime) -> Reason:
    wanted = f": {', '.join(request.parts_wanted)}" if request.parts_wanted else ""
    why = f"{name_of(request.user)} asks to join{wanted}."
    return Reason(why, "Answer the request", url_for("studio:requests"))


def of_reply(user: User, project: Project, demo: Submission, at: datetime) -> Reason:
    why = f"{demo.label} is waiting for you: {demo.words.producer_name}."
    return Reason(why, f"Reply to {demo.label}", demo.get_absolute_url())


def of_my_step(user: User, project: Project, step: ProjectStep, at: datetime) -> Reason:
    return Reason(f"“{step.name}” is assigned to you.", "Open the step", _page_of(project, step))


def of_nearly(user: User, project: Project, step: ProjectStep | None, at: datetime) -> Reason:
    if step is None:
        pick = f"{Card(project, None).pick}.{State.FINISHED}"
        return Reason("All steps are done.", "Move to Finished", move=pick)
    why = f"{project.progress.percent}% done. The next step is “{step.name}”."
    return Reason(why, "Open the step", _page_of(project, step))


def of_others(user: User, project: Project, step: ProjectStep, at: datetime) -> Reason:
    who = name_of(step.assignee) if step.assignee else step.assignee_name
    return Reason(f"“{step.name}” is assigned to {who}.", "Open the step", _page_of(project, step))


def of_untouched(user: User, project: Project, step: None, at: datetime) -> Reason:
    days = (at - project.touched_at).days
    return Reason(f"Nobody has worked on it for {days} days.", "Pick it up again", _page_of(project))


def of_lately(user: User, project: Project, step: None, at: datetime) -> Reason:
    days = (at.astimezone(user.zone).date() - project.touched_at.astimezone(user.zone).date()).days
    when = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    action = "Continue" if _level(project) >= Level.EDIT else "Open"
    return Reason(f"Last worked on {when}.", action, _page_of(project))


REASONS: Mapping[RuleName, Callable[[User, Project, Any, datetime], Reason]] = MappingProxyType(
    {
        RuleName.REQUEST: of_request,
        RuleName.REPLY: of_reply,
        RuleName.MY_STEP: of_my_step,
        RuleName.NEARLY: of_nearly,
        RuleName.OTHERS: of_others,
        RuleName.UNTOUCHED: of_untouched,
        RuleName.LATELY: of_lately,
    }
)


def _page_of(project: Project, step: ProjectStep | None = None) -> str:
    page = url_for("studio:project", project.code)
    return f"{page}#step-{step.number}" if step else page


def _level(project: Project) -> int:
    return int(getattr(project, "level", Level.NONE))
