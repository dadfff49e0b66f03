"""A tempo that was read wrong, set right: the usual wrong readings are a half, a double, two thirds, three halves."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import TextChoices

from catalog.music.units import HIGHEST, LOWEST


class Correction(TextChoices):
    """By what a tempo is multiplied."""

    DOUBLE = "double", "× 2"
    HALF = "half", "÷ 2"
    THREE_HALVES = "three_halves", "× 3/2"
    TWO_THIRDS = "two_thirds", "× 2/3"

    @property
    def factor(self) -> Fraction:
        return _FACTORS[self]


_FACTORS = {
    Correction.DOUBLE: Fraction(2),
    Correction.HALF: Fraction(1, 2),
    Correction.THREE_HALVES: Fraction(3, 2),
    Correction.TWO_THIRDS: Fraction(2, 3),
}


def corrected(tempo: Decimal, correction: Correction) -> Decimal | None:
    """Return the tempo set right, rounded to hundredths; None if none is as slow or fast as that."""
    factor = correction.factor
    right = (tempo * factor.numerator / factor.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return right if LOWEST <= right <= HIGHEST else None
