from django.urls import path

from accounts import security_views, unsent_views, views

app_name = "accounts"

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("settings/", views.settings, name="settings"),
    path("settings/sessions/", security_views.session_list, name="sessions"),
    path("settings/sessions/end/", security_views.session_end, name="session-end"),
    path("settings/sessions/end-others/", security_views.session_end_others, name="session-end-others"),
    path("settings/two-factor/begin/", security_views.factors_begin, name="factors-begin"),
    path("settings/two-factor/done/", security_views.factors_done, name="factors-done"),
    path("accounts/not-me/<str:token>/", security_views.account_secure, name="not-me"),
    path("unsent/<str:code>/", unsent_views.unsent_form, name="unsent"),
    path("pictures/<picture:code>.webp", views.picture_show, name="picture"),
    path("pictures/<picture:code>-small.webp", views.thumbnail_show, name="thumbnail"),
]
