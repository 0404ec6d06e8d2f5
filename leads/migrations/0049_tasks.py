import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leads.models.ids
import leads.models.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0048_stages_have_colours_and_can_go"),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=leads.models.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("text", leads.models.sealed.SealedTextField()),
                ("text_before", leads.models.sealed.SealedTextField(null=True)),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("done", "Done"), ("removed", "Removed")], default="open", max_length=8),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="leads.lead"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["lead", "due_at"], name="task_of_lead"),
                    models.Index(condition=models.Q(("state", "open")), fields=["due_at", "id"], name="task_open"),
                    models.Index(condition=models.Q(("state", "open")), fields=["assignee", "due_at", "id"], name="task_of_person"),
                    models.Index(condition=models.Q(("state", "removed")), fields=["settled_at"], name="task_removed"),
                    models.Index(condition=models.Q(("assignee__isnull", False)), fields=["assignee"], name="task_assignee"),
                    models.Index(condition=models.Q(("by__isnull", False)), fields=["by"], name="task_by"),
                    models.Index(condition=models.Q(("settled_by__isnull", False)), fields=["settled_by"], name="task_settled_by"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ["open", "done", "removed"])), name="task_state_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="settled_task_has_its_time",
                    ),
                ],
            },
        ),
    ]
