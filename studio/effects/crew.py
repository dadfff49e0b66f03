"""Who works on it: crew, and strangers who would like to."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from kit.forms import need_short
from studio.choices import Level, RequestState
from studio.effects.context import Context
from studio.effects.steps import free_steps
from studio.errors import Gone, NotPossible, NotVisible
from studio.levels import level_in_project
from studio.models import CrewRequest
from studio.models.crew import LONGEST_PART, MOST_PARTS

MOST_CREW = 100
ANSWER = ("state", "answered_at", "answered_by")
"""What an answer changes in a request, and nothing that is emptied meanwhile."""


def add_crew(context: Context, *, person: User, level: int, parts: Sequence[str] = ()) -> dict[str, Any]:
    """Add somebody to the crew, or give them another level or other parts."""
    if level not in (Level.VIEW, Level.EDIT):
        raise ValidationError({"level": "Choose their access."})
    if person.pk == context.it.owner_id:
        raise ValidationError({"person": "The owner already has full access."})
    if not person.is_active:
        raise ValidationError({"person": "This account is closed."})
    if context.it.crew.exclude(user=person).count() >= MOST_CREW:
        raise ValidationError({"person": f"A crew can have at most {MOST_CREW} people."})
    given: dict[str, Any] = {"level": level, "parts": need_parts(parts)}
    _, is_new = context.it.crew.update_or_create(
        user=person, defaults=given, create_defaults={**given, "since": context.now}
    )
    if context.project_row:
        _settle(context, person, given["parts"])
    return {"person": person.pk, "level": int(level), "is_new": is_new}


def _settle(context: Context, person: User, parts: list[str]) -> None:
    """Whoever is added while their request waits needs no other answer."""
    context.project.requests.filter(user=person, state=RequestState.PENDING).update(
        state=RequestState.ACCEPTED, answered_at=context.now, answered_by=context.user, parts_given=parts
    )


def remove_crew(context: Context, *, person: int) -> dict[str, Any]:
    removed, _ = context.it.crew.filter(user=person).delete()
    if not removed:
        raise Gone("member of the crew")
    free_steps(_projects(context), [User(pk=person)])
    return {"person": person}


def _projects(context: Context) -> list[int]:
    """Return the keys of the project, or of the pack's."""
    return (
        [context.project.pk]
        if context.project_row
        else list(context.pack.projects.values_list("pk", flat=True))
    )


def leave(context: Context) -> dict[str, Any]:
    """Take oneself out of the crew."""
    removed, _ = context.it.crew.filter(user=context.user).delete()
    if not removed:
        raise NotPossible("You cannot leave here: it is your own, or you are in the crew of its pack.")
    free_steps(_projects(context), [context.user] if context.user else [])
    return {}


def ask_to_join(context: Context, *, message: str = "", parts: Sequence[str] = ()) -> dict[str, Any]:
    """Ask the owner of a public project to be in its crew; not again after a refusal."""
    if context.level != Level.SEE or context.user is None:
        raise NotPossible("You are already in the crew.")
    wanted = {"message": need_short("message", message, 2000), "parts_wanted": need_parts(parts)}
    found = CrewRequest.objects.filter(project=context.project, user=context.user).first()
    if found and found.state in (RequestState.PENDING, RequestState.REFUSED):
        raise NotPossible(f"You have already asked to join: {found.get_state_display().lower()}.")
    begun: dict[str, Any] = {
        "asked_at": context.now,
        "answered_at": None,
        "answered_by": None,
        "parts_given": [],
    }
    request, _ = CrewRequest.objects.update_or_create(
        project=context.project,
        user=context.user,
        defaults={**wanted, **begun, "state": RequestState.PENDING},
    )
    return {"request": request.pk}


def withdraw_request(context: Context) -> dict[str, Any]:
    """Take one's own request back, even if one does not see the project any more."""
    request = context.project.requests.filter(user=context.user).first()
    if request is None and context.level == Level.NONE:
        raise NotVisible()
    if request is None or request.state != RequestState.PENDING:
        raise NotPossible("You have no open request to withdraw.")
    request.state = RequestState.WITHDRAWN
    request.save(update_fields=["state"])
    return {"request": request.pk}


def accept_request(
    context: Context, *, request: int, level: int = Level.VIEW, parts: Sequence[str] = ()
) -> dict[str, Any]:
    """Take somebody who asked into the crew, with these parts, in one transaction with the answer."""
    found = _answered(context, request, RequestState.ACCEPTED)
    found.parts_given = need_parts(parts)
    found.save(update_fields=[*ANSWER, "parts_given"])
    if level_in_project(found.user, context.project) < Level.VIEW:
        return {"request": request} | add_crew(context, person=found.user, level=level, parts=parts)
    return {"request": request, "person": found.user_id}


def refuse_request(context: Context, *, request: int) -> dict[str, Any]:
    _answered(context, request, RequestState.REFUSED).save(update_fields=ANSWER)
    return {"request": request}


def reopen_request(context: Context, *, request: int) -> dict[str, Any]:
    """Let a refused request wait for an answer again."""
    found = _request(context, request)
    if found.state != RequestState.REFUSED:
        raise NotPossible("This request was not declined.")
    found.state, found.answered_at, found.answered_by = RequestState.PENDING, None, None
    found.save(update_fields=ANSWER)
    return {"request": request}


def need_parts(parts: Sequence[str]) -> list[str]:
    """Return parts as they are stored. Raises ValidationError beside their field."""
    named = [need_short("parts", each, LONGEST_PART) for each in parts]
    found = list(dict.fromkeys(each for each in named if each))
    if len(found) > MOST_PARTS:
        raise ValidationError({"parts": f"Name at most {MOST_PARTS} parts."})
    return found


def _request(context: Context, pk: int) -> CrewRequest:
    found = context.project.requests.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Gone("request")
    return found


def _answered(context: Context, pk: int, state: RequestState) -> CrewRequest:
    found = _request(context, pk)
    if found.state != RequestState.PENDING:
        raise NotPossible(f"This request is no longer open: {found.get_state_display().lower()}.")
    found.state, found.answered_at, found.answered_by = state, context.now, context.user
    return found
