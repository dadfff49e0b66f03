from django.urls import path

from trackflow import demo_mail

app_name = "demo-mail"

urlpatterns = [
    path("", demo_mail.mail_list, name="list"),
    path("<slug:name>/", demo_mail.mail_detail, name="mail"),
    path("<slug:name>/html/", demo_mail.mail_html, name="html"),
]
