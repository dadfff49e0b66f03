from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "releases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kit.parts import provide
        from releases.track_codes import submissions_by_isrc

        provide("submissions_by_isrc", submissions_by_isrc)
