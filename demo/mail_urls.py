from django.urls import path

from demo import mail_views

app_name = "demo-mail"

urlpatterns = [
    path("", mail_views.mail_list, name="list"),
    path("<slug:name>/", mail_views.mail_detail, name="mail"),
    path("<slug:name>/html/", mail_views.mail_html, name="html"),
]
