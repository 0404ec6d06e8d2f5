"""What staff should know about the mailbox: while it can't be fetched, answers wait where nobody here sees them."""

from django.utils.translation import gettext as _

from leads.followup.mailbox_trouble import mailbox_trouble
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.times import one_stop


def mailbox_in_words(calendar: Calendar) -> str:
    """ "" while all is well."""
    trouble = mailbox_trouble()
    if since := trouble.unfetched_since(calendar.now):
        return one_stop(_("Mail to the mailbox has not been fetched since %s.") % calendar.when(since))
    return _("A mail in the mailbox could not be read. It waits there with a star.") if trouble.starred else ""
