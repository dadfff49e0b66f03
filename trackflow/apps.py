from django.apps import AppConfig
from django.contrib.admin import apps


class TrackflowConfig(AppConfig):
    name = "trackflow"
    default = True

    def ready(self) -> None:
        from trackflow import checks  # noqa: F401  # registers itself


class AdminConfig(apps.AdminConfig):
    default = False
    default_site = "trackflow.admin.Site"
