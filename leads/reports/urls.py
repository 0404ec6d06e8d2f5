"""What became of them."""

from django.urls import path

from leads.reports import views

urlpatterns = [
    path("desk/reports/", views.reports, name="reports"),
    path("desk/reports/<slug:chart>.csv", views.as_csv, name="reports_csv"),
]
