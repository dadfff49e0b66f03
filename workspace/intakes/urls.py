"""Addresses under `/desk/<slug>/intakes/`."""

from django.urls import URLPattern, URLResolver, include, path

from workspace.intakes import question_views
from workspace.intakes import views as intakes_views

of_question = [
    path("", question_views.question_edit, name="question"),
    path("retire/", question_views.question_retire, name="question-retire"),
    path("restore/", question_views.question_restore, name="question-restore"),
]

of_intake: list[URLPattern | URLResolver] = [
    path("", intakes_views.intake_edit, name="intake"),
    path("pause/", intakes_views.intake_pause, name="intake-pause"),
    path("delete/", intakes_views.intake_delete, name="intake-delete"),
    path("questions/", question_views.question_list, name="questions"),
    path("questions/add/", question_views.question_add, name="question-add"),
    path("questions/order/", question_views.questions_order, name="questions-order"),
    path("questions/preview/", question_views.questions_preview, name="questions-preview"),
    path("questions/<int:pk>/", include(of_question)),
]

urlpatterns = [
    path("", intakes_views.intake_list, name="intakes"),
    path("new/", intakes_views.intake_create, name="intake-new"),
    path("effect/", intakes_views.intake_effect, name="intake-effect"),
    path("<intake:code>/", include(of_intake)),
]
