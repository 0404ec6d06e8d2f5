"""What the desk's pages are measured against, served by the same process: Django's admin list of the leads, and a page that says hello.

Leadwell has no admin; this one exists for the measurement alone: what an inbox row tells as columns, what the inbox filters by as
filters, what it searches as search fields, its fifty rows a page, each with the link to its own page, and no join left to the row.
Everything else is Django's default. Run, it collects the static files.
"""

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from project import settings as product

ours = {name: getattr(product, name) for name in dir(product) if name.isupper()}
settings.configure(**ours | {"INSTALLED_APPS": [*product.INSTALLED_APPS, "django.contrib.admin"], "ROOT_URLCONF": __name__})
application = get_wsgi_application()

from leads.models import Lead  # noqa: E402  (settings first)


class LeadAdmin(ModelAdmin):  # type: ignore[type-arg]  # it takes no type while running
    list_display = ("name", "topic", "reply_by", "attention", "due_at", "stage", "owner", "received_at")
    list_filter = ("stage", "topic", "owner", "attention")
    search_fields = ("reference", "name", "email", "phone")
    list_select_related = ("stage", "owner")
    list_per_page = 50

    def has_view_permission(self, request: HttpRequest, obj: Lead | None = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Lead | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Lead | None = None) -> bool:
        return False


class Site(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


site = Site()
site.register(Lead, LeadAdmin)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Hello {request.user}")


urlpatterns = [path("admin/", site.urls), path("hello/", hello), path("", include("leads.urls"))]

if __name__ == "__main__":
    call_command("collectstatic", interactive=False, verbosity=0)
