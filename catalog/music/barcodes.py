"""UPC and EAN, the bar code of a release: stored as the 13 digits of a GTIN-13; a UPC is one that begins with 0.

Check digit: https://www.gs1.org/services/how-calculate-check-digit-manually
"""

import re

from django.core.exceptions import ValidationError

_SEPARATORS = re.compile(r"[\s\-\u2010\u2011\u2013]+")


def parse_barcode(text: str) -> str:
    """Return the 13 digits of a typed UPC (12) or EAN (13); spaces and hyphens may be typed.

    Raises ValidationError if it is neither, or if its last digit does not match the others.
    """
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{12,13}", digits):
        raise ValidationError("A UPC has 12 digits, an EAN 13.", code="invalid")
    code = digits.zfill(13)
    if not int(code):
        raise ValidationError("A UPC is not all zeros.", code="invalid")
    if (expected := check_digit(code[:12])) != code[12]:
        raise ValidationError(
            f"The last digit does not match the others: after {digits[:-1]} it is {expected}, not {code[12]}.",
            code="check_digit",
        )
    return code


def check_digit(digits: str) -> str:
    """Return the 13th digit that follows 12: weights 1, 3, 1 … from the left make the sum divisible by 10."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


def display_barcode(code: str) -> str:
    """Return a stored code as it is printed: 12 digits for a UPC, 13 for an EAN."""
    return code[1:] if code.startswith("0") else code
