"""The pages of bulk actions: preview, progress and report."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from catalog.tests.builders import make_track
from desk.bulk import request, runner
from desk.models import Bulk, Tag
from desk.tags import service as tags
from desk.tests.bulk.builders import ordered, results
from kit.clock import now
from labels.models import Label, Membership, ReplyTemplate
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import do, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

PASSING = {"reason": "genre", "welcome": "another", "note": "Thank you for {title}.", "unheard": "on"}


def new_url(cast: Cast, act: str, *picks: Submission, **more: str) -> str:
    query = [("act", act), *(("pick", each.reference) for each in picks), *more.items()]
    return f"{reverse('desk:bulk-new', args=[cast.label.slug])}?{urlencode(query)}"


def shown(cast: Cast, act: str, *picks: Submission, user: Any = None, **more: str) -> Any:
    return client_of(user or cast.manager).get(new_url(cast, act, *picks, **more))


def hidden_fields(page: Any) -> dict[str, str]:
    """Return the values of the form's hidden fields."""
    text = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("key", "seen")}  # type: ignore[index]  # they are there


def press(cast: Cast, act: str, *picks: Submission, user: Any = None, values: Any = None, **more: str) -> Any:
    """Open the page and submit its form."""
    carried = hidden_fields(shown(cast, act, *picks, user=user, **more))
    fields = carried | (values or {})
    return client_of(user or cast.manager).post(new_url(cast, act, *picks, **more), fields)


def finish(bulk: Bulk) -> None:
    while not Bulk.objects.filter(pk=bulk.pk, ended_at__isnull=False).exists():
        runner.run(bulk)


def page_of(cast: Cast, bulk: Bulk, user: Any = None, **headers: str) -> Any:
    address = reverse("desk:bulk", args=[cast.label.slug, bulk.code])
    return client_of(user or cast.manager).get(address, headers=headers)


# Before


def test_manager_sees_what_will_be_done_and_what_skipped_by_state(cast: Cast) -> None:
    picks = [cast.demo(), cast.demo(), cast.demo("submitted"), cast.demo("accepted")]
    page = shown(cast, "shortlist", *picks).content.decode()
    assert "3 will be shortlisted, 1 skipped" in page
    assert page.count("Skipped: This cannot be done while it says “Offered”.") == 1
    page = shown(cast, "reject", *picks).content.decode()
    assert "3 will be passed on, 1 skipped" in page
    assert "Nobody at Harbour has played 3 of them here." in page


def test_reviewer_sees_that_a_decision_lies_in_the_outbox_already(cast: Cast) -> None:
    demo = cast.demo()
    finish(ordered(cast, "propose", cast.reviewer))
    page = shown(cast, "propose", demo, user=cast.reviewer).content.decode()
    assert "Skipped: A decision is already in the outbox." in page


def test_selection_is_passed_on_with_one_form(cast: Cast) -> None:
    picks, other = [cast.demo(), cast.demo()], cast.demo()
    answer = press(cast, "reject", *picks, values=PASSING)
    bulk = Bulk.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/desk/{cast.label.slug}/bulk/{bulk.code}/")
    finish(bulk)
    assert results(bulk) == ["done", "done"]
    assert Submission.objects.get(pk=other.pk).state == "in_review"


