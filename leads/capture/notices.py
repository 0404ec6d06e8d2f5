"""What the contact page says when it could not take a message. Everything typed is still in the form below."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Notice:
    title: str
    text: str


def run_out() -> Notice:
    return Notice(
        _("This page was open for a long time"), _("Everything you typed is still here. Look it over, then press “Send my question” again.")
    )


def own_page_run_out() -> Notice:
    return Notice(_("This page was open for a long time"), _("Everything you typed is still here. Look it over, then send it again."))


def flooded() -> Notice:
    return Notice(
        _("Your message has not been sent yet"),
        _("Very many messages are reaching us at this moment. Everything you typed is still here. Wait a minute, then send it again."),
    )


def away() -> Notice:
    return Notice(
        _("Your message has not been sent yet"),
        _("Something on our side is not working. Everything you typed is still here. Wait a minute, then send it again."),
    )
