"""Messages for the next page in a cookie of ours, and in the session where they are too long for one."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from kit.cookies import own_name


class OwnCookie(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # a constant there
        return own_name("messages")


class Messages(FallbackStorage):
    storage_classes = (OwnCookie, SessionStorage)
