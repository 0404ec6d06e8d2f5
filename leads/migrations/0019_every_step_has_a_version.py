import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0018_the_three_mails_become_texts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="version",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="leads.version"),
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_kind_known",
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("enquiry", "Enquiry received"),
                    ("released", "Released from check"),
                    ("marked_spam", "Marked as spam"),
                    ("stage", "Stage changed"),
                    ("attention", "Attention changed"),
                    ("assignment", "Assigned"),
                    ("contacted", "Contact logged"),
                    ("note", "Note"),
                    ("story_read", "Opened what they wrote"),
                    ("details", "Details changed"),
                    ("undone", "Undone"),
                    ("enrolled", "Follow-up started"),
                    ("followup_stopped", "Follow-up stopped"),
                    ("followup_resumed", "Follow-up resumed"),
                    ("step_skipped", "Follow-up skipped"),
                    ("step_sent", "Follow-up sent early"),
                    ("opted_out", "Opted out of follow-up"),
                    ("doubt_settled", "Doubt about a mail settled"),
                    ("held", "Automation on hold"),
                    ("hold_released", "Hold released"),
                    ("crisis", "Read first"),
                    ("woken", "Due again"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "enquiry",
                            "released",
                            "marked_spam",
                            "stage",
                            "attention",
                            "assignment",
                            "contacted",
                            "note",
                            "story_read",
                            "details",
                            "undone",
                            "enrolled",
                            "followup_stopped",
                            "followup_resumed",
                            "step_skipped",
                            "step_sent",
                            "opted_out",
                            "doubt_settled",
                            "held",
                            "hold_released",
                            "crisis",
                            "woken",
                        ],
                    )
                ),
                name="event_kind_known",
            ),
        ),
    ]
