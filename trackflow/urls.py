"""All URLs, by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from notifications.bounces.webhooks import mail_events
from notifications.unsubscribe.views import unsubscribe
from submissions.embed_entry import views as embed_entry_views
from submissions.receipts import views as receipts_views
from submissions.splits import collaborator_views as split_views
from trackflow import converters, health, metrics, policy_reports, security_txt, site_pages, views
from workspace.team import views as team_views
from workspace.verification.views import proof_confirm

converters.register_once()

urlpatterns = [
    path("", views.landing, name="landing"),
    path("home/", views.home, name="home"),
    path("invitations/<invitation:code>/<str:token>/", team_views.invitation_show, name="invitation"),
    path("receipts/check/", receipts_views.receipt_check, name="receipt-check"),
    path("receipts/verify_receipt.py", receipts_views.receipt_verifier, name="receipt-verifier"),
    path("splits/", split_views.split_list, name="splits"),
    path("splits/<str:token>/", split_views.split_show, name="split"),
    path("proofs/<slug:slug>/<str:token>/", proof_confirm, name="proof-confirm"),
    *(path(f"{name}/", site_pages.site_page, {"name": name}, name=name) for name in site_pages.TITLES),
    path("help/", site_pages.help_page, name="help"),
    path("status/", site_pages.status_page, name="status"),
    path("csp-reports/", policy_reports.policy_report, name="csp-reports"),
    path(security_txt.PATH, security_txt.security_txt, name="security-txt"),
    path("health/", health.health, name="health"),
    path("health/live/", health.live, name="health-live"),
    path("health/ready/", health.ready, name="health-ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("settings/", include("privacy.urls")),
    path("", include("catalog.urls")),
    path("labels/<slug:slug>/start/", embed_entry_views.demo_start, name="demo-start"),
    path("labels/", include("labels.urls")),
    path("submissions/", include("submissions.urls")),
    path("notifications/", include("notifications.urls")),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("mail-events/<slug:provider>/", mail_events, name="mail-events"),
    path("", include("insights.urls")),
    path("", include("activity.urls")),
    path("", include("releases.urls")),
    path("", include("recordings.urls")),
    path("", include("studio.urls")),
    path("desk/", include("workspace.urls")),
    path("desk/", include("desk.urls")),
    path("acting/", include("trackflow.impersonation.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "trackflow.error_pages.bad_request"
handler403 = "trackflow.error_pages.permission_denied"
handler404 = "trackflow.error_pages.not_found"
handler500 = "trackflow.error_pages.server_error"

if settings.DEMO:
    urlpatterns += [path("demo/mail/", include("demo.mail_urls"))]

if settings.DEBUG:
    urlpatterns += [path("styleguide/", views.styleguide, name="styleguide")]
