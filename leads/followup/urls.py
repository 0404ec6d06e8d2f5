from django.urls import path

from leads.followup import views

urlpatterns = [
    path("stop/<token>/", views.stop, name="stop"),
]
