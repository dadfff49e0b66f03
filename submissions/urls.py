"""URLs under `/submissions/`: the producer's side."""

from django.urls import path

from submissions.conversation import views as conversation_views
from submissions.deliverables import views as deliverables_views
from submissions.drafts import compose_views
from submissions.drafts import views as drafts_views
from submissions.label_lists import views as label_list_views
from submissions.multi_send import plan_views
from submissions.multi_send import views as multi_send_views
from submissions.offers import views as offer_views
from submissions.producer_pages import action_views
from submissions.producer_pages import views as producer_pages_views
from submissions.receipts import views as receipts_views
from submissions.saved_notes import views as note_views
from submissions.splits import views as splits_views
from submissions.transition_table import RULES

app_name = "submissions"

producer_actions = [
    path(
        f"<reference:reference>/{rule.producer.path}/",
        action_views.submission_act,
        {"transition": name},
        name=rule.url_name,
    )
    for name, rule in RULES.items()
    if rule.producer and rule.producer.path
]
"""A page for each transition of a producer."""

urlpatterns = [
    path("", producer_pages_views.submission_list, name="list"),
    path("new/", drafts_views.submission_create, name="create"),
    path("send/", multi_send_views.submission_send, name="send"),
    path("sent/", multi_send_views.submission_sent, name="sent"),
    path("send/<track:code>/autosave/", plan_views.plan_autosave, name="send-autosave"),
    path("send/<track:code>/discard/", plan_views.plan_discard, name="send-discard"),
    path("label-lists/", label_list_views.list_list, name="label-lists"),
    path("label-lists/new/", label_list_views.list_create, name="label-list-create"),
    path("label-lists/<label_list:code>/", label_list_views.list_edit, name="label-list"),
    path("label-lists/<label_list:code>/delete/", label_list_views.list_delete, name="label-list-delete"),
    path("notes/", note_views.note_list, name="notes"),
    path("notes/<saved_note:code>/", note_views.note_edit, name="note"),
    path("notes/<saved_note:code>/delete/", note_views.note_delete, name="note-delete"),
    path("<reference:reference>/", producer_pages_views.submission_show, name="submission"),
    path("<reference:reference>/edit/", compose_views.submission_edit, name="edit"),
    path("<reference:reference>/autosave/", drafts_views.submission_autosave, name="autosave"),
    path("<reference:reference>/resubmit/", compose_views.submission_resubmit, name="resubmit"),
    path("<reference:reference>/delete/", drafts_views.submission_delete, name="delete"),
    path("<reference:reference>/receipt/", receipts_views.submission_receipt, name="receipt"),
    path("<reference:reference>/receipt.json", receipts_views.submission_receipt_json, name="receipt-json"),
    path("<reference:reference>/messages/", conversation_views.message_list, name="messages"),
    path("<reference:reference>/messages/read/", conversation_views.message_mark_read, name="messages-read"),
    path("<reference:reference>/messages/mute/", conversation_views.message_mute, name="messages-mute"),
    path("<reference:reference>/splits/", splits_views.splits_set, name="set-splits"),
    path(
        "<reference:reference>/splits/<int:position>/send/", splits_views.splits_resend, name="splits-resend"
    ),
    path(
        "<reference:reference>/co-producers/<int:number>/end/",
        splits_views.co_producer_end,
        name="co-producer-end",
    ),
    path(
        "<reference:reference>/co-producers/<int:number>/send/",
        splits_views.co_producer_send,
        name="co-producer-send",
    ),
    path("<reference:reference>/offer/", offer_views.offer_show, name="offer"),
    path("<reference:reference>/deal-memo/", offer_views.deal_memo, name="deal-memo"),
    path("<reference:reference>/needed/", deliverables_views.item_hand_in, name="hand-in"),
    *producer_actions,
]
