"""Table of contents: each stage mounts its own pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("leads.capture.urls")),
    path("", include("leads.api.urls")),
    path("", include("leads.triage.urls")),
    path("", include("leads.followup.urls")),
    path("", include("leads.clinic.urls")),
    path("", include("leads.health.urls")),
]
