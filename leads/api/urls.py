from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from leads.api import changes, mails, tasks, values, views

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/v1/enquiries/", views.Enquiries.as_view(), name="api_enquiries"),
    path("api/v1/leads/", views.Leads.as_view(), name="api_leads"),
    path("api/v1/leads/<str:reference>/", views.OneLead.as_view(), name="api_lead"),
    path("api/v1/leads/<str:reference>/stage/", changes.StageOfLead.as_view(), name="api_lead_stage"),
    path("api/v1/leads/<str:reference>/assignment/", changes.AssignmentOfLead.as_view(), name="api_lead_assignment"),
    path("api/v1/leads/<str:reference>/snooze/", changes.SnoozeOfLead.as_view(), name="api_lead_snooze"),
    path("api/v1/leads/<str:reference>/notes/", changes.NotesOfLead.as_view(), name="api_lead_notes"),
    path("api/v1/leads/<str:reference>/fields/", values.FieldsOfLead.as_view(), name="api_lead_fields"),
    path("api/v1/leads/<str:reference>/bookings/", views.BookingsOfLead.as_view(), name="api_lead_bookings"),
    path("api/v1/leads/<str:reference>/tasks/", tasks.TasksOfLead.as_view(), name="api_lead_tasks"),
    path("api/v1/leads/<str:reference>/tasks/<str:task>/", tasks.OneTask.as_view(), name="api_lead_task"),
    path("api/v1/leads/<str:reference>/tasks/<str:task>/done/", tasks.TaskDone.as_view(), name="api_lead_task_done"),
    path("api/v1/leads/<str:reference>/mails/", mails.MailsOfLead.as_view(), name="api_lead_mails"),
    path("api/v1/messages/", views.Messages.as_view(), name="api_messages"),
]
