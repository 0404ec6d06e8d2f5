"""Table of contents: each stage mounts its own pages."""

from django.urls import URLPattern, URLResolver, include, path

from leads.capture import desk_contact
from leads.capture.desk import lead_is_no_spam, lead_is_spam, release_lead
from leads.triage.lead.changes import noun
from leads.triage.urls import LEAD

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("leads.api.urls")),  # first, for programs send the most
    path("", include("leads.capture.urls")),
    path("", include("leads.triage.urls")),
    # Capture decides these, on triage's page.
    path(LEAD + "reach/", desk_contact.reach, name="lead_reach"),
    path(LEAD + "release/", noun(release_lead), name="lead_release"),
    path(LEAD + "spam/", noun(lead_is_spam, undo="lead_spam_remove"), name="lead_spam"),
    path(LEAD + "spam/remove/", noun(lead_is_no_spam), name="lead_spam_remove"),
    path("", include("leads.followup.urls")),
    path("", include("leads.reports.urls")),
    path("", include("leads.clinic.urls")),
    path("", include("leads.health.urls")),
]
