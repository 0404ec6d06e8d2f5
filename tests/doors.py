"""Every URL and who may open it: one line each. A URL without a line fails (test_permissions, test_audit, test_headers)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from leads.followup import own_link
from leads.followup.optout import token_of
from leads.models import (
    ApiKey,
    BulkChange,
    BulkState,
    Import,
    ItemState,
    Message,
    MessageKind,
    Notice,
    NoticeKind,
    Role,
    SavedView,
    Scope,
    SignInLink,
    Suppression,
    SuppressionReason,
    Task,
    Team,
    User,
)
from leads.models.ids import uuid7
from leads.triage.undo.undo import NOUNS
from tests import cast
from tests.capture.importing import uploaded

PEOPLE = {"charlie": Role.NONE, "bob": Role.FRONT_DESK, "alice": Role.MANAGER, "dana": Role.ADMINISTRATOR}
KEYS = {"reading key": Scope.LEADS_READ, "writing key": Scope.LEADS_WRITE, "mail key": Scope.MESSAGES_READ}
ACTORS = ["nobody", *PEOPLE, *KEYS]

ADMINISTRATORS = frozenset({"dana"})
EDITORS = frozenset({"alice", "dana"})
DESK = frozenset({"bob", "alice", "dana"})
SIGNED_IN = frozenset(PEOPLE)
EVERYONE = frozenset(ACTORS)
READING, WRITING, MAIL = ({f"{name} key"} for name in ("reading", "writing", "mail"))
NEXT_MONTH = (timezone.now() + timedelta(days=30)).isoformat()
A_CALL = {"booking-kind": "call", "booking-day": NEXT_MONTH[:10], "booking-time": "10:00", "booking-minutes": "30"}
A_TASK = {"task-text": "Send the cost sheet.", "task-until": "tomorrow"}
NO_ONE: frozenset[str] = frozenset()


class World:
    """A lead with a mail to them, the cast, and a key for each scope."""

    def __init__(self) -> None:
        self.lead = cast.make_lead(phone="+15550100177")
        self.message = Message.objects.create(kind=MessageKind.FOLLOWUP, lead=self.lead, to_address=self.lead.email)
        self.colleague = User.objects.create_user("kim@example.com", cast.PASSWORD, name="Kim", role=Role.FRONT_DESK)
        self.people = {name: self._person(name, role) for name, role in PEOPLE.items()}
        self.keys = {name: ApiKey.objects.create_with_secret(name=name, scopes=[scope]) for name, scope in KEYS.items()}

    def _person(self, name: str, role: str) -> User:
        return User.objects.create_user(f"{name}@example.com", cast.PASSWORD, name=name.title(), role=role, last_login=timezone.now())

    def who(self, actor: str) -> User | ApiKey:
        return self.people[actor] if actor in PEOPLE else self.keys[actor][0]

    def client_of(self, actor: str) -> Client:
        client = Client(headers={"Authorization": f"Bearer {self.keys[actor][1]}"} if actor in KEYS else {})
        if actor in PEOPLE:
            client.force_login(self.people[actor])
        return client


def of_lead(world: World) -> dict[str, Any]:
    return {"reference": world.lead.reference}


def of_sequence(world: World) -> dict[str, Any]:
    return {"slug": "after-enquiry"}


def of_step(world: World) -> dict[str, Any]:
    return of_sequence(world) | {"position": 1}


def own_token(world: World) -> dict[str, Any]:
    return {"token": own_link.token_of(world.lead.reference, world.lead.email)}


def of_bulk(world: World) -> dict[str, Any]:
    """One that could not change this lead, which its page says."""
    bulk = BulkChange.objects.create(by=world.people["bob"], action="done", state=BulkState.DONE, total=1, refused=1)
    bulk.items.create(lead=world.lead, state=ItemState.REFUSED, reason="Read it first.")
    return {"pk": bulk.pk}


def an_import(world: World) -> dict[str, Any]:
    return {"pk": Import.objects.create(file=uuid7(), encoding="utf-8", delimiter=",", state="done", done_at=timezone.now()).pk}


def with_rows(world: World) -> dict[str, Any]:
    """An import whose columns can be chosen, and one row of its file was left out."""
    found = uploaded(world.people["alice"], f"{world.lead.name},{world.lead.email},,")
    found.found.create(number=2, outcome="known")
    return {"pk": found.pk}


def of_colleague(world: World) -> dict[str, Any]:
    return {"pk": world.colleague.pk}


def with_doubt(world: World) -> dict[str, Any]:
    Message.objects.filter(pk=world.message.pk).update(state="unknown")
    return {}


def suppressed(world: World) -> Suppression:
    return Suppression.objects.get_or_create(address=world.lead.email, reason=SuppressionReason.OPTED_OUT)[0]


def of_view(world: World) -> dict[str, Any]:
    """Shared by a colleague."""
    said = {"owner": world.colleague, "name": "Everyone", "query": "view=everyone", "shared": True}
    SavedView.objects.update_or_create(slug="everyone-1", defaults=said)
    return {"slug": "everyone-1"}


def with_notice(world: World) -> dict[str, Any]:
    """Everybody has one."""
    for user in User.objects.all():
        Notice.objects.create(user=user, lead=world.lead, kind=NoticeKind.ASSIGNED)
    return {}


def of_notice(world: World) -> dict[str, Any]:
    return {"pk": Notice.objects.create(user=world.people["alice"], lead=world.lead, kind=NoticeKind.ASSIGNED).pk}


def with_task(world: World) -> dict[str, Any]:
    """Everybody has one."""
    for user in User.objects.all():
        Task.objects.create(lead=world.lead, text="Send the cost sheet.", due_at=timezone.now(), assignee=user)
    return {}


def of_task(world: World) -> dict[str, Any]:
    task = Task.objects.create(lead=world.lead, text="Send the cost sheet.", due_at=timezone.now())
    return of_lead(world) | {"task": str(task.pk)}


def of_team(world: World) -> dict[str, Any]:
    return {"pk": Team.objects.get_or_create(name="Front desk")[0].pk}


def with_suppression(world: World) -> dict[str, Any]:
    suppressed(world)
    return {}


@dataclass(frozen=True)
class Door:
    name: str
    opens_to: frozenset[str] | set[str]
    arguments: Callable[[World], dict[str, Any]] = lambda world: {}
    post: dict[str, Any] | None = None  # what a POST carries; without it the door is opened by GET
    shows: bool = False  # it shows a lead, as it is opened here
    query: str = ""

    def url(self, world: World) -> str:
        return reverse(self.name, kwargs=self.arguments(world)) + self.query

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api_")

    def open(self, world: World, actor: str, **headers: str) -> HttpResponseBase:
        client = world.client_of(actor)
        if self.post is None:
            return client.get(self.url(world), headers=headers)
        return client.post(self.url(world), self.post, "application/json" if self.is_api else MULTIPART_CONTENT, headers=headers)


DOORS = [
    # What visitors see
    Door("home", EVERYONE),
    Door("contact", EVERYONE),
    Door("contact_sent", EVERYONE, lambda world: {"sent": "expired"}),
    Door("referral", EVERYONE, lambda world: {"sent": "expired"}),
    Door("own_page", EVERYONE, own_token),
    Door("own_page_address", EVERYONE, own_token),
    Door("own_page_contact", EVERYONE, own_token),
    Door("own_page_link", EVERYONE, own_token),
    Door("own_page_message", EVERYONE, own_token),
    Door("own_page_request", EVERYONE, own_token),
    Door("own_page_stop", EVERYONE, own_token),
    Door("privacy", EVERYONE),
    Door("sitemap", EVERYONE),
    Door("robots", EVERYONE),
    Door("favicon", EVERYONE),
    Door("stop", EVERYONE, lambda world: {"token": token_of(world.lead)}),
    Door("mail_tracking", EVERYONE, lambda world: {"provider": "postmark"}),  # to a POST with the secret: tests/followup/test_hooks.py
    Door("mail_inbound", EVERYONE, lambda world: {"provider": "postmark"}),  # the same: tests/capture/test_inbound_hook.py
    Door("alive", EVERYONE),
    Door("ready", EVERYONE),
    Door("metrics", EVERYONE),  # to METRICS_ALLOW, and this machine is in it
    # What staff do about arrivals
    Door("add_enquiry", DESK),
    Door("lead_reach", DESK, of_lead, shows=True),
    Door("lead_release", DESK, of_lead, post={}),
    Door("lead_spam", DESK, of_lead, post={}),
    Door("lead_spam_remove", DESK, of_lead, post={}),
    # Importing and exporting
    Door("imports", EDITORS),
    Door("import", EDITORS, with_rows, shows=True),
    Door("import_left_out", EDITORS, with_rows, shows=True),
    Door("import_run", EDITORS, an_import, post={}),
    Door("import_remove", EDITORS, an_import, post={}),
    Door("export", EDITORS),  # to who signed in lately; what it gives them: tests/triage/test_export.py
    # The API
    Door("api_schema", EVERYONE),
    Door("api_enquiries", EVERYONE, post={"name": "Vera"}),
    Door("api_leads", READING, shows=True),
    Door("api_lead", READING, of_lead, shows=True),
    Door("api_lead_stage", WRITING, of_lead, post={"stage": "contacted"}, shows=True),
    Door("api_lead_assignment", WRITING, of_lead, post={"owner": "kim@example.com"}, shows=True),
    Door("api_lead_snooze", WRITING, of_lead, post={"until": NEXT_MONTH}, shows=True),
    Door("api_lead_fields", WRITING, of_lead, post={}, shows=True),
    Door("api_lead_notes", WRITING, of_lead, post={"text": "Called back."}),
    Door("api_lead_bookings", READING, of_lead, shows=True),
    Door("api_lead_tasks", READING, of_lead, shows=True),
    Door("api_lead_task", WRITING, of_task, post={"text": "Call them."}, shows=True),
    Door("api_lead_task_done", WRITING, of_task, post={}, shows=True),
    Door("api_lead_mails", READING, of_lead, shows=True),
    Door("api_messages", MAIL, shows=True),
    # The desk
    Door("inbox", DESK, shows=True),
    Door("notices", DESK, with_notice, shows=True),
    Door("notices_read", DESK, post={}),
    Door("notice", frozenset({"alice"}), of_notice, post={}),  # it is hers
    Door("new", DESK, query="?shown=2026-01-01T00:00:00%2B00:00"),
    Door("saved_views", DESK, post={"name": "Costs", "query": "topic=cost"}),
    Door("saved_views_counts", DESK),
    Door("saved_view", DESK, of_view, shows=True),
    Door("saved_view_change", EDITORS, of_view, post={"name": "Costs"}),
    Door("saved_view_remove", EDITORS, of_view, post={}),
    Door("board", DESK, shows=True),
    Door("calls", DESK),
    Door("next_call", DESK, post={"begin": "yes"}),
    Door("call_outcome", DESK, post={"outcome": "spoke"}),
    Door("call_story", DESK, post={}),
    Door("waiting_room", DESK, post={}),
    Door("waiting_room_remove", DESK, post={}),
    Door("bulk", DESK, post={"action": "done"}),
    Door("bulk_change", DESK, of_bulk, shows=True),
    Door("bulk_change_remove", DESK, of_bulk, post={}),
    Door("changes", DESK),  # those of other people show nothing: tests/triage/test_recent.py
    Door("changes_remove", DESK, post={}),
    Door("palette", DESK, shows=True, query="?q=vera"),
    Door("followups", DESK),
    Door("reports", DESK),  # numbers only: they show no lead, so nobody's look at them is recorded
    Door("reports_csv", DESK, lambda world: {"chart": "trend"}),
    Door("followups_pause", EDITORS, of_sequence, post={}),
    Door("followups_pause_remove", EDITORS, of_sequence, post={}),
    Door("followups_move", EDITORS, of_sequence, post={}),
    Door("followups_new", EDITORS),
    Door("followups_rules", EDITORS, of_sequence),
    Door("followups_publish", EDITORS, of_sequence, post={}),
    Door("followups_edit", EDITORS, of_sequence),
    Door("followups_edit_remove", EDITORS, of_sequence, post={}),
    Door("followups_edit_step", EDITORS, of_step),
    Door("followups_edit_preview", EDITORS, of_step),
    Door("followups_edit_preview_mail", EDITORS, lambda world: of_step(world) | {"language": "es"}),
    Door("followups_edit_test", EDITORS, of_step, post={"language": "es"}),
    Door("mail", DESK, with_doubt, shows=True),
    Door("lead", DESK, of_lead, shows=True),
    Door("lead_glance", DESK, of_lead, shows=True),
    Door("lead_story", DESK, of_lead, post={}, shows=True),
    Door("lead_stage", DESK, of_lead, post={"stage": "contacted"}),
    Door("lead_closing", DESK, of_lead, shows=True),
    Door("lead_close", DESK, of_lead, post={"reason": 1}),
    Door("lead_referring_out", DESK, of_lead, post={}, shows=True),
    Door("lead_contacted", DESK, of_lead, post={}),
    Door("lead_done", DESK, of_lead, post={}),
    Door("lead_snooze", DESK, of_lead, post={"until": "tomorrow"}),
    Door("lead_assignment", DESK, of_lead, post={"owner": ""}),
    Door("lead_care", DESK, of_lead, post={}),
    Door("lead_contact_rule", DESK, of_lead, post={}),
    Door("lead_call", DESK, of_lead, post={"outcome": "spoke"}),
    Door("lead_template", DESK, of_lead, post={}, shows=True),
    Door("lead_answer", DESK, of_lead, post={"mail_subject": "Our answer", "mail_text": "Hello Vera."}),
    Door("lead_answer_remove", DESK, of_lead, post={}, shows=True),
    Door("lead_presence", DESK, of_lead, post={}),
    Door("lead_draft", DESK, of_lead, post={"text": "Half a"}),
    Door("lead_draft_remove", DESK, of_lead, post={}),
    Door("lead_notes", DESK, of_lead, post={"text": "Called back."}),
    Door("lead_privacy_request", DESK, of_lead, post={"kind": "copy"}),
    Door("lead_followup", DESK, of_lead, post={}),
    Door("lead_followup_remove", DESK, of_lead, post={}),
    Door("lead_followup_start", DESK, of_lead, post={"sequence": "after-enquiry"}),
    Door("lead_followup_skip", DESK, of_lead, post={"enrolment": 1}),
    Door("lead_followup_now", DESK, of_lead, post={"enrolment": 1}),
    Door("lead_booking", DESK, of_lead, post=A_CALL),
    Door("lead_booking_move", DESK, of_lead, post={}),
    Door("lead_detail", DESK, lambda world: of_lead(world) | {"name": "email"}, shows=True),
    Door("lead_tags", DESK, of_lead, post={"tag_name": "VIP"}),
    Door("lead_tags_off", DESK, of_lead, post={}),
    Door("tasks", DESK, with_task, shows=True),
    Door("lead_tasks", DESK, of_lead, post=A_TASK),
    Door("lead_tasks_change", DESK, of_lead, post={}),
    Door("lead_tasks_done", DESK, of_lead, post={}),
    Door("lead_tasks_open", DESK, of_lead, post={}),
    Door("lead_tasks_off", DESK, of_lead, post={}),
    Door("lead_booking_remove", DESK, of_lead, post={}),
    Door("lead_arrival", DESK, of_lead, post={}),
    Door("lead_copy", DESK, of_lead, post={}),
    Door("lead_again", DESK, of_lead, post={}),
    Door("lead_merging", DESK, of_lead, shows=True),
    Door("lead_merge", DESK, of_lead, post={}),
    Door("lead_merge_remove", DESK, of_lead, post={}),
    Door("lead_apart", DESK, of_lead, post={}),
    Door("lead_apart_remove", DESK, of_lead, post={}),
    Door("lead_hold", DESK, of_lead, post={}),
    Door("lead_hold_remove", DESK, of_lead, post={}),
    *[Door(f"lead_{noun}_remove", DESK, of_lead, post={}) for noun in NOUNS],
    # Signing in
    Door("account_login", EVERYONE),
    Door("account_logout", SIGNED_IN),
    Door("account_inactive", EVERYONE),
    Door("account_reauthenticate", SIGNED_IN),
    Door("account_change_password", SIGNED_IN),
    Door("account_set_password", SIGNED_IN),
    Door("account_reset_password", EVERYONE),
    Door("sign_in_link", EVERYONE, lambda world: {"token": SignInLink.objects.issue(world.colleague)}),
    Door("welcome", SIGNED_IN),
    Door("stay", SIGNED_IN, post={}),
    Door("mfa_index", SIGNED_IN),
    Door("mfa_authenticate", SIGNED_IN),
    Door("mfa_reauthenticate", SIGNED_IN),
    Door("mfa_activate_totp", SIGNED_IN),
    Door("mfa_deactivate_totp", NO_ONE),  # nobody here has set it up
    Door("mfa_view_recovery_codes", NO_ONE),
    Door("mfa_generate_recovery_codes", SIGNED_IN),
    Door("mfa_download_recovery_codes", NO_ONE),
    Door("usersessions_list", SIGNED_IN),
    # Settings
    Door("settings", SIGNED_IN),
    Door("profile", SIGNED_IN),
    Door("profile_keys", SIGNED_IN, post={}),
    Door("profile_list", SIGNED_IN, post={}),
    Door("profile_work", SIGNED_IN),
    Door("assignment", EDITORS),
    Door("team_new", EDITORS),
    Door("team_edit", EDITORS, of_team),
    Door("team_remove", EDITORS, of_team, post={}),
    Door("team_work", EDITORS, of_colleague),
    Door("clinic", EDITORS),
    Door("hours", EDITORS),
    Door("crisis", EDITORS),
    Door("wording", EDITORS),
    Door("appearance", EDITORS),
    Door("email", EDITORS),
    Door("email_test", EDITORS, post={}),
    Door("retention", EDITORS),
    Door("connections", ADMINISTRATORS),
    Door("connections_remove", ADMINISTRATORS, lambda world: {"pk": world.keys["mail key"][0].pk}, post={}),
    Door("first_run_remove", EDITORS, post={}),
    Door("examples", EDITORS, post={}),
    Door("examples_remove", EDITORS, post={}),
    Door("stages", EDITORS),
    Door("stage_remove", EDITORS, lambda world: {"slug": "contacted"}),
    Door("reasons", EDITORS),
    Door("suppression", EDITORS, with_suppression, shows=True),
    Door("suppression_remove", EDITORS, lambda world: {"pk": suppressed(world).pk}, shows=True),
    Door("templates", EDITORS),
    Door("tags", EDITORS),
    Door("fields", EDITORS),
    Door("team", ADMINISTRATORS),
    Door("team_role", ADMINISTRATORS, of_colleague, post={"role": "manager"}),
    Door("team_access", ADMINISTRATORS, of_colleague, post={}),
    Door("team_access_remove", ADMINISTRATORS, of_colleague, post={}),
]


def url_names(resolver: URLResolver | None = None) -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or f"{pattern.pattern} needs a name"
        else:
            yield from url_names(pattern)


def names_of(doors: list[Door]) -> list[str]:
    return [door.name for door in doors]
