"""The frame of the settings pages: their menu beside one of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from leads.access import DeskRequest, Right, may

SETTINGS_PAGES = [
    ("profile", _("Your profile"), Right.OWN_PROFILE),
    ("clinic", _("Clinic"), Right.EDIT_CLINIC),
    ("templates", _("Templates"), Right.EDIT_CLINIC),
    ("mail", _("Mail that needs a look"), Right.READ_LEADS),
    ("suppression", _("Addresses without mail"), Right.EDIT_CLINIC),
    ("team", _("Team"), Right.MANAGE_TEAM),
]


def settings_page(request: DeskRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """With the menu of the settings pages that this person may open."""
    pages = [(name, label) for name, label, right in SETTINGS_PAGES if may(request.user, right)]
    return render(request, template, {"settings_pages": pages} | context, status=status)
