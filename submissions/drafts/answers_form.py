"""The label's questions in a draft's form; answers whose question changed since are said, and given again."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit.forms import ActionForm
from labels.models import Intake
from labels.questions.changes import (
    FormerAnswer,
    Stamps,
    former_answers,
    read_stamps,
    stamps_of,
    write_stamps,
)

NOTICE = "submissions/drafts/_changed_question.html"
NAME = re.compile(r"q[1-9][0-9]*")
CHANGED = "{label} changed this question. You answered “{answer}” before: answer it again."
OTHERS_NOW = "{label} changed its questions while you were writing. Look at them again, then send."


class AnswersForm(ActionForm):
    """`draft_form` gives a class of it an intake and a field for each question.

    `former` in the initial data are the stamps of the questions that a stored draft answers.
    """

    intake: ClassVar[Intake]
    asked = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stamps = stamps_of(self.intake)
        self.initial["asked"] = write_stamps(self.stamps)
        self.outdated: dict[str, Any] = {}
        self.outdated_stamps: Stamps = {}
        self.no_longer_asked: list[FormerAnswer] = []
        if not self.is_bound:
            self._show_former(self.initial.get("former", {}))

    def questions(self) -> Iterable[forms.BoundField]:
        """Return the fields of the label's own questions."""
        return [self[name] for name in self.fields if name.startswith("q")]

    def clean(self) -> dict[str, Any]:
        """Refuse answers to questions as an older page showed them; they stay in `outdated`."""
        cleaned = super().clean() or self.cleaned_data
        for name, stamp in read_stamps(cleaned.get("asked", "")).items():
            if self.stamps.get(name) != stamp and (value := self._typed(name)):
                self.outdated[name], self.outdated_stamps[name] = value, stamp
        if self.outdated:
            self._refuse_outdated()
        return cleaned

    def _show_former(self, former: Mapping[str, str]) -> None:
        """Say beside each question that changed what was answered before."""
        names = [name for name in self.initial if NAME.fullmatch(name) and self._is_changed(name, former)]
        for name, answer in former_answers(self.intake, names, self.initial).items():
            if name not in self.fields:
                self.no_longer_asked.append(answer)
                continue
            field = self.fields[name]
            notice = render_to_string(NOTICE, {"answer": answer, "intake": self.intake})
            field.help_text = format_html("{}{}", notice, mark_safe(field.help_text))  # noqa: S308  # escaped when made
            del self.initial[name]

    def _is_changed(self, name: str, former: Mapping[str, str]) -> bool:
        now = self.stamps.get(name)
        return now is None or former.get(name, now) != now

    def _typed(self, name: str) -> Any:
        """Return what was sent for a field that this form may not have: a text, or several."""
        sent = forms.SelectMultiple().value_from_datadict(self.data, self.files, self.add_prefix(name)) or ""
        values = [value for value in ([sent] if isinstance(sent, str) else sent) if value.strip()]
        several = len(values) > 1 or isinstance(self.fields.get(name), forms.MultipleChoiceField)
        return values if several else "".join(values)

    def _refuse_outdated(self) -> None:
        label = self.intake.label.name
        for name, answer in former_answers(self.intake, self.outdated, self.outdated).items():
            if name in self.fields:
                self.errors.pop(name, None)  # "Choose one of these" would say less
                self.add_error(name, CHANGED.format(label=label, answer=answer.words))
            else:
                self.no_longer_asked.append(answer)
        if self.no_longer_asked:
            self.add_error(None, OTHERS_NOW.format(label=label))
        self._renew_data()

    def _renew_data(self) -> None:
        """Show the form as a new page would: with the questions of now, and what changed unanswered."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
        data[self.add_prefix("asked")] = write_stamps(self.stamps)
        for name in self.outdated:
            if isinstance(self.fields.get(name), forms.ChoiceField):
                data.pop(self.add_prefix(name), None)
        self.data = data
