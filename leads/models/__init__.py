"""The nouns. A file decides what is legal for its noun and imports nothing from the stages."""

from leads.models.api_key import ApiKey, Scope
from leads.models.audit import ReadRecord
from leads.models.booking import Booking, BookingKind, BookingMail
from leads.models.bulk import BulkChange, BulkItem, BulkQuerySet, BulkState, ItemState
from leads.models.call import CallOutcome
from leads.models.call_turn import CallTurn
from leads.models.clinic import Accent, Category, Clinic, Closure, Stage, Tone
from leads.models.close_reason import CloseReason
from leads.models.contact_rule import ContactRule, Days, PartOfDay
from leads.models.custom_field import CustomField, FieldChoice, FieldKind, FieldValue
from leads.models.data_import import AT_WORK, LEFT_OUT, REJECTED, TAKEN, Arrives, Import, ImportRow, ImportState, Outcome, SamePerson
from leads.models.enquiry import Answer, Channel, Enquiry
from leads.models.event import Event, EventKind
from leads.models.keyset import KeyPage
from leads.models.lead import Attention, Lead, LeadQuerySet, ReplyBy, Screening, Topic
from leads.models.limit import (
    Counter,
    LastTime,
    being_first,
    count_more,
    count_up,
    first_in,
    held_counts,
    last_time,
    move_on,
    note_time,
    window_start,
)
from leads.models.mail_template import MailTemplate
from leads.models.merge import UNMERGE_WITHIN, Merge, NotSame
from leads.models.message import COMING, Message, MessageKind, MessageQuerySet, MessageState
from leads.models.moves import IllegalMove
from leads.models.notice import Notice, NoticeKind
from leads.models.privacy_request import PrivacyRequest, PrivacyRequestKind
from leads.models.remembered import Remembered, RememberedById
from leads.models.reply import Reply, ReplyKind
from leads.models.report import Counting, Cut, DayToCount, Measure, Mix, MixDay, Tally
from leads.models.saved_view import SavedView
from leads.models.sealed import Unreadable
from leads.models.sequence import Enrolment, EnrolmentState, Sequence, Starts, Step, StepText, StopReason, Unit, Version
from leads.models.staff import Role, SignInLink, User
from leads.models.staff_mail import StaffMail
from leads.models.suppression import Suppression, SuppressionReason
from leads.models.tag import LeadTag, Tag
from leads.models.task import Task, TaskQuerySet, TaskState
from leads.models.team import Team
from leads.models.together import Draft, Presence

__all__ = [
    "AT_WORK",
    "COMING",
    "LEFT_OUT",
    "REJECTED",
    "TAKEN",
    "UNMERGE_WITHIN",
    "Accent",
    "Answer",
    "ApiKey",
    "Arrives",
    "Attention",
    "Booking",
    "BookingKind",
    "BookingMail",
    "BulkChange",
    "BulkItem",
    "BulkQuerySet",
    "BulkState",
    "CallOutcome",
    "CallTurn",
    "Category",
    "Channel",
    "Clinic",
    "CloseReason",
    "Closure",
    "ContactRule",
    "Counter",
    "Counting",
    "CustomField",
    "Cut",
    "DayToCount",
    "Days",
    "Draft",
    "Enquiry",
    "Enrolment",
    "EnrolmentState",
    "Event",
    "EventKind",
    "FieldChoice",
    "FieldKind",
    "FieldValue",
    "IllegalMove",
    "Import",
    "ImportRow",
    "ImportState",
    "ItemState",
    "KeyPage",
    "LastTime",
    "Lead",
    "LeadQuerySet",
    "LeadTag",
    "MailTemplate",
    "Measure",
    "Merge",
    "Message",
    "MessageKind",
    "MessageQuerySet",
    "MessageState",
    "Mix",
    "MixDay",
    "NotSame",
    "Notice",
    "NoticeKind",
    "Outcome",
    "PartOfDay",
    "Presence",
    "PrivacyRequest",
    "PrivacyRequestKind",
    "ReadRecord",
    "Remembered",
    "RememberedById",
    "Reply",
    "ReplyBy",
    "ReplyKind",
    "Role",
    "SamePerson",
    "SavedView",
    "Scope",
    "Screening",
    "Sequence",
    "SignInLink",
    "StaffMail",
    "Stage",
    "Starts",
    "Step",
    "StepText",
    "StopReason",
    "Suppression",
    "SuppressionReason",
    "Tag",
    "Tally",
    "Task",
    "TaskQuerySet",
    "TaskState",
    "Team",
    "Tone",
    "Topic",
    "Unit",
    "Unreadable",
    "User",
    "Version",
    "being_first",
    "count_more",
    "count_up",
    "first_in",
    "held_counts",
    "last_time",
    "move_on",
    "note_time",
    "window_start",
]
