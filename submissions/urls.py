"""Addresses under `/submissions/`: the producer's side."""

from django.urls import path

from submissions.views import (
    acts,
    autosaving,
    composing,
    deleting,
    listing,
    receipts,
    several,
    showing,
    starting,
)

app_name = "submissions"

urlpatterns = [
    path("", listing.submission_list, name="list"),
    path("new/", starting.submission_create, name="create"),
    path("send/", several.submission_send, name="send"),
    path("sent/", several.submission_sent, name="sent"),
    path("<reference:reference>/", showing.submission_show, name="submission"),
    path("<reference:reference>/edit/", composing.submission_edit, name="edit"),
    path("<reference:reference>/autosave/", autosaving.submission_autosave, name="autosave"),
    path("<reference:reference>/resubmit/", composing.submission_resubmit, name="resubmit"),
    path("<reference:reference>/delete/", deleting.submission_delete, name="delete"),
    path("<reference:reference>/withdraw/", acts.submission_withdraw, name="withdraw"),
    path("<reference:reference>/sign/", acts.submission_sign, name="sign"),
    path("<reference:reference>/decline/", acts.submission_decline, name="decline"),
    path("<reference:reference>/receipt/", receipts.submission_receipt, name="receipt"),
    path("<reference:reference>/receipt.json", receipts.submission_receipt_json, name="receipt-json"),
    path("<reference:reference>/link/", acts.submission_replace_link, name="replace-link"),
]
