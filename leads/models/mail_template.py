"""An answer that staff write often, kept to be filled in: plain text with the same variables as a step's text. It is about nobody."""

from django.db import models

NAME_LENGTH, SUBJECT_LENGTH, BODY_LENGTH = 60, 150, 5000


class MailTemplate(models.Model):
    name = models.CharField(max_length=NAME_LENGTH)
    language = models.CharField(max_length=8, default="en")
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    body = models.TextField()
    refers_out = models.BooleanField(default=False, db_default=False)  # the letter to somebody who is helped better elsewhere

    class Meta:
        ordering = ["name", "language"]
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="one_template_a_language")]

    def __str__(self) -> str:
        return self.name
