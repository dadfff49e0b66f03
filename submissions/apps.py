from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "submissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kit.parts import provide
        from submissions import checks  # noqa: F401  # registers itself
        from submissions.fit.candidate import candidate_for
        from submissions.track_page.page import track_parts

        provide("candidate", candidate_for)
        provide("track", track_parts)
