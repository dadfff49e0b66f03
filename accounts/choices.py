from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> list[tuple[str, str]]:
    """Return IANA time zones of places as choices, sorted, "UTC" first."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]
