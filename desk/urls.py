"""Addresses under `/desk/`."""

from django.urls import include, path

from desk.views import action, comparison, listening, memo, opening, proposal, queue, receipt, submission

app_name = "desk"

of_submission = [
    path("", submission.submission_detail, name="submission"),
    path("assign/", submission.submission_assign, name="assign"),
    path("listened/", listening.submission_listened, name="listened"),
    path("memo/", memo.memo_create, name="memo"),
    path("open/", opening.submission_open, name="open"),
    path("proposal/release/", proposal.proposal_release, name="proposal-release"),
    path("proposal/discard/", proposal.proposal_discard, name="proposal-discard"),
    path("receipt/", receipt.submission_receipt, name="receipt"),
    path("receipt.json", receipt.submission_receipt_json, name="receipt-json"),
    path("<str:transition>/", action.submission_act, name="act"),
    path("<str:transition>/propose/", action.submission_propose, name="propose"),
]

urlpatterns = [
    path("<slug:slug>/", queue.submission_list, name="queue"),
    path("<slug:slug>/compare/", comparison.submission_compare, name="compare"),
    path("<slug:slug>/proposals/", proposal.proposal_list, name="proposals"),
    path("<slug:slug>/<reference:reference>/", include(of_submission)),
]
