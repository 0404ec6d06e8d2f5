"""What there is to do for a lead, for programs: the desk's own verbs. What a task says is told of one lead at a time, and recorded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from leads.access import Right, may
from leads.api.answers import asking, lead_asked, record
from leads.api.change_fields import read_moment, read_text
from leads.api.fields import read_object, refuse
from leads.api.schema import REFERENCE, Described, described
from leads.models import Lead, Task, TaskState, User
from leads.triage.decisions.tasks_of_lead import TEXT_LIMIT, add_task, change_task, finish_task, remove_task, reopen_task
from leads.triage.words.times import FARTHEST, TOO_FAR

TASK = OpenApiParameter("task", UUID, OpenApiParameter.PATH, description="The task's id.")
MOST = 100  # done ones, in one answer
PERSON = "A colleague's email; null is whoever is at work."


class TaskSerializer(serializers.ModelSerializer[Task]):
    lead = serializers.SlugRelatedField[Lead](slug_field="reference", read_only=True)
    text = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(choices=[(TaskState.OPEN.value, "Open"), (TaskState.DONE.value, "Done")], read_only=True)
    assignee = serializers.EmailField(source="assignee.email", default=None, allow_null=True, read_only=True, help_text=PERSON)
    done_at = serializers.DateTimeField(source="settled_at", allow_null=True, read_only=True)

    class Meta:
        model = Task
        fields = ["id", "lead", "text", "due_at", "assignee", "state", "done_at"]
        read_only_fields = fields


class TasksSerializer(serializers.Serializer[None]):
    lead = serializers.CharField(help_text="The lead's reference.")
    results = TaskSerializer(many=True)


class NewTaskSerializer(serializers.Serializer[None]):
    text = serializers.CharField(max_length=TEXT_LIMIT)
    due_at = serializers.DateTimeField(help_text="In the future, with its offset.")
    assignee = serializers.EmailField(required=False, allow_null=True, help_text=PERSON)


class ChangedTaskSerializer(NewTaskSerializer):
    """What is left out stays as it is."""

    text = serializers.CharField(max_length=TEXT_LIMIT, required=False)
    due_at = serializers.DateTimeField(required=False, help_text="In the future, with its offset.")


def _one(name: str, sentence: str, *, status: int = 200, body: Any = None, parameters: Any = (REFERENCE, TASK)) -> Described:
    """For the schema: all of them answer with the task."""
    return described(
        name,
        sentence,
        answer=TaskSerializer,
        right=Right.WORK_LEADS,
        status=status,
        body=body,
        parameters=parameters,
        refusals=(404, 409),
    )


class TasksOfLead(APIView):
    @property
    def right(self) -> Right:
        return Right.READ_LEADS if self.request.method in ("GET", "HEAD", "OPTIONS") else Right.WORK_LEADS

    @described(
        "list_tasks_of_lead",
        "What there is to do for one lead: what is open, the soonest first; then what is done, the latest first.",
        answer=TasksSerializer,
        right=Right.READ_LEADS,
        parameters=[REFERENCE],
        refusals=[404],
    )
    def get(self, request: Request, reference: str) -> Response:
        lead = lead_asked(request, reference, Right.READ_LEADS)
        tasks = lead.tasks.select_related("assignee")
        done = tasks.filter(state=TaskState.DONE).order_by("-settled_at", "-id")[:MOST]
        record(request, "api_lead_tasks", [lead], "tasks")
        results = TaskSerializer([*tasks.open(), *done], many=True).data
        return Response({"lead": lead.reference, "results": results})

    @_one("add_task", "Adds a task.", status=201, body=NewTaskSerializer, parameters=[REFERENCE])
    def post(self, request: Request, reference: str) -> Response:
        lead = lead_asked(request, reference, Right.WORK_LEADS)
        data = request.data
        task = add_task(by=asking(request), lead=lead, text=_text(data), due_at=_due_at(data), assignee=_assignee(data))
        return _answer(request, task, "api_lead_tasks", status.HTTP_201_CREATED)


class OneTask(APIView):
    right = Right.WORK_LEADS

    @_one("change_task", "Changes an open task: what is sent.", body=ChangedTaskSerializer)
    def post(self, request: Request, reference: str, task: str) -> Response:
        found, data = _asked(request, reference, task), read_object(request.data)
        change_task(
            by=asking(request),
            task=found,
            text=_text(data) if "text" in data else found.text,
            due_at=_due_at(data) if "due_at" in data else found.due_at,
            assignee=_assignee(data) if "assignee" in data else found.assignee,
        )
        return _answer(request, found, "api_lead_task")

    @_one("remove_task", "Removes an open task: it was not to be done after all.")
    def delete(self, request: Request, reference: str, task: str) -> Response:
        found = _asked(request, reference, task)
        said = TaskSerializer(found).data
        remove_task(by=asking(request), task=found)
        record(request, "api_lead_task", [found.lead], "tasks")
        return Response(said)


class TaskDone(APIView):
    right = Right.WORK_LEADS

    @_one("finish_task", "Says that an open task is done.")
    def post(self, request: Request, reference: str, task: str) -> Response:
        found = _asked(request, reference, task)
        finish_task(by=asking(request), task=found)
        return _answer(request, found, "api_lead_task_done")

    @_one("reopen_task", "Opens a task again that was done.")
    def delete(self, request: Request, reference: str, task: str) -> Response:
        found = _asked(request, reference, task)
        reopen_task(by=asking(request), task=found)
        return _answer(request, found, "api_lead_task_done")


def _asked(request: Request, reference: str, task: str) -> Task:
    """One of this lead's; what was removed does not exist here."""
    lead: Lead = lead_asked(request, reference, Right.WORK_LEADS)
    try:
        found = lead.tasks.exclude(state=TaskState.REMOVED).select_related("assignee").filter(pk=UUID(task)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    found.lead = lead
    return found


def _answer(request: Request, task: Task, page: str, code: int = status.HTTP_200_OK) -> Response:
    record(request, page, [task.lead], "tasks")
    return Response(TaskSerializer(task).data, status=code)


def _text(data: Any) -> str:
    text = read_text(data, "text")
    if len(text) > TEXT_LIMIT:
        raise refuse({"text": [_("Shorten the task to %(limit)d characters or fewer.") % {"limit": TEXT_LIMIT}]})
    return text


def _due_at(data: Any) -> datetime:
    return read_moment(data, "due_at", at_most=FARTHEST, too_far=TOO_FAR)


def _assignee(data: Any) -> User | None:
    if read_object(data).get("assignee") is None:
        return None
    user = User.objects.filter(email=read_text(data, "assignee").lower()).first()
    if user is None or not may(user, Right.WORK_LEADS):
        raise refuse({"assignee": [_("Enter the email address of a colleague who works on leads, or null.")]})
    return user
