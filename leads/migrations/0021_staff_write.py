import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import leads.models.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0020_mail_comes_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffMail",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="written",
                        serialize=False,
                        to="leads.message",
                    ),
                ),
                ("subject", leads.models.sealed.SealedTextField()),
                ("text", leads.models.sealed.SealedTextField()),
                ("answers", models.JSONField(default=list)),
            ],
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
                    ("opted_out", "Opted out of follow-up"),
                    ("answered", "Wrote to them"),
                    ("replied", "They replied"),
                    ("auto_replied", "Automatic reply"),
                    ("bounced", "Our mail did not arrive"),
                    ("complained", "They reported our mail as spam"),
                    ("doubt_settled", "Doubt about a mail settled"),
                    ("held", "Automation on hold"),
                    ("hold_released", "Hold released"),
                    ("crisis", "Read first"),
                    ("woken", "Due again"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acknowledgement", "Acknowledgement"),
                    ("followup", "Follow-up"),
                    ("answer", "Email"),
                    ("staff_alert", "Staff alert"),
                    ("sign_in_link", "Sign-in link"),
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
                            "opted_out",
                            "answered",
                            "replied",
                            "auto_replied",
                            "bounced",
                            "complained",
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
        migrations.AddField(
            model_name="staffmail",
            name="by",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="staffmail",
            index=models.Index(condition=models.Q(("by__isnull", False)), fields=["by"], name="staff_mail_by"),
        ),
    ]
