"""For those who watch over the service: load balancers, monitors, Prometheus."""

from django.urls import path

from leads.health import views

urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
