"""Addresses under `/desk/<slug>/intakes/`."""

from django.urls import URLPattern, URLResolver, include, path

from desk.intakes.views import endings, intakes, ordering, questions

of_question = [
    path("", questions.question_edit, name="question"),
    path("retire/", questions.question_retire, name="question-retire"),
    path("restore/", questions.question_restore, name="question-restore"),
]

of_intake: list[URLPattern | URLResolver] = [
    path("", intakes.intake_edit, name="intake"),
    path("pause/", endings.intake_pause, name="intake-pause"),
    path("delete/", endings.intake_delete, name="intake-delete"),
    path("questions/", questions.question_list, name="questions"),
    path("questions/add/", questions.question_add, name="question-add"),
    path("questions/order/", ordering.questions_order, name="questions-order"),
    path("questions/preview/", questions.questions_preview, name="questions-preview"),
    path("questions/<int:pk>/", include(of_question)),
]

urlpatterns = [
    path("", intakes.intake_list, name="intakes"),
    path("new/", intakes.intake_create, name="intake-new"),
    path("effect/", intakes.intake_effect, name="intake-effect"),
    path("<intake:code>/", include(of_intake)),
]
