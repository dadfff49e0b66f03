"""What an export holds of a person's own step templates."""

import pytest

from catalog.tests.builders import make_producer
from privacy.tests.builders import files_of, ready_export
from studio.models import StepTemplate
from studio.step_templates.service import save_template

pytestmark = pytest.mark.django_db


def test_export_of_a_person_holds_weights_and_notes_of_their_own_steps() -> None:
    person = make_producer()
    steps = [
        {"number": 1, "position": 1, "name": "Mix", "weight": 25, "note": "Sidechain the pads"},
        {"number": 2, "position": 2, "name": "Master", "weight": 10},
    ]
    save_template(StepTemplate(owner=person), "Mine", steps)
    data = files_of(ready_export(person))["data.json"]
    assert "Mix (weight 25): Sidechain the pads" in data
    assert '"Master (weight 10)"' in data
