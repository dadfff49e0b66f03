"""URLs under `/desk/`."""

from django.urls import include, path

from desk.assignment import views as assignment_views
from desk.bulk import views as bulk_views
from desk.conversation import views as conversation_views
from desk.deliverables import views as deliverables_views
from desk.export import views as export_views
from desk.keys import views as keys_views
from desk.live import views as live_views
from desk.log import views as log_views
from desk.masters import views as masters_views
from desk.memos import views as memos_views
from desk.offers import views as offers_views
from desk.outbox import proposal_views
from desk.outbox import views as outbox_views
from desk.queue import views as queue_views
from desk.review import action_views, undo
from desk.review import views as review_views
from desk.saved_views import views as saved_views_views
from desk.scores import views as scores_views
from desk.similar import views as similar_views
from desk.tags import views as tags_views
from desk.team_settings import views as team_settings_views
from desk.week import views as week_views

app_name = "desk"

of_submission = [
    path("", review_views.submission_detail, name="submission"),
    path("assign/", assignment_views.submission_assign, name="assign"),
    path("listened/", review_views.submission_listened, name="listened"),
    path("deal-memo/", offers_views.deal_memo, name="deal-memo"),
    path("deliverables/", deliverables_views.deliverable_list, name="deliverables"),
    path("here/", live_views.submission_here, name="here"),
    path("log/", log_views.submission_log, name="submission-log"),
    path("master/", masters_views.master_list, name="master"),
    path("memo/", memos_views.memo_create, name="memo"),
    path("messages/", conversation_views.message_list, name="messages"),
    path("messages/read/", conversation_views.message_mark_read, name="messages-read"),
    path("messages/mute/", conversation_views.message_mute, name="messages-mute"),
    path("messages/settle/", conversation_views.question_settle, name="messages-settle"),
    path("proposal/change/", proposal_views.proposal_change, name="proposal-change"),
    path("proposal/dismiss/", proposal_views.proposal_dismiss, name="proposal-dismiss"),
    path("proposal/untime/", proposal_views.proposal_untime, name="proposal-untime"),
    path("proposal/send/", proposal_views.proposal_send, name="proposal-send"),
    path("proposal/discard/", proposal_views.proposal_discard, name="proposal-discard"),
    path("receipt/", review_views.submission_receipt, name="receipt"),
    path("receipt.json", review_views.submission_receipt_json, name="receipt-json"),
    path("score/", scores_views.score_give, name="score"),
    path("tags/", tags_views.submission_tag, name="tag"),
    path("undo/", undo.decision_undo, name="undo"),
    path("<str:transition>/", action_views.submission_act, name="act"),
    path("<str:transition>/propose/", action_views.submission_propose, name="propose"),
]

of_view = [
    path("rename/", saved_views_views.saved_view_rename, name="view-rename"),
    path("share/", saved_views_views.saved_view_share, name="view-share"),
    path("unshare/", saved_views_views.saved_view_unshare, name="view-unshare"),
    path("delete/", saved_views_views.saved_view_delete, name="view-delete"),
    path("default/", saved_views_views.saved_view_default, name="view-default"),
]

of_tag = [
    path("", tags_views.tag_change, name="tag-change"),
    path("retire/", tags_views.tag_retire, name="tag-retire"),
    path("restore/", tags_views.tag_restore, name="tag-restore"),
]

urlpatterns = [
    path("<slug:slug>/", queue_views.submission_list, name="queue"),
    path("<slug:slug>/artists/<reference:reference>/", similar_views.artist_detail, name="artist"),
    path("<slug:slug>/bulk/", bulk_views.bulk_list, name="bulks"),
    path("<slug:slug>/bulk/new/", bulk_views.bulk_create, name="bulk-new"),
    path("<slug:slug>/bulk/<bulk:code>/", bulk_views.bulk_detail, name="bulk"),
    path("<slug:slug>/bulk/<bulk:code>/cancel/", bulk_views.bulk_cancel, name="bulk-cancel"),
    path("<slug:slug>/compare/", similar_views.submission_compare, name="compare"),
    path("<slug:slug>/export/", export_views.submission_export, name="export"),
    path("<slug:slug>/export.csv", export_views.submission_export_csv, name="export-csv"),
    path("<slug:slug>/export.json", export_views.submission_export_json, name="export-json"),
    path("<slug:slug>/filters/", queue_views.query_filters, name="filters"),
    path("<slug:slug>/help/", queue_views.query_help, name="query-help"),
    path("<slug:slug>/keys/", keys_views.member_keys, name="keys"),
    path("<slug:slug>/live/", live_views.queue_live, name="live"),
    path("<slug:slug>/log/", log_views.activity_list, name="log"),
    path("<slug:slug>/outbox/", outbox_views.proposal_list, name="outbox"),
    path("<slug:slug>/outbox/send/", outbox_views.proposal_send_selected, name="outbox-send"),
    path("<slug:slug>/outbox/time/", outbox_views.proposal_time, name="outbox-time"),
    path("<slug:slug>/proposals/", outbox_views.proposal_list_moved, name="proposals"),
    path("<slug:slug>/settings/", team_settings_views.desk_settings, name="settings"),
    path("<slug:slug>/settings/criteria/", team_settings_views.criterion_change, name="criteria"),
    path("<slug:slug>/tags/", tags_views.tag_list, name="tags"),
    path("<slug:slug>/tags/<int:pk>/", include(of_tag)),
    path("<slug:slug>/views/", saved_views_views.saved_view_list, name="views"),
    path("<slug:slug>/views/no-default/", saved_views_views.saved_view_no_default, name="view-no-default"),
    path("<slug:slug>/views/<int:pk>/", include(of_view)),
    path("<slug:slug>/week/", week_views.week_detail, name="week"),
    path("<slug:slug>/week/assign/", week_views.week_assign, name="week-assign"),
    path("<slug:slug>/<reference:reference>/", include(of_submission)),
]
