"""The stop link: one button for people, one POST for mail programs (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.followup.actions import opt_out
from leads.followup.optout import reference_in
from leads.models import Clinic, Lead


@csrf_exempt  # The token is the permission: a mail program has neither cookie nor form.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, because scanners follow links. POST answers 200 however often it comes and whatever is in it."""
    context = {"clinic": Clinic.current()}
    reference = reference_in(token)
    if reference is None:
        return render(request, "leads/followup/unknown_link.html", context, status=404)
    if request.method != "POST":
        return render(request, "leads/followup/stop.html", context)
    lead = Lead.objects.filter(reference=reference).first()
    if lead is not None:  # else their details are deleted, and nothing is left that could write to them
        opt_out(lead=lead.standing, by=None)
    return render(request, "leads/followup/stopped.html", context)
