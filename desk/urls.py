"""Addresses under `/desk/`."""

from django.urls import include, path

from desk.views import (
    action,
    block,
    bulk,
    bulk_order,
    comparison,
    embed,
    export,
    leaving,
    listening,
    live,
    log,
    memo,
    opening,
    outbox,
    presence,
    proof,
    proposal,
    queue,
    receipt,
    saved,
    score,
    settings,
    setup,
    submission,
    tag,
    team,
    template,
)

app_name = "desk"

of_submission = [
    path("", submission.submission_detail, name="submission"),
    path("assign/", submission.submission_assign, name="assign"),
    path("block/", block.producer_block, name="block"),
    path("listened/", listening.submission_listened, name="listened"),
    path("here/", presence.submission_here, name="here"),
    path("log/", log.submission_log, name="submission-log"),
    path("memo/", memo.memo_create, name="memo"),
    path("open/", opening.submission_open, name="open"),
    path("proposal/change/", proposal.proposal_change, name="proposal-change"),
    path("proposal/dismiss/", proposal.proposal_dismiss, name="proposal-dismiss"),
    path("proposal/untime/", proposal.proposal_untime, name="proposal-untime"),
    path("proposal/release/", proposal.proposal_release, name="proposal-release"),
    path("proposal/discard/", proposal.proposal_discard, name="proposal-discard"),
    path("receipt/", receipt.submission_receipt, name="receipt"),
    path("receipt.json", receipt.submission_receipt_json, name="receipt-json"),
    path("score/", score.score_give, name="score"),
    path("tags/", tag.submission_tag, name="tag"),
    path("<str:transition>/", action.submission_act, name="act"),
    path("<str:transition>/propose/", action.submission_propose, name="propose"),
]

of_view = [
    path("rename/", saved.saved_view_rename, name="view-rename"),
    path("share/", saved.saved_view_share, name="view-share"),
    path("unshare/", saved.saved_view_unshare, name="view-unshare"),
    path("delete/", saved.saved_view_delete, name="view-delete"),
    path("default/", saved.saved_view_default, name="view-default"),
]

of_tag = [
    path("", tag.tag_change, name="tag-change"),
    path("retire/", tag.tag_retire, name="tag-retire"),
    path("restore/", tag.tag_restore, name="tag-restore"),
]

of_team = [
    path("", team.team_show, name="team"),
    path("invite/", team.invitation_create, name="invite"),
    path("invitations/<invitation:code>/resend/", team.invitation_resend, name="invitation-resend"),
    path("invitations/<invitation:code>/revoke/", team.invitation_revoke, name="invitation-revoke"),
    path("leave/", leaving.team_leave, name="leave"),
    path("hand-over/", leaving.label_hand_over, name="hand-over"),
    path("<int:pk>/role/", team.member_role, name="member-role"),
    path("<int:pk>/remove/", team.member_remove, name="member-remove"),
]

urlpatterns = [
    path("<slug:slug>/", queue.submission_list, name="queue"),
    path("<slug:slug>/blocks/", block.block_list, name="blocks"),
    path("<slug:slug>/blocks/<int:pk>/lift/", block.block_lift, name="unblock"),
    path("<slug:slug>/bulk/", bulk.bulk_list, name="bulks"),
    path("<slug:slug>/bulk/new/", bulk_order.bulk_create, name="bulk-new"),
    path("<slug:slug>/bulk/<bulk:code>/", bulk.bulk_detail, name="bulk"),
    path("<slug:slug>/bulk/<bulk:code>/cancel/", bulk.bulk_cancel, name="bulk-cancel"),
    path("<slug:slug>/compare/", comparison.submission_compare, name="compare"),
    path("<slug:slug>/embed/", embed.embed_settings, name="embed"),
    path("<slug:slug>/export.csv", export.submission_export_csv, name="export-csv"),
    path("<slug:slug>/export.json", export.submission_export_json, name="export-json"),
    path("<slug:slug>/intakes/", include("desk.intakes.urls")),
    path("<slug:slug>/live/", live.queue_live, name="live"),
    path("<slug:slug>/log/", log.activity_list, name="log"),
    path("<slug:slug>/outbox/", outbox.proposal_list, name="outbox"),
    path("<slug:slug>/outbox/release/", outbox.proposal_release_picked, name="outbox-release"),
    path("<slug:slug>/outbox/time/", outbox.proposal_time, name="outbox-time"),
    path("<slug:slug>/proof/", proof.proof_give, name="proof"),
    path("<slug:slug>/proof/resend/", proof.proof_resend, name="proof-resend"),
    path("<slug:slug>/proposals/", outbox.proposal_list_moved, name="proposals"),
    path("<slug:slug>/settings/", settings.desk_settings, name="settings"),
    path("<slug:slug>/settings/criteria/", settings.criterion_change, name="criteria"),
    path("<slug:slug>/setup/", setup.setup, name="setup"),
    path("<slug:slug>/templates/", template.reply_template_list, name="templates"),
    path("<slug:slug>/templates/new/<str:outcome>/", template.reply_template_create, name="template-create"),
    path("<slug:slug>/templates/<int:pk>/", template.reply_template_edit, name="template-edit"),
    path("<slug:slug>/templates/<int:pk>/retire/", template.reply_template_retire, name="template-retire"),
    path("<slug:slug>/tags/", tag.tag_list, name="tags"),
    path("<slug:slug>/tags/<int:pk>/", include(of_tag)),
    path("<slug:slug>/team/", include(of_team)),
    path("<slug:slug>/views/", saved.saved_view_list, name="views"),
    path("<slug:slug>/views/no-default/", saved.saved_view_no_default, name="view-no-default"),
    path("<slug:slug>/views/<int:pk>/", include(of_view)),
    path("<slug:slug>/<reference:reference>/", include(of_submission)),
]
