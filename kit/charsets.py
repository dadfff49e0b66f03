"""Text of files whose encoding nobody names: UTF-8, UTF-16, Shift-JIS, and Windows' Western letters."""

import codecs
import re

KANA = re.compile("[\u3040-\u30ff]")
PRIVATE = re.compile("[\ue000-\uf8ff]")


def text_of(data: bytes) -> str:
    """Return the text of a file; what no encoding explains is read as Windows' Western letters. Never raises."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if codec := _utf16_without_mark(data):
        return data.decode(codec, "replace")
    for read in (_utf8, _shift_jis, _western):
        if (text := read(data)) is not None:
            return text
    return data.decode("latin-1")


def _utf16_without_mark(data: bytes) -> str:
    """Return the codec of text in which every second byte is zero, as Western letters have it in UTF-16."""
    sample = data[:2000]
    if len(sample) < 4:
        return ""
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[first::2], sample[1 - first :: 2]
        if zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.1 * len(others):
            return codec
    return ""


def _utf8(data: bytes) -> str | None:
    return _decoded(data, "utf-8")


def _shift_jis(data: bytes) -> str | None:
    """Return the text if it holds kana, or if all its letters beyond ASCII come in words of two and more."""
    text = _decoded(data, "cp932")
    if text is None or PRIVATE.search(text):
        return None
    foreign = "".join(sign for sign in text if sign > "\x7f")
    full_width = [sign for sign in foreign if not "\uff61" <= sign <= "\uff9f"]
    is_japanese = KANA.search(text) or (len(full_width) >= 2 and _stand_together(text))
    return text if is_japanese else None


def _stand_together(text: str) -> bool:
    """Whether no letter beyond ASCII stands between ASCII letters, as single accented ones do."""
    return not re.search("[A-Za-z][^\x00-\x7f](?:[A-Za-z]|\\b)", text)


def _western(data: bytes) -> str | None:
    return _decoded(data, "cp1252")


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
