"""The menu of the settings pages, and who may open which."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.access import Right

Entry = tuple[str, str | Promise, Right]  # the URL's name, how it is called, and who may open it
SETTINGS_PAGES: list[tuple[str | Promise, list[Entry]]] = [
    (_("You"), [("profile", _("Your profile"), Right.OWN_PROFILE), ("profile_work", _("When you work"), Right.WORK_LEADS)]),
    (
        _("The clinic"),
        [
            ("clinic", _("Clinic"), Right.EDIT_CLINIC),
            ("hours", _("Hours and promise"), Right.EDIT_CLINIC),
            ("crisis", _("Crisis numbers"), Right.EDIT_CLINIC),
            ("wording", _("Form wording"), Right.EDIT_CLINIC),
            ("appearance", _("Appearance"), Right.EDIT_CLINIC),
            ("stages", _("Stages"), Right.EDIT_CLINIC),
            ("reasons", _("Reasons for closing"), Right.EDIT_CLINIC),
            ("tags", _("Tags"), Right.EDIT_CLINIC),
            ("fields", _("Fields"), Right.EDIT_CLINIC),
        ],
    ),
    (
        _("Email"),
        [
            ("email", _("Email"), Right.EDIT_CLINIC),
            ("templates", _("Templates"), Right.EDIT_CLINIC),
            ("mail", _("Mail that needs a look"), Right.READ_LEADS),
            ("suppression", _("Addresses without mail"), Right.EDIT_CLINIC),
        ],
    ),
    (
        _("People and data"),
        [
            ("team", _("Team"), Right.MANAGE_TEAM),
            ("assignment", _("Who gets what"), Right.EDIT_CLINIC),
            ("retention", _("Retention"), Right.EDIT_CLINIC),
            ("imports", _("Import"), Right.IMPORT),
            ("connections", _("Connections"), Right.MANAGE_TEAM),
        ],
    ),
]
