"""Where a submission that no longer fits a list stood in it."""

from copy import copy

from desk.search.query import Query
from submissions import deadlines
from submissions.models import Event, Submission
from submissions.models.search_index import NEVER


def placed(submission: Submission, query: Query) -> Submission:
    """Return the submission as it stands in the order of a list, to find its neighbours by.

    Once decided, its due date is gone, and with it its place in an order by due date: then it is a copy with the date
    it had while it fitted. One query for such a submission, else none.
    """
    states = query.searched_states
    if query.order != "due" or states is None or submission.state in states:
        return submission
    events = list(Event.objects.of(submission))
    fitting = next((count for count in range(len(events), 0, -1) if events[count - 1].to_state in states), 0)
    before = copy(submission)
    vars(before)["due_order"] = deadlines.read(events[:fitting]).due or NEVER
    return before
