"""Public codes by number, so that a million of them never collide."""

from kit.codes import ALPHABET

CODES = 1 << 40
STRIDE = 665_948_318_447  # odd, so that no code comes twice


def code(prefix: str, number: int) -> str:
    """Return the number-th code: all different, in no visible order."""
    rest, letters = (number * STRIDE + 31_337) % CODES, ""
    for _ in range(8):
        rest, digit = divmod(rest, 32)
        letters += ALPHABET[digit]
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
