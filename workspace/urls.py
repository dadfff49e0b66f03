"""Addresses under `/desk/` at which a label is set up and run."""

from django.urls import include, path

from workspace.blocks import views as blocks_views
from workspace.checklist import views as checklist_views
from workspace.deliverable_templates import views as deliverable_views
from workspace.embed import views as embed_views
from workspace.offer_templates import views as offer_templates_views
from workspace.reply_templates import views as reply_templates_views
from workspace.team import views as team_views
from workspace.verification import views as verification_views

app_name = "workspace"

of_team = [
    path("", team_views.team_show, name="team"),
    path("invite/", team_views.invitation_create, name="invite"),
    path("invitations/<invitation:code>/resend/", team_views.invitation_resend, name="invitation-resend"),
    path("invitations/<invitation:code>/revoke/", team_views.invitation_revoke, name="invitation-revoke"),
    path("leave/", team_views.team_leave, name="leave"),
    path("two-factor/", team_views.team_factors, name="team-factors"),
    path("hand-over/", team_views.label_hand_over, name="hand-over"),
    path("<int:pk>/role/", team_views.member_role, name="member-role"),
    path("<int:pk>/remove/", team_views.member_remove, name="member-remove"),
]

of_deliverables = [
    path("", deliverable_views.template_list, name="deliverable-templates"),
    path("begin/", deliverable_views.template_begin, name="deliverable-templates-begin"),
    path("new/", deliverable_views.template_create, name="deliverable-template-create"),
    path("<int:pk>/", deliverable_views.template_edit, name="deliverable-template-edit"),
    path("<int:pk>/remove/", deliverable_views.template_retire, name="deliverable-template-retire"),
]

urlpatterns = [
    path("<slug:slug>/blocks/", blocks_views.block_list, name="blocks"),
    path("<slug:slug>/blocks/<int:pk>/lift/", blocks_views.block_lift, name="unblock"),
    path("<slug:slug>/deliverables/", include(of_deliverables)),
    path("<slug:slug>/embed/", embed_views.embed_settings, name="embed"),
    path("<slug:slug>/intakes/", include("workspace.intakes.urls")),
    path("<slug:slug>/proof/", verification_views.proof_give, name="proof"),
    path("<slug:slug>/proof/resend/", verification_views.proof_resend, name="proof-resend"),
    path("<slug:slug>/setup/", checklist_views.setup, name="setup"),
    path("<slug:slug>/offer-templates/", offer_templates_views.offer_template_list, name="offer-templates"),
    path(
        "<slug:slug>/offer-templates/new/",
        offer_templates_views.offer_template_create,
        name="offer-template-create",
    ),
    path(
        "<slug:slug>/offer-templates/<int:pk>/",
        offer_templates_views.offer_template_edit,
        name="offer-template-edit",
    ),
    path(
        "<slug:slug>/offer-templates/<int:pk>/retire/",
        offer_templates_views.offer_template_retire,
        name="offer-template-retire",
    ),
    path("<slug:slug>/templates/", reply_templates_views.reply_template_list, name="templates"),
    path(
        "<slug:slug>/templates/new/<str:outcome>/",
        reply_templates_views.reply_template_create,
        name="template-create",
    ),
    path("<slug:slug>/templates/<int:pk>/", reply_templates_views.reply_template_edit, name="template-edit"),
    path(
        "<slug:slug>/templates/<int:pk>/retire/",
        reply_templates_views.reply_template_retire,
        name="template-retire",
    ),
    path("<slug:slug>/team/", include(of_team)),
    path("<slug:slug>/<reference:reference>/block/", blocks_views.producer_block, name="block"),
]
