from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps

from trackflow import spans


class TrackflowConfig(AppConfig):
    name = "trackflow"
    default = True

    def ready(self) -> None:
        from trackflow import checks  # noqa: F401  # registers itself

        if settings.SENTRY_DSN:
            from trackflow import error_reports  # lazy: an extra, and 15 MB

            error_reports.begin()
        if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
            spans.begin()


class AdminConfig(apps.AdminConfig):
    default = False
    default_site = "trackflow.admin.Site"

    def ready(self) -> None:
        super().ready()
        from trackflow import report_admin  # noqa: F401  # lazy: it registers itself, and `trackflow.admin` is the site
