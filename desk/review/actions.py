"""What this member can do with this submission now, as buttons and links; the door decides."""

from collections.abc import Container
from dataclasses import dataclass

from desk.context import DeskContext
from desk.review.preview import Preview
from desk.review.template_picker import Picker, named, picker_of, templates_for
from desk.widgets import number_reasons
from kit.forms import ActionForm
from labels.choices import Outcome
from submissions.forms import form_for
from submissions.transition_table import AT_DESK, PROPOSABLE, RULES


@dataclass(frozen=True)
class Action:
    """A button and the key that presses it; `state` is where it leads, "" for a fact.

    `form` is there for what one click does.
    """

    transition: str
    button: str
    key: str
    icon: str
    url: str
    state: str
    form: ActionForm | None = None
    is_proposal: bool = False

    @property
    def is_decision(self) -> bool:
        """Whether the queue goes on to what comes next."""
        return AT_DESK[self.transition].goes_on


@dataclass(frozen=True)
class Way:
    """A button of a panel's form: what it is called, and where it sends the form."""

    button: str
    url: str
    icon: str


@dataclass(frozen=True)
class Panel:
    """An action's form with what it will mean; `is_possible` is whether it can still be taken.

    `ways` are its buttons, first the one that Enter presses. `is_for_managers`: one of them releases it.
    """

    action: Action
    form: ActionForm
    ways: list[Way]
    told: str
    signature: str
    is_possible: bool
    is_for_managers: bool
    sentence: str = ""
    picker: Picker | None = None
    preview: Preview | None = None


def actions_of(context: DeskContext, *, happened: Container[str]) -> list[Action]:
    """Return what role, state and history allow, in the table's order; a reviewer's decisions as proposals."""
    own = [name for name in AT_DESK if context.refusal_of(name, happened=happened) is None]
    others = [name for name in PROPOSABLE if not context.may_act(name)] if context.proposal is None else []
    proposed = [
        name for name in AT_DESK if name in others and context.refusal_of(name, is_proposal=True) is None
    ]
    actions = [action_of(context, name) for name in own]
    return actions + [action_of(context, name, is_proposal=True) for name in proposed]


def action_of(context: DeskContext, transition: str, *, is_proposal: bool = False) -> Action:
    submission, rule, words = context.submission, RULES[transition], AT_DESK[transition]
    button, is_own = words.button, context.may_act(transition)
    return Action(
        transition=transition,
        button=f"Propose: {button[0].lower()}{button[1:]}" if is_proposal and not is_own else button,
        key=words.key,
        icon=rule.icon,
        url=context.url_of("propose" if is_proposal else "act", transition),
        state=rule.target.value if rule.target else "",
        form=form_for(submission, transition) if words.is_one_click else None,
        is_proposal=is_proposal,
    )


def panel_of(
    context: DeskContext,
    action: Action,
    form: ActionForm,
    *,
    sentence: str = "",
    used: str | None = None,
    preview: Preview | None = None,
) -> Panel:
    """Return a form as a panel; `used` is the number of the reply template that it holds."""
    words = AT_DESK[action.transition]
    refusal = context.refusal_of(action.transition, is_proposal=action.is_proposal)
    number_reasons(form)
    return Panel(
        action=action,
        form=form,
        ways=ways_of(context, action),
        told=words.told.format(label=context.desk.label, days=context.submission.intake.answer_days),
        signature=signature(context),
        is_possible=refusal is None,
        is_for_managers=action.is_proposal and not context.may_act(action.transition),
        sentence=sentence or str(refusal or ""),
        picker=None if refusal else _picker_of(context, action, used or form.data.get("used")),
        preview=preview,
    )


def ways_of(context: DeskContext, action: Action) -> list[Way]:
    """Return what one can do with a panel's form: send a decision now, or put it into the outbox."""
    transition = action.transition
    if transition not in PROPOSABLE or (action.is_proposal and not context.may_act(transition)):
        return [Way(action.button, action.url, action.icon)]
    now = Way("Send now", context.url_of("act", transition), action.icon)
    later = Way("Put into the outbox", context.url_of("propose", transition), "outbox")
    if context.proposal or context.refusal_of(transition, is_proposal=True):
        return [now]
    return [later, now] if action.is_proposal else [now, later]


def signature(context: DeskContext) -> str:
    """Return as whom the producer will see this member."""
    label, role = context.desk.label, context.desk.role.label
    name = context.user.name if label.shows_names else ""
    return f"{name} ({role})" if name else f"{label}’s {role}"


def _picker_of(context: DeskContext, action: Action, used: str | None) -> Picker | None:
    if action.transition not in Outcome.values:
        return None
    templates = templates_for(context, action.transition)
    return picker_of(action.url, templates, named(templates, used))
