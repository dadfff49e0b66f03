"""An open panel drawn again, with a template or a preview in it. Everything typed stays, nothing is written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from desk.context import DeskContext
from desk.review import template_picker
from desk.review.actions import Action, Panel, panel_of
from desk.review.preview import Preview, preview_of
from desk.review.reject_form import form_of
from kit.forms import ActionForm
from submissions.errors import NotPossible
from submissions.transition_table import PROPOSABLE

Drawn = tuple[Panel, int]
GONE = "This template is not there any more. Choose another one."


def redrawn(request: HttpRequest, context: DeskContext, action: Action) -> Drawn | None:
    """Return the panel and its status where a template or a preview is asked for, else None."""
    if action.transition not in PROPOSABLE:
        return None
    if "template" in request.GET:
        return _with_template(context, action, request.GET["template"], request.POST)
    if "preview" in request.POST:
        return _with_preview(context, action, request.POST)
    return None


def typed_form(context: DeskContext, transition: str, data: QueryDict) -> ActionForm:
    """Return the form unbound, holding what was typed and the turn and key with which it was drawn."""
    form = form_of(context, transition)
    typed = [(name, field) for name, field in form.fields.items() if name in data]
    form.initial.update((name, field.widget.value_from_datadict(data, {}, name)) for name, field in typed)
    return form


def _with_template(context: DeskContext, action: Action, number: str, data: QueryDict) -> Drawn:
    form, templates = (
        typed_form(context, action.transition, data),
        template_picker.templates_for(context, action.transition),
    )
    before, template = (
        template_picker.named(templates, data.get("used")),
        template_picker.named(templates, number),
    )
    if template is None:
        return panel_of(context, action, form, sentence=GONE, used=data.get("used")), 409
    template_picker.take_over(form, template, context=context, templates=templates, before=before)
    return _drawn(context, action, form, used=number)


def _with_preview(context: DeskContext, action: Action, data: QueryDict) -> Drawn:
    form, used = form_of(context, action.transition, data), data.get("used")
    form.errors.pop("unheard", None)  # a question to who sends it, not to who looks
    try:
        preview = None if form.errors else _previewed(context, action, form)
    except ValidationError as error:
        form.refuse(error)
    except NotPossible as refusal:
        return panel_of(
            context, action, typed_form(context, action.transition, data), sentence=str(refusal)
        ), 409
    if form.errors:
        return panel_of(context, action, form, used=used), 422
    return _drawn(context, action, typed_form(context, action.transition, data), used=used, preview=preview)


def _drawn(context: DeskContext, action: Action, form: ActionForm, **more: Any) -> Drawn:
    panel = panel_of(context, action, form, **more)
    return panel, 200 if panel.is_possible else 409


def _previewed(context: DeskContext, action: Action, form: ActionForm) -> Preview:
    return preview_of(context, action.transition, form, is_proposal=action.is_proposal)
