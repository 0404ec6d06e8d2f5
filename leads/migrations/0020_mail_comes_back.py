import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import leads.models.ids
import leads.models.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0019_every_step_has_a_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=leads.models.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("reply", "Reply"), ("auto_reply", "Automatic reply"), ("bounce", "Bounce"), ("complaint", "Complaint")],
                        max_length=10,
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("message_id", models.CharField(blank=True, max_length=255)),
                ("from_address", models.CharField(blank=True, max_length=254)),
                ("subject", leads.models.sealed.SealedTextField()),
                ("text", leads.models.sealed.SealedTextField()),
                ("quoted", leads.models.sealed.SealedTextField()),
                ("attachments", models.PositiveSmallIntegerField(default=0)),
                ("status", models.CharField(blank=True, max_length=12)),
                ("hard", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name_plural": "replies",
            },
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_kind_known",
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="channel",
            field=models.CharField(
                choices=[("form", "Contact form"), ("api", "API"), ("email", "Email"), ("phone", "Phone"), ("walk_in", "Walk-in")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="enrolment",
            name="stop_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stage", "the stage changed"),
                    ("contacted", "somebody was in contact"),
                    ("closed", "the lead was closed"),
                    ("replied", "they replied"),
                    ("bounced", "our mail did not arrive"),
                    ("complained", "they reported our mail as spam"),
                    ("opted_out", "they opted out"),
                    ("by_hand", "stopped by hand"),
                    ("held", "automation is on hold"),
                    ("suppressed", "their address gets no mail"),
                ],
                max_length=12,
            ),
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
            model_name="reply",
            name="about",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="replies", to="leads.message"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="enquiry",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="leads.enquiry"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="lead",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="leads.lead"
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("lead__isnull", False)), fields=["lead", "-received_at"], name="reply_of_lead"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("about__isnull", False)), fields=["about"], name="reply_about"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("enquiry__isnull", False)), fields=["enquiry"], name="reply_enquiry"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("kind", "reply")), fields=["-received_at"], name="reply_by_people"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["reply", "auto_reply", "bounce", "complaint"])), name="reply_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("fingerprint",), name="one_reply_a_mail"),
        ),
    ]
