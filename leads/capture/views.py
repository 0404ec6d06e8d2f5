"""The public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leads.models import Clinic


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "leads/capture/home.html", {"clinic": Clinic.current()})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "leads/capture/contact.html", {"clinic": Clinic.current()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "leads/capture/privacy.html", {"clinic": Clinic.current()})
