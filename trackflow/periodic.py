"""When periodic tasks are queued: once for all the times that were missed, however long ago, and by one worker."""

from collections.abc import Iterable

from procrastinate.periodic import PeriodicDeferrer, PeriodicTask


class Scheduler(PeriodicDeferrer):
    """Queues each task for the last time it was due; the database refuses a time that was queued before.

    Procrastinate's own forgets what was due more than ten minutes before a worker began, makes up for each minute of a
    machine that slept, and stands still after a clock was set back, until it has caught up.
    """

    def get_timestamps(self, periodic_task: PeriodicTask, since: int | None, until: float) -> Iterable[int]:
        times = periodic_task.croniter
        times.set_current(start_time=until)
        last = round(times.get_prev(ret_type=float))
        if last != since:
            yield last
