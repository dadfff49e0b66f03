"""The form of an intake as its page shows it, with the effect of what it says."""

from typing import Any

from accounts.models import User
from labels.access import Desk
from labels.intakes.changes import settings_of
from labels.intakes.service import stamp_of
from labels.models import Intake
from workspace.access import common
from workspace.intakes.effects import FIELDS, Effects, effects_of
from workspace.intakes.forms import IntakeForm, is_call
from workspace.intakes.past_demos import MOST, past_of

COUNTED = ",".join(sorted({name for names in FIELDS.values() for name in names}))
"""The fields that the effect is asked with: neither words nor codes travel in an address."""


def form_of(intake: Intake, data: Any = None) -> IntakeForm:
    """Return the form of an intake, which `data` may change in place."""
    return IntakeForm(data, instance=intake, initial={"stamp": stamp_of(intake) if intake.pk else ""})


def form_page_of(user: User, desk: Desk, form: IntakeForm, **more: Any) -> dict[str, Any]:
    """Return the context of the form's page; a bound form is validated here."""
    intake = form.instance
    effects = typed_effects(user, form) if form.is_bound else _saved_effects(user, intake)
    return {
        **common(desk),
        **effect_page_of(effects),
        "form": form,
        "intake": intake,
        "is_call": is_call(intake),
        "counted": COUNTED,
        **more,
    }


def effect_page_of(effects: Effects) -> dict[str, Any]:
    """Return what the lines beside the rules say."""
    return {"effects": effects.by_rule, "total": effects.total, "is_capped": effects.is_capped, "most": MOST}


def typed_effects(user: User, form: IntakeForm) -> Effects:
    """Return the effect of what was typed, saved or not."""
    wrong = form.errors.keys()
    return effects_of(form.instance, form.typed_genres(), past_of(user, form.instance.label), wrong=wrong)


def conflicts(typed: IntakeForm, fresh: Intake) -> list[tuple[str, str]]:
    """Return the settings that stand otherwise now than was typed: name and how they stand."""
    now, meant = settings_of(fresh, fresh.genres.all()), settings_of(typed.instance, typed.typed_genres())
    return [(name, words) for name, words in now.items() if meant[name] != words and name != "state"]


def _saved_effects(user: User, intake: Intake) -> Effects:
    genres = list(intake.genres.all()) if intake.pk else []
    return effects_of(intake, genres, past_of(user, intake.label))
