"""Text as keyboards vary it: typed signs made plain, and text folded for comparing.

Quotation marks, apostrophes, dashes and full width differ by keyboard, accents by patience; letters do not: バス is not
ハス, and й is not и. `submissions_fold` is the same in SQL.
"""

import re
import unicodedata

DOUBLE = "“”„‟«»″‶＂〝〞〟❝❞「」『』"
SINGLE = "‘’‚‛‹›′‵ʹʻʼʽ`´❛❜"
DASHES = "‐‑‒–—―⁃−﹘﹣"
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
TYPED = FULL_WIDTH | str.maketrans(
    {
        **dict.fromkeys(DOUBLE, '"'),
        **dict.fromkeys(SINGLE, "'"),
        **dict.fromkeys(DASHES, "-"),
        "…": "..",
        "、": ",",
        "\u3000": " ",
    }
)

# Latin and Greek accents, and those that Cyrillic vowels carry for stress; е and ё are typed for each other
ACCENTED = re.compile(
    "([ A-Za-z\u00c0-\u024f\u0370-\u03ff])[\u0300-\u036f]+|([АаЕеИиОоУуЫыЭэЮюЯяІіЄє])[\u0300\u0301]+|([Ее])\u0308"
)
LETTERS = str.maketrans(
    {
        **dict(zip("øØłŁđĐðÐħĦŧŦıς", "oOlLdDdDhHtTiσ", strict=True)),
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ß": "ss",
        "ẞ": "SS",
        "þ": "th",
        "Þ": "TH",
    }
)
SILENT = re.compile("[\u00ad\u0640\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
SIGNS = re.compile(
    r"[!-/:-@\[-`{-~\u00a1-\u00bf\u02b9-\u02bd\u2010-\u205e\u2212\u3001-\u3003\u3008-\u301f\u30fb]"
)


def plain_signs(text: str) -> str:
    """Return typed text with plain quotation marks, apostrophes and dashes, and no full width."""
    return text.translate(TYPED)


def fold(text: str) -> str:
    """Return text without accents and with spaces for signs, in the case it has."""
    bare = ACCENTED.sub(r"\1\2\3", unicodedata.normalize("NFKD", text))
    whole = unicodedata.normalize("NFC", bare.translate(LETTERS))
    return SIGNS.sub(" ", SILENT.sub("", whole))


def folded_name(text: str) -> str:
    """Return a name for comparing: folded, in one case, with single spaces; one of signs alone stays as it is."""
    return " ".join(fold(text).casefold().split()) or text.casefold().strip()
