"""When people of the demo work, in their own time zones: labels on weekdays, producers every day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Hours:
    """Hours of the day between which somebody works."""

    first: int
    last: int
    works_weekends: bool


OFFICE = Hours(10, 18, works_weekends=False)
STUDIO = Hours(12, 23, works_weekends=True)


@dataclass(frozen=True)
class Day:
    """Somebody's working days up to `now`."""

    hours: Hours
    zone: ZoneInfo
    now: datetime

    def ago(self, days: int, rng: Random) -> datetime:
        """Return a moment at work about so many days ago."""
        moment = self._on(self.now.astimezone(self.zone).date() - timedelta(days=days), rng)
        return moment if moment < self.now else self.now - timedelta(minutes=rng.uniform(20, 200))

    def later(self, moment: datetime, days: int, rng: Random) -> datetime:
        """Return a moment at work so many days later, minutes later for none: always after, before `now`."""
        soon = moment + timedelta(seconds=rng.uniform(80, 1400))
        then = soon
        if days:
            then = max(soon, self._on(moment.astimezone(self.zone).date() + timedelta(days=days), rng))
        return then if then < self.now else moment + (self.now - moment) * rng.uniform(0.3, 0.8)

    def _on(self, day: date, rng: Random) -> datetime:
        while day.weekday() > 4 and not self.hours.works_weekends:
            day += timedelta(days=1)
        minute, second = rng.randrange(self.hours.first * 60, self.hours.last * 60), rng.randrange(60)
        return datetime.combine(day, time(*divmod(minute, 60), second), self.zone)
