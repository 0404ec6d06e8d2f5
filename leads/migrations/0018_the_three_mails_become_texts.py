# ruff: noqa: E501  # a paragraph of a mail is one line
"""The mails that were files become rows that staff can edit: version 1 of the sequence, word for word and on the same days."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

# {mail: {language: (subject, body)}}. The engine adds the numbers to call and the stop link below each.
TEXTS = {
    "followup-1": {
        "en": (
            "We are here when you are ready",
            """{{ greeting }}

You wrote to us a little while ago (reference {{ reference }}), and we are glad you did.

There is nothing you have to do. If a question has come up since, just reply to this email, or call us at {{ phone }}. No question is too small, and you decide how much you want to say.

Warmly,
{{ sender }}""",
        ),
        "es": (
            "Estamos aquí cuando quiera",
            """{{ greeting }}

Hace poco nos escribió (referencia {{ reference }}) y nos alegra que lo hiciera.

No tiene que hacer nada. Si desde entonces le ha surgido alguna pregunta, responda a este correo o llámenos al {{ phone }}. Ninguna pregunta es demasiado pequeña, y usted decide cuánto quiere contar.

Un saludo cordial,
{{ sender }}""",
        ),
    },
    "followup-2": {
        "en": (
            "What a first conversation is like",
            """{{ greeting }}

Many people wonder what happens when they talk with us for the first time. It is simply a conversation: you tell us what you would like to know, we answer as plainly as we can, and we tell you honestly when we are not the right place.

It does not commit you to anything, and you may bring somebody you trust.

If you would like that, reply to this email with a time that suits you, or call us at {{ phone }}. Your reference is {{ reference }}.

Warmly,
{{ sender }}""",
        ),
        "es": (
            "Cómo es una primera conversación",
            """{{ greeting }}

Muchas personas se preguntan qué ocurre cuando hablan con nosotros por primera vez. Es simplemente una conversación: usted nos dice qué le gustaría saber, respondemos con la mayor claridad posible y le decimos con franqueza si no somos el lugar adecuado.

No le compromete a nada y puede venir con alguien de su confianza.

Si le gustaría, responda a este correo con una hora que le convenga o llámenos al {{ phone }}. Su referencia es {{ reference }}.

Un saludo cordial,
{{ sender }}""",
        ),
    },
    "followup-3": {
        "en": (
            "Our door stays open",
            """{{ greeting }}

This is our last automatic email to you. We don't want to fill your inbox, and perhaps now is not the time.

Should that change, in a week or in a year, reply to this email or call us at {{ phone }}. Your reference is {{ reference }}, and nobody will ask why it took a while.

We wish you well.

Warmly,
{{ sender }}""",
        ),
        "es": (
            "Nuestra puerta sigue abierta",
            """{{ greeting }}

Este es nuestro último correo automático para usted. No queremos llenar su bandeja de entrada y quizá ahora no sea el momento.

Si eso cambia, dentro de una semana o de un año, responda a este correo o llámenos al {{ phone }}. Su referencia es {{ reference }}, y nadie le preguntará por qué tardó.

Le deseamos lo mejor.

Un saludo cordial,
{{ sender }}""",
        ),
    },
}


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    get, now = apps.get_model, timezone.now()
    get("leads", "Sequence").objects.filter(is_default=True).update(starts="by_itself")
    for sequence in get("leads", "Sequence").objects.all():
        version = get("leads", "Version").objects.create(sequence=sequence, number=1, published_at=now)
        before = 0
        for step in get("leads", "Step").objects.filter(sequence=sequence).order_by("position"):
            step.version, step.wait, before = version, max(1, step.working_days - before), step.working_days
            step.save()
            _write(apps, step)
        get("leads", "Enrolment").objects.filter(sequence=sequence).update(version=version)


def _write(apps: Apps, step: Any) -> None:
    waiting = apps.get_model("leads", "Message").objects.filter(mail=step.mail, state__in=["queued", "claimed"])
    for language, (subject, body) in TEXTS.get(step.mail, {}).items():
        text = apps.get_model("leads", "StepText").objects.create(step=step, language=language, subject=subject, body=body)
        (waiting if language == "en" else waiting.filter(language=language)).update(text=text)


class Migration(migrations.Migration):
    dependencies = [("leads", "0017_sequences_have_versions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