def test_all_that_match_are_taken_in_their_order(cast: Cast) -> None:
    first, second, other = cast.demo(), cast.demo(), cast.demo("shortlisted")
    answer = press(cast, "reject", values=PASSING, all="1", q="is:in-review sort:newest")
    assert answer.status_code == 303
    taken = Bulk.objects.get().items.order_by("id").values_list("submission", flat=True)
    assert list(taken) == [second.pk, first.pk]
    assert other.pk not in taken


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("act=reject", "Nothing is selected"),
        ("act=explode&pick=TF-0000-0000", "Choose what to do"),
        ("act=release&pick=TF-0000-0000", "Choose what to do"),
        ("act=reject&pick=%00", "This selection is damaged"),
        ("act=reject&all=1&q=moon:full", "There is no “moon:”"),
    ],
)
def test_address_that_says_nothing_is_answered_why(query: str, sentence: str, cast: Cast) -> None:
    answer = client_of(cast.manager).get(f"{reverse('desk:bulk-new', args=[cast.label.slug])}?{query}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_more_ticks_than_an_address_has_room_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "MOST_SELECTED", 1)
    assert shown(cast, "reject", cast.demo(), cast.demo()).status_code == 422


@pytest.mark.parametrize(
    ("act", "values", "sentence"),
    [
        ("reject", {"unheard": "on", "welcome": "another"}, "This field is required"),
        ("reject", PASSING | {"unheard": ""}, "has played 1 of them here. Pass all the same?"),
        ("reject", PASSING | {"note": "Dear {friend}"}, "“{friend}” is not a placeholder"),
        ("tag", {"hue": "teal"}, "Choose a tag, or name a new one"),
        ("tag", {"name": "“Deep”", "hue": "teal"}, "no quotation marks"),
        ("untag", {}, "This field is required"),
        ("more_time", {}, "This field is required"),
        ("more_time", {"until": "2020-01-01", "note": "Soon."}, "Choose a day from today to"),
        ("assign", {}, "Select at least one member"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    act: str, values: dict[str, str], sentence: str, cast: Cast
) -> None:
    answer = press(cast, act, cast.demo(), values=values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert values.get("note", "") in page
    assert not Bulk.objects.exists()


def test_more_time_is_taken_for_those_that_may_have_it(cast: Cast) -> None:
    demos = [cast.demo() for _ in range(3)]
    do(demos[0], "extend", Actor.member(cast.manager), until=now() + timedelta(days=20))
    page = shown(cast, "more_time", *demos).content.decode()
    assert "2 will be given more time, 1 skipped" in page
    assert "Skipped: More time was taken once already." in page
    day = (now() + timedelta(days=25)).astimezone(cast.label.zone).date()
    values = {"until": day.isoformat(), "note": "Two weeks more for {title}."}
    assert press(cast, "more_time", *demos, values=values).status_code == 303
    bulk = Bulk.objects.get()
    finish(bulk)
    assert f"{day:%-d %B %Y}, 23:59" in page_of(cast, bulk).content.decode()
    due = Submission.objects.get(pk=demos[1].pk).due_at
    assert due
    assert due.astimezone(cast.label.zone).date() == day


def test_new_tag_is_made_for_the_selection_or_refused_beside_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = cast.demo()
    assert press(cast, "tag", demo, values={"name": "Peak time", "hue": "teal"}).status_code == 303
    finish(Bulk.objects.get())
    assert Tag.objects.get(pk=Submission.objects.get(pk=demo.pk).team_tags[0]).name == "Peak time"
    monkeypatch.setattr("desk.tags.service.MOST", 1)
    refused = press(cast, "tag", demo, values={"name": "One more", "hue": "teal"})
    assert refused.status_code == 422
    assert "the most there can be" in refused.content.decode()
    assert 'value="One more"' in refused.content.decode()
    assert Bulk.objects.count() == 1


def test_unassigning_counts_those_that_somebody_has(cast: Cast) -> None:
    demos = [cast.demo(), cast.demo()]
    Submission.objects.filter(pk=demos[0].pk).update(team_assignee=cast.reviewer)
    page = shown(cast, "unassign", *demos).content.decode()
    assert "1 will be unassigned, 1 skipped" in page
    assert press(cast, "unassign", *demos).status_code == 303


@pytest.mark.parametrize("count", [1, 5])
def test_preview_of_more_time_asks_the_same_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        cast.demo()
    client = client_of(cast.manager)
    with django_assert_num_queries(5):
        client.get(new_url(cast, "more_time", all="1", q="is:in-review"))


def test_what_changed_since_it_was_counted_is_shown_again(cast: Cast) -> None:
    demo = cast.demo("submitted")
    carried = hidden_fields(shown(cast, "reject", demo))
    do(demo, "start_review", Actor.member(cast.reviewer))
    answer = client_of(cast.manager).post(new_url(cast, "reject", demo), carried | PASSING)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "has changed meanwhile" in page
    assert "Thank you for {title}." in page
    again = client_of(cast.manager).post(new_url(cast, "reject", demo), hidden_fields(answer) | PASSING)
    assert again.status_code == 303


def test_form_sent_twice_orders_once(cast: Cast) -> None:
    demo = cast.demo()
    carried = hidden_fields(shown(cast, "reject", demo))
    client = client_of(cast.manager)
    first = client.post(new_url(cast, "reject", demo), carried | PASSING)
    finish(Bulk.objects.get())
    second = client.post(new_url(cast, "reject", demo), carried | PASSING)
    assert (second.status_code, second["Location"]) == (303, first["Location"])
    assert Bulk.objects.count() == 1


def test_template_fills_the_form(cast: Cast) -> None:
    template = ReplyTemplate.objects.create(
        label=cast.label,
        outcome="reject",
        name="Warm no",
        text="Dear {artist}, not for us.",
        reason="calendar",
        welcome="nothing",
    )
    page = shown(cast, "reject", cast.demo(), template=str(template.pk)).content.decode()
    assert "Dear {artist}, not for us." in page
    assert '<option value="calendar" selected>' in page


def test_suspended_label_orders_nothing(cast: Cast) -> None:
    demo = cast.demo()
    carried = hidden_fields(shown(cast, "reject", demo))
    Label.objects.filter(pk=cast.label.pk).update(status="suspended")
    assert "is suspended" in shown(cast, "reject", demo).content.decode()
    answer = client_of(cast.manager).post(new_url(cast, "reject", demo), carried | PASSING)
    assert (answer.status_code, Bulk.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("who", "act", "status"),
    [
        ("stranger", "tag", 404),
        ("rival", "tag", 404),
        ("producer", "tag", 404),
        ("viewer", "tag", 403),
        ("reviewer", "tag", 200),
        ("reviewer", "reject", 403),
        ("manager", "reject", 200),
    ],
)
def test_who_may_see_the_form(who: str, act: str, status: int, cast: Cast) -> None:
    assert shown(cast, act, cast.demo(), user=getattr(cast, who)).status_code == status


def test_selection_is_tagged_and_assigned_by_forms(cast: Cast) -> None:
    tag = tags.create(cast.label, name="Summer", hue="teal", actor=cast.manager)
    demos = [cast.demo(), cast.demo()]
    press(cast, "tag", *demos, user=cast.reviewer, values={"tag": tag.pk})
    members = [cast.reviewer.pk, cast.manager.pk]
    press(cast, "assign", *demos, user=cast.reviewer, values={"members": members})
    for bulk in Bulk.objects.all():
        finish(bulk)
    fresh = [Submission.objects.get(pk=demo.pk) for demo in demos]
    assert [demo.team_tags for demo in fresh] == [[tag.pk]] * 2
    assert [demo.team_assignee for demo in fresh] == [cast.manager, cast.reviewer]


# While and after


def test_progress_asks_every_second_until_it_has_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BATCH", 1)
    cast.demo(), cast.demo()
    bulk = ordered(cast)
    runner.run(bulk)
    page = page_of(cast, bulk).content.decode()
    assert 'data-every="1"' in page
    assert '<progress class="meter" value="1" max="2"' in page
    finish(bulk)
    part = page_of(cast, bulk, **{"HX-Request": "true", "HX-Target": "bulk"}).content.decode()
    assert "data-every" not in part
    assert "<html" not in part


def test_report_says_why_each_was_skipped(cast: Cast) -> None:
    moved, done = cast.demo("submitted", title="Moved On"), cast.demo(title="Done With")
    bulk = ordered(cast)
    do(moved, "start_review", Actor.member(cast.reviewer))
    finish(bulk)
    page = page_of(cast, bulk).content.decode()
    assert "Rita (reviewer) opened it meanwhile." in page
    assert "Moved On" in page
    assert "Done With" not in page
    address = reverse("desk:bulk", args=[cast.label.slug, bulk.code])
    page = client_of(cast.manager).get(f"{address}?result=done").content.decode()
    assert done.reference in page


def test_manager_cancels_and_the_rest_is_not_done(cast: Cast) -> None:
    cast.demo()
    bulk = ordered(cast)
    address = reverse("desk:bulk-cancel", args=[cast.label.slug, bulk.code])
    assert client_of(cast.reviewer).post(address).status_code == 403
    assert client_of(cast.owner).post(address).status_code == 303
    assert "Stopping" in page_of(cast, bulk).content.decode()
    finish(bulk)
    page = page_of(cast, bulk).content.decode()
    assert "not done" in page
    assert "Cancelled by <bdi>Olga</bdi>" in page


def test_bulk_of_another_label_is_not_found(cast: Cast) -> None:
    cast.demo()
    bulk = ordered(cast)
    rival = Membership.objects.get(user=cast.rival).label
    address = reverse("desk:bulk", args=[rival.slug, bulk.code])
    assert client_of(cast.rival).get(address).status_code == 404
    assert page_of(cast, bulk, cast.rival).status_code == 404
    assert page_of(cast, bulk, cast.producer).status_code == 404


def test_member_who_made_the_demo_never_sees_it_in_a_bulk_action(cast: Cast) -> None:
    own = make_submission("in_review", manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    alone = ordered(cast, rows=Submission.objects.filter(pk=own.pk))
    cast.demo()
    bulk = ordered(cast)
    for each in (alone, bulk):
        finish(each)
    assert page_of(cast, alone, cast.insider).status_code == 404
    page = page_of(cast, bulk, cast.insider).content.decode()
    assert own.reference not in page
    assert 'max="1"' in page
    listed = client_of(cast.insider).get(reverse("desk:bulks", args=[cast.label.slug])).content.decode()
    assert alone.code not in listed
    assert "1 of 1" in listed
    log = client_of(cast.insider).get(reverse("desk:log", args=[cast.label.slug])).content.decode()
    assert bulk.code in log
    assert alone.code not in log


def test_queue_offers_each_role_what_it_may_order(cast: Cast) -> None:
    cast.demo()
    address = reverse("desk:queue", args=[cast.label.slug])
    offers = {
        who: re.findall(
            r'name="act" value="(\w+)"', client_of(getattr(cast, who)).get(address).content.decode()
        )
        for who in ("viewer", "reviewer", "manager")
    }
    assert offers == {
        "viewer": [],
        "reviewer": ["shortlist", "propose", "tag", "assign"],
        "manager": ["shortlist", "reject", "more_time", "tag", "assign"],
    }


def test_pages_ask_the_same_for_one_and_for_five(cast: Cast, django_assert_num_queries: Any) -> None:
    client = client_of(cast.manager)
    for more in (1, 4):
        for _ in range(more):
            cast.demo()
        bulk = ordered(cast, "shortlist")
        with django_assert_num_queries(6):
            client.get(new_url(cast, "reject", all="1", q="is:in-review"))
        with django_assert_num_queries(5):
            client.get(reverse("desk:bulk", args=[cast.label.slug, bulk.code]))
        with django_assert_num_queries(5):
            client.get(reverse("desk:bulks", args=[cast.label.slug]))
