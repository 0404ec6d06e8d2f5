from django.urls import include, path

urlpatterns = [
    path("", include("leads.urls")),
]
handler400 = "leads.capture.error_pages.bad_request"
handler403 = "leads.capture.error_pages.forbidden"
handler404 = "leads.capture.error_pages.not_found"
handler500 = "leads.capture.error_pages.broken"
