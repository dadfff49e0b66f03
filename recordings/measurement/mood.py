"""Mood in words, an estimate: how loud, how bright, major or minor."""

LOUD, QUIET = -9.0, -15.0
"""LUFS: dance music that is mastered loud, and what is played low or has much silence."""
BRIGHT, DARK = 2_800.0, 1_400.0
"""Hz of the spectrum's centre."""


def mood_of(loudness: float | None, brightness: float, *, is_minor: bool | None) -> str:
    """Return "energetic, bright, serious" and the like; "" for silence. `is_minor` is None where no key is sure."""
    if loudness is None:
        return ""
    energy = "energetic" if loudness > LOUD else "calm" if loudness < QUIET else "steady"
    colour = "bright" if brightness > BRIGHT else "dark" if brightness < DARK else "warm"
    temper = {None: "", True: "serious", False: "cheerful"}[is_minor]
    return ", ".join(filter(None, (energy, colour, temper)))
