"""Several workers on one bulk action, and one order from several tabs, at the same time."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from desk.bulk import runner
from desk.models import Bulk, BulkItem
from desk.tests.bulk.builders import ordered, results
from submissions.models import Event
from trackflow.testing.cast import Cast

THREADS = 4


def test_workers_at_once_act_on_each_submission_once(committed_db: str) -> None:
    cast = Cast()
    demos = [cast.demo() for _ in range(12)]
    bulk = ordered(cast)

    def work(_: int) -> None:
        runner.run(Bulk.objects.select_related("label", "ordered_by").get(pk=bulk.pk))
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    passes = Counter(Event.objects.filter(transition="reject").values_list("submission", flat=True))
    assert passes == {demo.pk: 1 for demo in demos}
    assert results(bulk) == ["done"] * 12
    assert Bulk.objects.get().ended_at


def test_one_order_sent_at_once_is_ordered_once(committed_db: str) -> None:
    cast, key = Cast(), uuid.uuid4()
    for _ in range(3):
        cast.demo()

    def send(_: int) -> str:
        code = ordered(cast, key=key).code
        connection.close()
        return code

    with ThreadPoolExecutor(THREADS) as pool:
        codes = set(pool.map(send, range(THREADS)))
    assert codes == {Bulk.objects.get().code}
    assert BulkItem.objects.count() == 3
