"""Who gets to a desk, and who sees a label's page."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from labels.access import desk_of, label_formerly_at, role_for
from labels.choices import Role, Status
from labels.intakes.rule_words import STANDING
from labels.models import FormerSlug, Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_member_gets_their_desk_in_one_query(role: Role, django_assert_num_queries: Any) -> None:
    label = make_label(status=Status.SUSPENDED)
    member = make_member(label, role)
    with django_assert_num_queries(1):
        desk = desk_of(member, "harbour")
        assert (desk.label.name, desk.role) == ("Harbour", role)
    assert [desk.at_least(least) for least in Role] == [role >= least for least in Role]


def test_stranger_gone_member_and_anonymous_get_404() -> None:
    gone = make_member(make_label(), Role.OWNER)
    gone.is_active = False
    gone.save()
    elsewhere = make_member(make_label("Other"), Role.OWNER)
    for user in (gone, elsewhere, make_user(), AnonymousUser()):
        with pytest.raises(Http404):
            desk_of(user, "harbour")


def test_desk_that_is_not_there_is_404() -> None:
    with pytest.raises(Http404):
        desk_of(make_user(), "harbour")


@pytest.mark.parametrize("status", Status.values)
def test_page_is_public_when_verified_and_the_teams_always(status: str) -> None:
    label = make_label(status=status)
    assert role_for(make_member(label, Role.VIEWER), label) == Role.VIEWER
    for visitor in (make_user(), AnonymousUser()):
        if status == Status.VERIFIED:
            assert role_for(visitor, label) is None
        else:
            with pytest.raises(Http404):
                role_for(visitor, label)


def test_former_slug_leads_to_its_label() -> None:
    label = make_label()
    FormerSlug.objects.create(label=label, slug="quay")
    assert label_formerly_at("quay") == label
    with pytest.raises(Http404):
        label_formerly_at("pier")


def test_a_role_taken_away_and_a_suspension_are_felt_at_the_next_request() -> None:
    label = make_label()
    member = make_member(label, Role.MANAGER)
    client, page = client_of(member), "/desk/harbour/"
    assert client.get(page).status_code == 200
    Membership.objects.update(role=Role.VIEWER)
    assert client.get("/desk/harbour/settings/").status_code == 403
    Label.objects.filter(pk=label.pk).update(status=Status.SUSPENDED)
    assert STANDING[Status.SUSPENDED] in client.get(page).content.decode()
    Membership.objects.all().delete()
    assert client.get(page).status_code == 404


def test_one_members_desks_are_nobody_elses() -> None:
    ours, theirs = make_member(make_label(), Role.OWNER), make_member(make_label("Other"), Role.OWNER)
    for _ in range(2):
        assert client_of(ours).get("/desk/harbour/").status_code == 200
        assert client_of(theirs).get("/desk/harbour/").status_code == 404
