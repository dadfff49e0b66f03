"""Users, their sessions and their pictures, and how often something was tried."""

import uuid
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.choices import time_zones
from kit.clock import now
from kit.codes import Coded, CodeField
from kit.mailboxes import mailbox


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in by email; the email is stored as `mailbox` writes it."""
        user = self.model(email=mailbox(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an admin, whose address counts as confirmed: whoever may do so needs no mail to prove it."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=mailbox(username or ""))


class User(AbstractUser):
    """A person: producer, label member, admin, or several of these. Deactivated, never deleted.

    `shortcuts` are their own keys at the desk (`accounts.keys.key_map`). `deletes_at` is when they are anonymised.
    """

    username = None  # type: ignore[assignment]  # people sign in by email
    first_name = None  # type: ignore[assignment]  # one field, `name`, holds the whole name
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", choices=time_zones)
    makes_music = models.BooleanField("I make music", default=False)
    runs_label = models.BooleanField("I run a label", default=False)
    secret = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shortcuts = models.JSONField(default=dict, blank=True, editable=False)
    date_joined = models.DateTimeField(default=now, editable=False)
    deletes_at = models.DateTimeField("to be deleted at", null=True, editable=False)
    anonymised_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]
        indexes = [
            # accounts to be deleted, those that are due first
            models.Index(fields=["deletes_at"], condition=Q(deletes_at__isnull=False), name="user_deletes_at")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_new(self) -> bool:
        """Whether this user still has to choose between making music and running a label."""
        return not (self.makes_music or self.runs_label)


class Session(AbstractBaseSession):
    """A browser's session; of a visitor it has no user."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    last_seen_at = models.DateTimeField(default=now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from accounts.sessions import SessionStore  # lazy: it needs this model

        return SessionStore


class RateCount(models.Model):
    """How often something was tried in a window that began with the first try (`accounts.limits`).

    The key is a hash of what and who. The table is unlogged: it is empty after a crash, and costs little to write.
    """

    key = models.CharField(max_length=32, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"


class Picture(Coded):
    """A small WebP of a person or label, and one for lists. Never changed: a new picture is a new row at a new URL.

    Foreign keys use its code, so that pages can link to it without loading its bytes.
    """

    code = CodeField(prefix="PI")
    data = models.BinaryField()
    thumbnail = models.BinaryField(default=b"")
    uploaded_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.code
