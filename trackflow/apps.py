from django.apps import AppConfig
from django.contrib.admin import apps


class TrackflowConfig(AppConfig):
    name = "trackflow"
    default = True


class AdminConfig(apps.AdminConfig):
    default = False
    default_site = "trackflow.admin.Site"
