from django.urls import path

from leads.followup import hooks, views

urlpatterns = [
    path("stop/<token>/", views.stop, name="stop"),
    path("hooks/mail/tracking/<slug:provider>/", hooks.tracking, name="mail_tracking"),
]
