"""What this member can do with this submission now, as buttons and links; the door decides."""

from dataclasses import dataclass

from desk.context import Case
from desk.review.action_table import ACTIONS, DECIDING, ONE_CLICK
from desk.review.preview import Preview
from desk.review.template_picker import Picker, named, picker_of, templates_for
from desk.widgets import give_keys
from kit.forms import ActionForm
from labels.choices import Outcome
from submissions.forms import form_for
from submissions.transition_table import PROPOSABLE, RULES


@dataclass(frozen=True)
class Action:
    """A button and the key that presses it; `state` is where it leads, "" for a fact.

    `form` is there for what one click does.
    """

    transition: str
    button: str
    key: str
    url: str
    state: str
    form: ActionForm | None = None
    is_proposal: bool = False

    @property
    def is_decision(self) -> bool:
        """Whether the queue goes on to what comes next."""
        return self.transition in DECIDING


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


def actions_of(case: Case, *, is_extended: bool) -> list[Action]:
    """Return what role and state allow, in the table's order; a reviewer's decisions as proposals."""
    open_now = [name for name in ACTIONS if case.is_possible(name) and not (is_extended and name == "extend")]
    may_propose = case.proposal is None
    own = [action_of(case, name) for name in open_now if case.may_act(name)]
    others = [name for name in open_now if not case.may_act(name) and case.may_propose(name) and may_propose]
    return own + [action_of(case, name, is_proposal=True) for name in others]


def action_of(case: Case, transition: str, *, is_proposal: bool = False) -> Action:
    submission, button = case.submission, ACTIONS[transition].button
    is_own = case.may_act(transition)
    target = RULES[transition].target
    return Action(
        transition=transition,
        button=f"Propose: {button[0].lower()}{button[1:]}" if is_proposal and not is_own else button,
        key=ACTIONS[transition].key,
        url=case.url_of("propose" if is_proposal else "act", transition),
        state=target.value if target else "",
        form=form_for(submission, transition) if transition in ONE_CLICK else None,
        is_proposal=is_proposal,
    )


def panel_of(
    case: Case,
    action: Action,
    form: ActionForm,
    *,
    sentence: str = "",
    used: str | None = None,
    preview: Preview | None = None,
) -> Panel:
    """Return a form as a panel; `used` is the number of the reply template that it holds."""
    words = ACTIONS[action.transition]
    give_keys(form)
    return Panel(
        action=action,
        form=form,
        ways=ways_of(case, action),
        told=words.told.format(label=case.desk.label, days=case.submission.intake.answer_days),
        signature=signature(case),
        is_possible=case.is_possible(action.transition),
        is_for_managers=action.is_proposal and not case.may_act(action.transition),
        sentence=sentence or _closed(case, action),
        picker=_picker_of(case, action, used or form.data.get("used")),
        preview=preview,
    )


def ways_of(case: Case, action: Action) -> list[Way]:
    """Return what one can do with a panel's form: send a decision now, or put it into the outbox."""
    transition = action.transition
    if transition not in PROPOSABLE or (action.is_proposal and not case.may_act(transition)):
        return [Way(action.button, action.url, transition)]
    now = Way("Send now", case.url_of("act", transition), transition)
    later = Way("Put into the outbox", case.url_of("propose", transition), "outbox")
    if case.proposal:
        return [now]
    return [later, now] if action.is_proposal else [now, later]


def signature(case: Case) -> str:
    """Return as whom the producer will see this member."""
    label, role = case.desk.label, case.desk.role.label
    name = case.user.name if label.shows_names else ""
    return f"{name} ({role})" if name else f"{label}’s {role}"


def _picker_of(case: Case, action: Action, used: str | None) -> Picker | None:
    if action.transition not in Outcome.values or not case.is_possible(action.transition):
        return None
    templates = templates_for(case, action.transition)
    return picker_of(action.url, templates, named(templates, used))


def _closed(case: Case, action: Action) -> str:
    if case.is_possible(action.transition):
        return ""
    if case.desk.label.is_suspended:
        return f"{case.desk.label} is suspended: nothing can be decided until that is over."
    return f"This cannot be done while it says “{case.submission.words.desk_name}”."
