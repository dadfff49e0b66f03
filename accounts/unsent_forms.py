"""Forms sent after their session had ended: kept for an hour, for whoever typed in them.

Every form carries its author's signed id (`templatetags/form_tokens.py`), so a form that comes without a session still
says whose it is. Passwords, one-time codes and files are never kept.
"""

import re
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import lru_cache
from typing import cast

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts import limits, return_path, visitor_store
from accounts.models import User
from kit.htmx import HtmxRequest
from kit.urls import split_url

AUTHOR, PARAMETER = "typed_by", "unsent"
"""The field that names a form's author, and the parameter that names a kept form in an address."""
LIFETIME = timedelta(hours=1)
LONGEST = 500_000
"""Characters of a form; a person types less."""
_HIDDEN = ("turn", "key", "stamp", "saved")
_NOT_KEPT = re.compile(rf"csrfmiddlewaretoken|{AUTHOR}|code|.*(password|credential|token|secret).*", re.I)


@dataclass(frozen=True)
class UnsentForm:
    """What was sent: its address, the page it was typed on, and names with values in their order."""

    author: int
    path: str
    page: str
    fields: list[tuple[str, str]]
    has_files: bool

    def is_by(self, person: User) -> bool:
        return self.author == person.pk

    @property
    def texts(self) -> list[str]:
        """What a person would miss."""
        return [value for name, value in self.fields if name not in _HIDDEN and value.strip()]

    @property
    def is_worth_keeping(self) -> bool:
        return bool(self.texts) and sum(len(value) for _, value in self.fields) <= LONGEST


@lru_cache(maxsize=1000)
def sign_author(pk: int) -> str:
    """Return a user's id as forms carry it; a page may have many forms."""
    return _signer().sign(str(pk))


def keep(request: HtmxRequest) -> str:
    """Keep what a POST sent; return the address that leads back to it, "" where nobody's typing would be lost."""
    author = author_of(request)
    if author is None:
        return ""
    form = form_of(request, author)
    if not form.is_worth_keeping or not limits.spend(request, "keep_unsent", key=str(author)):
        return ""
    return reverse("accounts:unsent", args=[visitor_store.keep_by_code(asdict(form), LIFETIME)])


def form_of(request: HttpRequest, author: int = 0) -> UnsentForm:
    """Return what a POST sent, by a visitor (0) or a user."""
    path = _bare(request.get_full_path())
    page = _bare(return_path.safe_path(page_of(cast("HtmxRequest", request)))) or path
    return UnsentForm(author, path, page, _typed(request.POST), has_files=bool(request.FILES))


def read(code: str) -> UnsentForm | None:
    """Return the form kept under a code; None after an hour. Show it to its author alone (`is_by`)."""
    kept = visitor_store.read_by_code(code)
    return UnsentForm(**kept) if isinstance(kept, dict) and "author" in kept else None


def author_of(request: HttpRequest) -> int | None:
    """Return the id of the user whose form this POST is, None for a visitor's and for a forged one."""
    try:
        return int(_signer().unsign(request.POST.get(AUTHOR, "")))
    except (BadSignature, ValueError):
        return None


def is_address(path: str) -> bool:
    """Whether a path leads back to a form that was kept."""
    return path.startswith(reverse("accounts:unsent", args=["-"]).removesuffix("-/"))


def page_of(request: HtmxRequest) -> str:
    """Return the path of the page that a POST or an HTMX request came from, "" if unknown."""
    came_from = split_url(request.htmx.current_url or request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def _typed(sent: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in sent.lists() for value in values if not _NOT_KEPT.fullmatch(name)
    ]


def _bare(path: str) -> str:
    """Return the path without the parameter of an earlier form."""
    place, _, query = path.partition("?")
    parts = [part for part in query.split("&") if part and not part.startswith(f"{PARAMETER}=")]
    return f"{place}?{'&'.join(parts)}" if parts else place


def _signer() -> Signer:
    return Signer(salt="author of a form")
