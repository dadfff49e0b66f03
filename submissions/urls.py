"""Addresses under `/submissions/`: the producer's side."""

from django.urls import path

from submissions.drafts import autosave_views, compose_views, delete_views
from submissions.drafts import views as drafts_views
from submissions.multi_send import views as multi_send_views
from submissions.producer_pages import action_views, list_views
from submissions.producer_pages import views as producer_pages_views
from submissions.receipts import views as receipts_views

app_name = "submissions"

urlpatterns = [
    path("", list_views.submission_list, name="list"),
    path("new/", drafts_views.submission_create, name="create"),
    path("send/", multi_send_views.submission_send, name="send"),
    path("sent/", multi_send_views.submission_sent, name="sent"),
    path("<reference:reference>/", producer_pages_views.submission_show, name="submission"),
    path("<reference:reference>/edit/", compose_views.submission_edit, name="edit"),
    path("<reference:reference>/autosave/", autosave_views.submission_autosave, name="autosave"),
    path("<reference:reference>/resubmit/", compose_views.submission_resubmit, name="resubmit"),
    path("<reference:reference>/delete/", delete_views.submission_delete, name="delete"),
    path("<reference:reference>/withdraw/", action_views.submission_withdraw, name="withdraw"),
    path("<reference:reference>/sign/", action_views.submission_sign, name="sign"),
    path("<reference:reference>/decline/", action_views.submission_decline, name="decline"),
    path("<reference:reference>/receipt/", receipts_views.submission_receipt, name="receipt"),
    path("<reference:reference>/receipt.json", receipts_views.submission_receipt_json, name="receipt-json"),
    path("<reference:reference>/link/", action_views.submission_replace_link, name="replace-link"),
]
