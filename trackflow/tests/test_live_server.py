"""The site that browser tests open."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

from django.core.signals import request_finished, request_started

from trackflow.testing.live_server import until_answered


def test_what_outlasts_its_page_is_answered_first(db: None) -> None:
    answered = []

    def answer() -> None:
        sleep(0.1)
        answered.append("late")
        request_finished.send(None)

    with ThreadPoolExecutor(1) as pool:
        with until_answered():
            request_started.send(None)
            pool.submit(answer)
        assert answered == ["late"]
