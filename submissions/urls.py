"""Addresses under `/submissions/`: the producer's side."""

from django.urls import path

from submissions.transition_table import RULES
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

of_producer = [
    path(
        f"<reference:reference>/{rule.producer.path}/",
        acts.submission_act,
        {"transition": name},
        name=rule.url_name,
    )
    for name, rule in RULES.items()
    if rule.producer and rule.producer.path
]
"""A page for each thing that a producer does with what was sent."""

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
    path("<reference:reference>/receipt/", receipts.submission_receipt, name="receipt"),
    path("<reference:reference>/receipt.json", receipts.submission_receipt_json, name="receipt-json"),
    *of_producer,
]
