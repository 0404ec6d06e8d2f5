"""The menu of the settings pages, and who may open which."""

from django.utils.translation import gettext_lazy as _

from leads.access import Right

SETTINGS_PAGES = [
    ("profile", _("Your profile"), Right.OWN_PROFILE),
    ("clinic", _("Clinic"), Right.EDIT_CLINIC),
    ("templates", _("Templates"), Right.EDIT_CLINIC),
    ("mail", _("Mail that needs a look"), Right.READ_LEADS),
    ("suppression", _("Addresses without mail"), Right.EDIT_CLINIC),
    ("team", _("Team"), Right.MANAGE_TEAM),
]
