"""Figures in words."""


def lasting(hours: float | None) -> str:
    """Return how long something takes, as people say it: `9 hours`, `3.5 days`; "" for what is not known."""
    if hours is None:
        return ""
    if round(hours) <= 1:
        return "an hour"
    if hours < 48:
        return f"{round(hours)} hours"
    days = f"{hours / 24:.1f}".removesuffix(".0")
    return f"{days} days"
