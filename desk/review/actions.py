"""The actions that a member can take on a submission now, and their forms. The door decides."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from desk.context import DeskContext
from desk.offers.picker import OfferChoice, choices_for
from desk.review.plays import is_unplayed, silent_host
from desk.review.preview import Preview
from desk.review.template_picker import Picker, find_template, picker_of, templates_for
from desk.scores.page import NumberedRadios
from kit.forms import ActionForm
from labels.choices import ReplyPurpose
from submissions.choices import Transition
from submissions.forms import RejectForm, form_for
from submissions.reason_table import REASONS
from submissions.transition_table import AT_DESK, PROPOSABLE, RULES


@dataclass(frozen=True)
class Action:
    """A button and its key; `state` is the state it leads to, "" if none; `form` is set if one click does it."""

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
        """Whether the queue goes on to the next submission."""
        return AT_DESK[self.transition].goes_on

    @property
    def starts_on_play(self) -> bool:
        """Whether playing the demo does it too."""
        return self.transition == Transition.START_REVIEW


@dataclass(frozen=True)
class Button:
    """A submit button of a panel: its text, and where it sends the form."""

    button: str
    url: str
    icon: str


@dataclass(frozen=True)
class Panel:
    """An action's form with its explanation; `is_possible` is whether it can still be taken.

    Enter presses the first of the buttons. `is_for_managers`: a manager has to send it.
    """

    action: Action
    form: ActionForm
    buttons: list[Button]
    explanation: str
    signature: str
    is_possible: bool
    is_for_managers: bool
    sentence: str = ""
    picker: Picker | None = None
    preview: Preview | None = None
    undo_seconds: int = 0
    offer_choices: list[OfferChoice] | None = None


def actions_of(context: DeskContext, *, happened: Container[str]) -> list[Action]:
    """Return what role, state and history allow, in the table's order; a reviewer's decisions are proposals."""
    listed = [name for name, words in AT_DESK.items() if not words.is_apart]
    own = [name for name in listed if context.refusal_of(name, happened=happened) is None]
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
    """Return a form as a panel; `used` is the id of the reply template that it holds."""
    words = AT_DESK[action.transition]
    refusal = context.refusal_of(action.transition, is_proposal=action.is_proposal)
    number_reasons(form)
    return Panel(
        action=action,
        form=form,
        buttons=buttons_of(context, action),
        explanation=words.told.format(label=context.desk.label, days=context.submission.intake.answer_days),
        signature=signature(context),
        is_possible=refusal is None,
        is_for_managers=action.is_proposal and not context.may_act(action.transition),
        sentence=sentence or str(refusal or ""),
        picker=None if refusal else _picker_of(context, action, used or form.data.get("used")),
        preview=preview,
        undo_seconds=0 if action.is_proposal else context.undo_seconds(action.transition),
        offer_choices=None if refusal else choices_for(context.desk.label, action.transition, action.url),
    )


def buttons_of(context: DeskContext, action: Action) -> list[Button]:
    """Return the buttons of a panel: send a decision now, or put it into the outbox."""
    transition = action.transition
    if transition not in PROPOSABLE or (action.is_proposal and not context.may_act(transition)):
        return [Button(action.button, action.url, action.icon)]
    now = Button("Send now", context.url_of("act", transition), action.icon)
    later = Button("Put in the outbox", context.url_of("propose", transition), "outbox")
    if context.proposal or context.refusal_of(transition, is_proposal=True):
        return [now]
    return [later, now] if action.is_proposal else [now, later]


def signature(context: DeskContext) -> str:
    """Return the name under which the producer sees this member."""
    label, role = context.desk.label, context.desk.role.label
    name = context.user.name if label.shows_names else ""
    return f"{name} ({role})" if name else f"{label}’s {role}"


def _picker_of(context: DeskContext, action: Action, used: str | None) -> Picker | None:
    if action.transition not in ReplyPurpose.values:
        return None
    templates = templates_for(context, action.transition)
    return picker_of(action.url, templates, find_template(templates, used))


CONFIRM_UNPLAYED = "Pass without anybody having played it here"
CONFIRM_UNKNOWN = "Pass although nothing here shows that it was played"


class UnplayedRejectForm(RejectForm):
    """The usual form with a question that must be confirmed; the answer is not stored.

    Asked once per sign-in and label when nobody at the label has played the demo here, and not where it was heard
    elsewhere.
    """

    unheard = forms.BooleanField(
        label=CONFIRM_UNPLAYED,
        required=False,
        widget=forms.CheckboxInput(attrs={"aria-keyshortcuts": "y"}),
        template_name="desk/review/_unheard.html",
    )

    template_name = "desk/review/_reject.html"

    @property
    def asks_only(self) -> bool:
        """Whether only the answer to the question is missing."""
        return set(self.errors) == {"unheard"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("unheard") or cleaned.get("heard_elsewhere")):
            sentence = "Nobody at your label has played this here. Pass all the same?"
            self.add_error("unheard", ValidationError(sentence, code="unheard"))
        return cleaned

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "unheard"}

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, initial=self.details() | {"unheard": True}, prefix=self.prefix)


def form_of(context: DeskContext, transition: str, data: Any = None) -> ActionForm:
    """Return the form of an action at the desk; for passing, filled as the last time."""
    if transition != Transition.REJECT:
        return form_for(context.submission, transition, data)
    form = _reject_form_of(context, data)
    form.initial.update(context.pass_defaults.initial)
    return form


def _reject_form_of(context: DeskContext, data: Any) -> ActionForm:
    """Return the form that passes: on an unplayed demo with a question until it was answered once."""
    submission, defaults = context.submission, context.pass_defaults
    if not is_unplayed(submission):
        form = form_for(submission, Transition.REJECT, data)
        del form.fields["heard_elsewhere"]
        return form
    kind = RejectForm if defaults.allows_unheard else UnplayedRejectForm
    form = kind(data, turn=submission.turn)
    elsewhere = form.fields["heard_elsewhere"]
    elsewhere.widget.attrs["aria-keyshortcuts"] = "h"
    elsewhere.label = format_html("{} <kbd>h</kbd>", elsewhere.label)
    host = silent_host(submission.revisions.order_by("number").last()) if "unheard" in form.fields else ""
    if host:
        form.fields["unheard"].label = CONFIRM_UNKNOWN
        form.fields["unheard"].help_text = f"{host} does not tell us what is played, so nobody can know."
    return form


class ReasonRadios(NumberedRadios):
    """Numbered reasons, each with its explanation."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(*args, **options)
        if words := REASONS.get(str(option["value"])):
            option["attrs"]["data-suits"] = words.suits.value
            option["label"] = format_html('{} <span class="hint">{}</span>', option["label"], words.hint)
        return option


def number_reasons(form: ActionForm) -> None:
    """Turn the choice of a reason, if the form has one, into numbered radio buttons."""
    field = form.fields.get("reason")
    if isinstance(field, forms.ChoiceField):
        choices = list(field.widget.choices)
        field.widget = ReasonRadios(choices=[choice for choice in choices if choice[0]])
        field.widget.is_required = field.required
