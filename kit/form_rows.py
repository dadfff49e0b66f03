"""Forms of many rows, of which none is lost if what was posted does not say how many there are."""

import re
from typing import Any

from django import forms

ROW = re.compile("([0-9]{1,4})-")


class Rows(forms.BaseFormSet[Any]):
    """Rows of one kind of form."""

    def __init__(self, data: Any = None, *, prefix: str, **options: Any) -> None:
        total = f"{prefix}-TOTAL_FORMS"
        if data is not None and not data.get(total, "").isdecimal():
            counts = {total: str(_posted_rows(data, f"{prefix}-")), f"{prefix}-INITIAL_FORMS": "0"}
            data = data.copy()
            for name, count in counts.items():
                data[name] = count
        super().__init__(data, prefix=prefix, **options)


def _posted_rows(data: Any, prefix: str) -> int:
    """Return one more than the highest number of a row in what was posted; names begin with prefix and number."""
    numbers = (ROW.match(name.removeprefix(prefix)) for name in data)
    return max((int(found[1]) + 1 for found in numbers if found), default=0)


def count_rows(data: Any, most: int, *, first: int = 1) -> int:
    """Return how many rows (`row1-name`) a form sent: as its field `many` says, else by the names of its fields."""
    text = str(data.get("many", ""))
    says = len(text) <= 4 and text.isascii() and text.isdigit()
    return min(int(text) if says else max(_posted_rows(data, "row") - first, 0), most)
