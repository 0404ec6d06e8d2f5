"""The desk. A change is POST on a noun of a lead; POST on `…/remove/` takes it back."""

from django.urls import path

from leads.triage import (
    booking_views,
    composer_views,
    editor_views,
    followup_views,
    mail_page,
    preview_views,
    rules_views,
    together_views,
    views,
)
from leads.triage.changes import noun
from leads.triage.undo import NOUNS

FOLLOWUP = "desk/followups/<slug:slug>/"
MAIL = FOLLOWUP + "edit/<int:position>/"
LEAD = "desk/leads/<slug:reference>/"

urlpatterns = [
    path("desk/", views.inbox, name="inbox"),
    path("desk/board/", views.board, name="board"),
    path("desk/followups/", followup_views.followups, name="followups"),
    path("desk/followups/new/", rules_views.new, name="followups_new"),
    path(FOLLOWUP + "pause/", followup_views.pause, name="followups_pause"),
    path(FOLLOWUP + "pause/remove/", followup_views.unpause, name="followups_pause_remove"),
    path(FOLLOWUP + "move/", followup_views.move, name="followups_move"),
    path(FOLLOWUP + "rules/", rules_views.rules, name="followups_rules"),
    path(FOLLOWUP + "publish/", editor_views.publish, name="followups_publish"),
    path(FOLLOWUP + "edit/", editor_views.edit, name="followups_edit"),
    path(FOLLOWUP + "edit/remove/", editor_views.discard, name="followups_edit_remove"),
    path(MAIL, editor_views.step, name="followups_edit_step"),
    path(MAIL + "preview/", preview_views.preview, name="followups_edit_preview"),
    path(MAIL + "preview/<slug:language>/", preview_views.preview_mail, name="followups_edit_preview_mail"),
    path(MAIL + "test/", preview_views.send_test, name="followups_edit_test"),
    path("desk/mail/", mail_page.mail, name="mail"),
    path(LEAD, views.lead, name="lead"),
    path(LEAD + "story/", views.story, name="lead_story"),
    path(LEAD + "stage/", views.stage, name="lead_stage"),
    path(LEAD + "contacted/", views.contacted, name="lead_contacted"),
    path(LEAD + "done/", views.done, name="lead_done"),
    path(LEAD + "snooze/", views.snooze, name="lead_snooze"),
    path(LEAD + "assignment/", views.assignment, name="lead_assignment"),
    path(LEAD + "care/", views.care, name="lead_care"),
    path(LEAD + "contact-rule/", views.contact_rule, name="lead_contact_rule"),
    path(LEAD + "call/", composer_views.call, name="lead_call"),
    path(LEAD + "template/", composer_views.template, name="lead_template"),
    path(LEAD + "answer/", views.answer, name="lead_answer"),
    path(LEAD + "answer/remove/", views.answer_remove, name="lead_answer_remove"),
    path(LEAD + "presence/", together_views.presence, name="lead_presence"),
    path(LEAD + "draft/", together_views.draft, name="lead_draft"),
    path(LEAD + "draft/remove/", together_views.draft_remove, name="lead_draft_remove"),
    path(LEAD + "notes/", views.notes, name="lead_notes"),
    path(LEAD + "privacy-request/", views.privacy_request, name="lead_privacy_request"),
    path(LEAD + "followup/", views.followup_resume, name="lead_followup"),
    path(LEAD + "followup/remove/", views.followup_stop, name="lead_followup_remove"),
    path(LEAD + "followup/start/", noun(followup_views.start, undo="lead_followup_remove"), name="lead_followup_start"),
    path(LEAD + "followup/skip/", noun(followup_views.skip), name="lead_followup_skip"),
    path(LEAD + "followup/now/", noun(followup_views.send_now), name="lead_followup_now"),
    path(LEAD + "booking/", noun(booking_views.book_time), name="lead_booking"),
    path(LEAD + "booking/move/", noun(booking_views.move_time), name="lead_booking_move"),
    path(LEAD + "booking/remove/", noun(booking_views.cancel_time), name="lead_booking_remove"),
    path(LEAD + "arrival/", views.arrival, name="lead_arrival"),
    path(LEAD + "copy/", views.copy, name="lead_copy"),
    path(LEAD + "again/", noun(composer_views.again), name="lead_again"),
    path(LEAD + "hold/", views.hold, name="lead_hold"),
    path(LEAD + "hold/remove/", views.hold_remove, name="lead_hold_remove"),
    *[path(f"{LEAD}{of}/remove/", views.remover(of), name=f"lead_{of}_remove") for of in NOUNS],
]
