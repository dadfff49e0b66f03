"""The pages of reply templates: who reads, writes and retires them."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from activity.tests.log_lines import logged
from catalog.tests.builders import make_track
from kit.errors import Gone
from labels.models import ReplyTemplate
from labels.reply_templates import MOST_TEMPLATES, save, stamp_of
from labels.status import suspend
from labels.tests.builders import make_template
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

NEW = {
    "name": "Full calendar",
    "text": "Dear {artist}, we are full.",
    "reason": "calendar",
    "welcome": "another",
}


def page(user: User) -> Any:
    return client_of(user).get(reverse("workspace:templates", args=["harbour"]))


def create(user: User, outcome: str = "reject", headers: Any = None, **fields: str) -> Any:
    address = reverse("workspace:template-create", args=["harbour", outcome])
    return client_of(user).post(address, fields, headers=headers or {})


def edit(user: User, template: ReplyTemplate, verb: str = "edit", **fields: str) -> Any:
    address = reverse(f"workspace:template-{verb}", args=["harbour", template.pk])
    stamp = stamp_of(ReplyTemplate.objects.get(pk=template.pk))
    return client_of(user).post(address, {"stamp": stamp, **fields})


def test_manager_writes_a_template_and_everybody_at_the_desk_reads_it(cast: Cast) -> None:
    assert create(cast.manager, **NEW).status_code == 303
    template = ReplyTemplate.objects.get()
    assert (template.label, template.outcome, template.reason) == (cast.label, "reject", "calendar")
    for person in (cast.viewer, cast.reviewer, cast.manager, cast.owner, cast.insider):
        assert "Dear {artist}, we are full." in page(person).content.decode()
    for person in (cast.rival, cast.producer, cast.stranger):
        assert page(person).status_code == 404
    assert logged() == ["wrote the reply template “Full calendar”"]


def test_only_managers_write(cast: Cast) -> None:
    template = make_template(cast.label)
    for person, status in ((cast.viewer, 403), (cast.reviewer, 403), (cast.rival, 404), (cast.producer, 404)):
        assert create(person, **NEW).status_code == status
        assert edit(person, template, **NEW).status_code == status
        assert edit(person, template, "retire").status_code == status
    assert "New" not in page(cast.reviewer).content.decode().split("<main")[1]
    assert list(ReplyTemplate.objects.of(cast.label)) == [template]


@pytest.mark.parametrize("outcome", ["accept", "request_changes"])
def test_reason_and_welcome_are_a_passs_alone(cast: Cast, outcome: str) -> None:
    assert create(cast.manager, outcome, **NEW).status_code == 303
    template = ReplyTemplate.objects.get()
    assert (template.outcome, template.reason, template.welcome) == (outcome, "", "")


def test_unknown_outcome_is_not_found(cast: Cast) -> None:
    assert create(cast.manager, "withdraw", **NEW).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Dear {name}"}, "“{name}” is not a placeholder."),
        ({"text": ""}, "This field is required"),
        ({"text": "x" * 3001}, "at most 3000 characters"),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"name": "nul \x00"}, "characters that are not text"),
        ({"reason": "vibes"}, "not one of the"),
        ({"welcome": "cake"}, "not one of the"),
    ],
)
def test_bad_input_is_said_and_kept(cast: Cast, wrong: dict[str, str], said: str) -> None:
    answer = create(cast.manager, **{**NEW, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert NEW["name"] in text or NEW["text"] in text
    assert not ReplyTemplate.objects.exists()


def test_name_in_use_is_refused_beside_its_field(cast: Cast) -> None:
    make_template(cast.label, "Full Calendar")
    answer = create(cast.manager, **NEW)
    assert answer.status_code == 422
    sentence = "Your label already has a template with this name for this decision."
    assert answer.context["form"].errors == {"name": [sentence]}
    assert create(cast.manager, "accept", **NEW).status_code == 303


def test_name_of_a_retired_template_is_free(cast: Cast) -> None:
    edit(cast.manager, make_template(cast.label, "Full calendar"), "retire")
    assert create(cast.manager, **NEW).status_code == 303


def test_a_label_keeps_at_most_fifty(cast: Cast) -> None:
    for number in range(MOST_TEMPLATES):
        template = make_template(cast.label, f"T{number}")
    answer = create(cast.manager, **NEW)
    assert answer.status_code == 422
    assert "at most 50 templates" in answer.content.decode()
    assert edit(cast.manager, template, **NEW).status_code == 303


def test_change_is_kept_and_logged(cast: Cast) -> None:
    template = make_template(cast.label)
    assert edit(cast.manager, template, **NEW).status_code == 303
    changed = ReplyTemplate.objects.get()
    assert (changed.name, changed.text, changed.reason) == (NEW["name"], NEW["text"], "calendar")
    assert logged() == ["changed the reply template “Full calendar”"]


def test_retired_template_is_offered_no_more_and_cannot_be_changed(cast: Cast) -> None:
    template = make_template(cast.label)
    assert edit(cast.manager, template, "retire").status_code == 303
    assert template.name not in page(cast.manager).content.decode().split("<main")[1].split("</div>", 3)[-1]
    assert edit(cast.manager, template, **NEW).status_code == 404
    assert edit(cast.manager, template, "retire").status_code == 404
    kept = ReplyTemplate.objects.get()
    assert kept.retired_at
    kept.text = "New words"
    with pytest.raises(Gone):
        save(kept, stamp=stamp_of(kept))


def test_template_of_another_label_is_not_found(cast: Cast) -> None:
    theirs = ReplyTemplate.objects.create(
        label=cast.rival.memberships.get().label, outcome="reject", name="Theirs", text="x"
    )
    assert edit(cast.manager, theirs, **NEW).status_code == 404
    assert edit(cast.manager, theirs, "retire").status_code == 404


def test_suspended_label_reads_but_does_not_write(cast: Cast) -> None:
    template = make_template(cast.label)
    suspend(cast.label, reason="Asked for money.")
    assert page(cast.manager).status_code == 200
    answer = create(cast.manager, **NEW)
    assert answer.status_code == 409
    assert NEW["text"] in answer.content.decode()
    assert edit(cast.manager, template, **NEW).status_code == 409
    assert edit(cast.manager, template, "retire").status_code == 409
    assert [each.text for each in ReplyTemplate.objects.of(cast.label)] == [template.text]


def test_sample_beside_the_form_is_filled_for_the_latest_demo(cast: Cast) -> None:
    cast.demo(title="Older")
    cast.demo(title="Newer")
    answer = create(cast.manager, **{**NEW, "text": "“{title}” by {artist}", "preview": "1"})
    assert answer.status_code == 200
    assert answer.context["sample"].text.startswith("“Newer")
    assert not ReplyTemplate.objects.exists()
    part = create(
        cast.manager, headers={"HX-Request": "true", "HX-Target": "sample"}, text="Hi {title} {nope}"
    )
    assert part.content.decode().lstrip().startswith("<section")
    assert "“{nope}” is not a placeholder." in part.content.decode()
    assert "Hi Newer" in part.content.decode()


def test_sample_is_made_up_where_nothing_lies_and_never_of_ones_own(cast: Cast) -> None:
    make_submission(
        "in_review", label=cast.label, manager=cast.manager, track=make_track(cast.insider, title="Own")
    )
    answer = client_of(cast.insider).get(reverse("workspace:template-create", args=["harbour", "reject"]))
    assert answer.status_code == 200
    assert "an example" in answer.context["sample"].about
    assert "Own" not in answer.content.decode()
