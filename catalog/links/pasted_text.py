"""The one web address in whatever was pasted: a sentence, a player's HTML, an address without "https://".

What is escaped by HTML or JSON is unescaped, since what opens the music often stands behind such an "&".
"""

import re

from django.core.exceptions import ValidationError

MOST_TEXT = 5_000
"""Characters that are looked through; what is longer is read as an address, and refused."""

_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("\\/", "/"), ("\\u0026", "&"))
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
_FRAME = re.compile(
    r"""<(?:iframe|embed|audio|source)\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE
)
_ADDRESS = re.compile(r"""https?://(?:(?!\]\(|[,;|]https?://)[^\s<>"“”«»])+""", re.IGNORECASE)
_NEXT_ADDRESS = re.compile(r"[,;|]https?://", re.IGNORECASE)
_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
_SCHEMELESS = re.compile(rf"""(?<![\w@.:/\\-]){_HOST}[/?#][^\s<>"“”]*""")
_BARE_HOST = re.compile(rf"{_HOST}/?")
_FILE_NAME = re.compile(r".*\.(?:wav|flac|aac|ogg|opus|aiff?|zip|rar|als|flp|txt|pdf)", re.IGNORECASE)
_SLIPPED = re.compile(r"^(https?)(?::/?|/{1,2})(?=[^\W_][^\s:/]*\.)", re.IGNORECASE)
_RELATIVE = re.compile(r"^//(?=[^\W_][^\s:/]*\.)")
_URI = re.compile(r"^spotify(?::[A-Za-z0-9._%-]+){2,4}$")
_WORD_OF_ADDRESS = re.compile(r"[?&][\w-]+=|\.(?:mp3|wav|flac|m4a|aac|ogg|oga|opus|aiff?)\b", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}


def address_in(text: str) -> str:
    """Return the text of the one address in what was pasted; the text itself if it is none, for `read_address`.

    Raises ValidationError with code "no_link" or "many_links".
    """
    typed = unescape(text.strip())
    if len(text) > MOST_TEXT or _is_alone(typed):
        return typed
    if _URI.match(typed):
        return f"https://open.spotify.com/{'/'.join(typed.split(':')[1:])}"
    frames = ["".join(parts) for parts in _FRAME.findall(typed)]
    found = list(dict.fromkeys(_with_scheme(each) for each in frames)) or _addresses(typed)
    if len(found) > 1:
        raise ValidationError(
            f"This text has {len(found)} links. Paste only the one to the music.", code="many_links"
        )
    return found[0] if found else _refuse_other(typed)


def unescape(text: str) -> str:
    """Return the text as it was before HTML or JSON escaped it, however often."""
    before = ""
    while before != text:
        before, text = text, _AMPERSAND.sub("&", text)
        for escaped, plain in _ESCAPES:
            text = text.replace(escaped, plain)
    return text


def trimmed(address: str) -> str:
    """Return an address without the punctuation that follows it in a sentence."""
    while address and (address[-1] in ".,;:!?'’*_…|" or _is_unopened(address)):
        address = address[:-1]
    return address


def _is_alone(typed: str) -> bool:
    """Whether this is nothing but an address with its scheme, good or bad."""
    is_web = re.match(r"https?://", typed, re.IGNORECASE) is not None
    return is_web and not re.search(r"[\s<>\"“”]", typed) and not _NEXT_ADDRESS.search(typed)


def _is_unopened(address: str) -> bool:
    opening = _CLOSING.get(address[-1])
    return opening is not None and address.count(opening) < address.count(address[-1])


def _with_scheme(address: str) -> str:
    """Return an address with its scheme, which was left out or mistyped."""
    bare = _RELATIVE.sub("https://", _SLIPPED.sub(r"\1://", address.strip()))
    return bare if re.match(r"[a-z][a-z0-9+.-]*:", bare, re.IGNORECASE) else f"https://{bare}"


def _addresses(typed: str) -> list[str]:
    """Return the different addresses in a text: those with a scheme, else those without."""
    whole = _SLIPPED.sub(r"\1://", typed)
    found = [trimmed(each) for each in _ADDRESS.findall(whole)]
    if len(found) == 1:
        return [_with_spaces(whole, found[0])]
    return list(dict.fromkeys(found or _schemeless(_RELATIVE.sub("", whole))))


def _schemeless(typed: str) -> list[str]:
    """Return the addresses without a scheme: hosts with a path, or a host alone."""
    if _BARE_HOST.fullmatch(typed) and not _FILE_NAME.fullmatch(typed):
        return [f"https://{typed}"]
    return [f"https://{trimmed(each)}" for each in _SCHEMELESS.findall(typed)]


def _with_spaces(typed: str, address: str) -> str:
    """Return the address with the words behind it that belong to it: the name of a file may hold spaces."""
    rest = typed.partition(address)[2]
    ends = [found.end() for found in re.finditer(r"\S+", rest) if _WORD_OF_ADDRESS.search(found[0])]
    if not ends or not rest.startswith(" ") or "?" in address or typed[0] not in "hH":
        return address
    return trimmed(f"{address}{rest[: ends[-1]]}").replace(" ", "%20")


def _refuse_other(typed: str) -> str:
    """Raise ValidationError that says what is wrong with a text that has no address in it."""
    if re.match(r"file:|[A-Za-z]:\\|~?/(?:Users|home)/", typed, re.IGNORECASE):
        sentence = "This is a file on your computer. Upload it to SoundCloud or Dropbox and paste its link."
    elif re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", typed):
        sentence = "This is an email address. Paste the link to the music, which starts with https://."
    elif re.fullmatch(r"@[\w.-]+", typed):
        sentence = (
            "This is the name of an account. Paste the link to the track itself, which starts with https://."
        )
    else:
        sentence = "A link starts with https://. Copy the address of the page where the music plays."
    raise ValidationError(sentence, code="not_http")
