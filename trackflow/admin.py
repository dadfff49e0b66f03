"""The admin site: signed into like the rest of the product, so with its rate limits and second factor."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite


class Site(AdminSite):
    site_header = site_title = "Trackflow admin"
    index_title = "Office"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]  # allauth's documented way
