"""Admin filters for users by what allauth stores: confirmed address, second factor."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from accounts.models import User

CONFIRMED = Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))
FACTOR = Exists(Authenticator.objects.filter(user=OuterRef("pk")).exclude(type="recovery_codes"))


class AddressFilter(admin.SimpleListFilter):
    title = "address"
    parameter_name = "address"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("confirmed", "Confirmed"), ("unconfirmed", "Not confirmed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        match self.value():
            case "confirmed":
                return queryset.filter(CONFIRMED)
            case "unconfirmed":
                return queryset.filter(~CONFIRMED, anonymised_at=None)
        return queryset


class FactorFilter(admin.SimpleListFilter):
    title = "second factor"
    parameter_name = "factor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("some", "Set up"), ("none", "None")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        match self.value():
            case "some":
                return queryset.filter(FACTOR)
            case "none":
                return queryset.filter(~FACTOR)
        return queryset
