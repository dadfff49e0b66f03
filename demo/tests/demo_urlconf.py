"""The site's addresses as the demo has them."""

from django.urls import include, path

from trackflow.urls import urlpatterns as ordinary

urlpatterns = [path("demo/mail/", include("demo.mail_urls")), *ordinary]
