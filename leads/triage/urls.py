"""The desk. A change is POST on a noun of a lead; POST on `…/remove/` takes it back."""

from django.urls import path

from leads.triage.bookings import booking_views
from leads.triage.bulk import bulk_views, recent_views
from leads.triage.calls import call_views
from leads.triage.inbox import export_views, inbox_views, mail_views, notice_views, palette_views, stage_removal_views, views
from leads.triage.lead import closing, composer_views, detail_views, tag_views, together_views
from leads.triage.lead.changes import noun
from leads.triage.lists import waiting_room
from leads.triage.same_person import merge_views
from leads.triage.sequences import editor_views, followup_views, preview_views, rules_views
from leads.triage.task_list import task_views
from leads.triage.undo.undo import NOUNS

FOLLOWUP = "desk/followups/<slug:slug>/"
MAIL = FOLLOWUP + "edit/<int:position>/"
LEAD = "desk/leads/<slug:reference>/"

urlpatterns = [
    path("desk/", views.inbox, name="inbox"),
    path("desk/notices/", notice_views.notice_list, name="notices"),
    path("desk/notices/read/", notice_views.notices_read, name="notices_read"),
    path("desk/notices/<int:pk>/", notice_views.notice_open, name="notice"),
    path("desk/new/", inbox_views.new, name="new"),
    path("desk/views/", inbox_views.save_view, name="saved_views"),
    path("desk/views/counts/", inbox_views.saved_counts, name="saved_views_counts"),
    path("desk/views/<slug:slug>/", inbox_views.saved_view, name="saved_view"),
    path("desk/views/<slug:slug>/change/", inbox_views.change_view, name="saved_view_change"),
    path("desk/views/<slug:slug>/remove/", inbox_views.remove_view, name="saved_view_remove"),
    path("desk/board/", views.board, name="board"),
    path("desk/calls/", call_views.calls, name="calls"),
    path("desk/calls/next/", call_views.next_call, name="next_call"),
    path("desk/calls/outcome/", call_views.call_outcome, name="call_outcome"),
    path("desk/calls/story/", call_views.call_story, name="call_story"),
    path("desk/tasks/", task_views.tasks, name="tasks"),
    path("desk/waiting-room/", waiting_room.hide, name="waiting_room"),
    path("desk/waiting-room/remove/", waiting_room.show, name="waiting_room_remove"),
    path("desk/bulk/", bulk_views.bulk, name="bulk"),
    path("desk/bulk/<uuid:pk>/", bulk_views.bulk_change, name="bulk_change"),
    path("desk/bulk/<uuid:pk>/remove/", bulk_views.bulk_change_remove, name="bulk_change_remove"),
    path("desk/changes/", recent_views.changes, name="changes"),
    path("desk/changes/remove/", recent_views.changes_remove, name="changes_remove"),
    path("desk/palette/", palette_views.palette, name="palette"),
    path("desk/export/", export_views.export, name="export"),
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
    path("desk/settings/stages/<slug:slug>/remove/", stage_removal_views.stage_remove, name="stage_remove"),
    path("desk/mail/", mail_views.mail, name="mail"),
    path(LEAD, views.lead, name="lead"),
    path(LEAD + "glance/", inbox_views.lead_glance, name="lead_glance"),
    path(LEAD + "story/", views.story, name="lead_story"),
    path(LEAD + "stage/", views.stage, name="lead_stage"),
    path(LEAD + "closing/", closing.closing_page, name="lead_closing"),
    path(LEAD + "close/", closing.close, name="lead_close"),
    path(LEAD + "referring-out/", closing.refer_out, name="lead_referring_out"),
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
    path(LEAD + "detail/<slug:name>/", detail_views.detail, name="lead_detail"),
    path(LEAD + "tags/", noun(tag_views.add, undo="lead_tags_remove"), name="lead_tags"),
    path(LEAD + "tags/off/", noun(tag_views.take_off, undo="lead_tags_remove"), name="lead_tags_off"),
    path(LEAD + "tasks/", noun(task_views.add, undo="lead_tasks_remove", adds=True), name="lead_tasks"),
    path(LEAD + "tasks/change/", noun(task_views.change, undo="lead_tasks_remove"), name="lead_tasks_change"),
    path(LEAD + "tasks/done/", noun(task_views.finish, undo="lead_tasks_remove"), name="lead_tasks_done"),
    path(LEAD + "tasks/open/", noun(task_views.reopen, undo="lead_tasks_remove"), name="lead_tasks_open"),
    path(LEAD + "tasks/off/", noun(task_views.take_off, undo="lead_tasks_remove"), name="lead_tasks_off"),
    path(LEAD + "again/", noun(composer_views.again), name="lead_again"),
    path(LEAD + "merging/", merge_views.compare, name="lead_merging"),
    path(LEAD + "merge/", noun(merge_views.merge, undo="lead_merge_remove"), name="lead_merge"),
    path(LEAD + "merge/remove/", noun(merge_views.unmerge), name="lead_merge_remove"),
    path(LEAD + "apart/", noun(merge_views.set_apart), name="lead_apart"),
    path(LEAD + "apart/remove/", noun(merge_views.take_back_apart), name="lead_apart_remove"),
    path(LEAD + "hold/", views.hold, name="lead_hold"),
    path(LEAD + "hold/remove/", views.hold_remove, name="lead_hold_remove"),
    *[path(f"{LEAD}{of.replace('_', '-')}/remove/", views.remover(of), name=f"lead_{of}_remove") for of in NOUNS],
]
