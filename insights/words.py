"""Figures in words."""

from math import floor


def lasting(hours: float | None) -> str:
    """Return how long something takes, as people say it: `9 hours`, `3.5 days`; "" for what is not known."""
    if hours is None:
        return ""
    whole = floor(hours + 0.5)
    if whole <= 1:
        return "an hour"
    if hours < 48:
        return f"{whole} hours"
    days = f"{floor(hours / 2.4 + 0.5) / 10:.1f}".removesuffix(".0")
    return f"{days} days"
