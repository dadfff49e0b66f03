"""Choices of the user's fields."""

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> list[tuple[str, str]]:
    """Return the IANA zones named after places as (value, text), sorted, "UTC" first."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]
