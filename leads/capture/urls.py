"""Where visitors arrive."""

from django.urls import path

from leads.capture import desk, own_contact, own_message, own_views, search_engines, views
from leads.capture.contact import contact
from leads.capture.importing import views as importing
from leads.capture.inbound_hook import inbound
from leads.capture.referral import referral

urlpatterns = [
    path("", views.home, name="home"),
    path("contact/", contact, name="contact"),
    path("contact/sent/<str:sent>/", views.contact_sent, name="contact_sent"),
    path("contact/sent/<str:sent>/about/", referral, name="referral"),
    path("my/<str:token>/", own_views.own_page, name="own_page"),
    path("my/<str:token>/address/", own_contact.address, name="own_page_address"),
    path("my/<str:token>/contact/", own_contact.contact_rule, name="own_page_contact"),
    path("my/<str:token>/link/", own_views.fresh_link, name="own_page_link"),
    path("my/<str:token>/message/", own_message.message, name="own_page_message"),
    path("my/<str:token>/request/", own_views.request_data, name="own_page_request"),
    path("my/<str:token>/stop/", own_views.stop, name="own_page_stop"),
    path("hooks/mail/inbound/<slug:provider>/", inbound, name="mail_inbound"),
    path("privacy/", views.privacy, name="privacy"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("favicon.ico", search_engines.icon, name="favicon"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("desk/import/", importing.imports, name="imports"),
    path("desk/import/<int:pk>/", importing.one_import, name="import"),
    path("desk/import/<int:pk>/run/", importing.run, name="import_run"),
    path("desk/import/<int:pk>/left-out/", importing.rejected, name="import_left_out"),
    path("desk/import/<int:pk>/remove/", importing.undo, name="import_remove"),
    path("desk/enquiries/add/", desk.add_enquiry, name="add_enquiry"),
]
