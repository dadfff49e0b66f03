"""The field of the state: guarded as the library guards it, and read once where it was left out."""

import pytest
from pytest_django import DjangoAssertNumQueries

from submissions.models import Submission
from submissions.tests.builders import make_submission

pytestmark = pytest.mark.django_db


def test_reader_of_a_deferred_state_gets_the_one_of_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    pk = make_submission("in_review").pk
    with django_assert_num_queries(2):
        found = Submission.objects.only("reference").get(pk=pk)
        assert [found.state, found.state] == ["in_review", "in_review"]


def test_writer_of_a_state_is_refused() -> None:
    submission = make_submission("in_review")
    with pytest.raises(AttributeError, match="Direct state modification"):
        submission.state = "accepted"
    assert submission.state == "in_review"


def test_migrations_know_the_field_of_the_library() -> None:
    assert Submission._meta.get_field("state").deconstruct()[1] == "django_fsm.FSMField"
