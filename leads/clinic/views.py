"""The settings pages: one page each, one form, one save."""

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leads.access import DeskRequest, Right, desk, may
from leads.clinic import actions
from leads.clinic.forms import InviteForm, ListForm, ProfileForm, RoleForm, SingleKeysForm
from leads.clinic.saved import saved
from leads.models import Role, User
from leads.policy.discreet import disclosing_words
from leads.policy.refused import Refused


@desk(Right.OWN_PROFILE)
@require_GET
def settings_home(request: DeskRequest) -> HttpResponse:
    """The first settings page that this person may see."""
    return redirect("clinic" if may(request.user, Right.EDIT_CLINIC) else "profile")


@desk(Right.OWN_PROFILE)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: DeskRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        actions.save_profile(by=request.user, **form.cleaned_data)
        return saved("profile")
    context = {"form": form, "words": ", ".join(disclosing_words(request.user.signature))}
    return render(request, "leads/clinic/profile.html", context)


@desk(Right.OWN_PROFILE)
@require_POST
def profile_keys(request: DeskRequest) -> HttpResponse:
    """The switch in the help for the keyboard."""
    form = SingleKeysForm(request.POST, instance=request.user)
    if form.is_valid():
        actions.save_profile(by=request.user, **form.cleaned_data)
    return _back(request)


@desk(Right.OWN_PROFILE)
@require_POST
def profile_list(request: DeskRequest) -> HttpResponse:
    """How lists look, chosen above one."""
    form = ListForm(request.POST)
    if form.is_valid():
        actions.save_profile(by=request.user, **form.cleaned_data)
    return _back(request)


def _back(request: DeskRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else "profile")


@desk(Right.MANAGE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: DeskRequest) -> HttpResponse:
    """The list, and inviting somebody. A link to pass on is in the answer to the POST alone: a reload can't bring it back."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        email, role, by_mail = (form.cleaned_data[name] for name in ("email", "role", "by_mail"))
        try:
            if by_mail:
                actions.invite_by_mail(by=request.user, email=email, role=role)
                return saved("team", note="invited")
            link = actions.invite(by=request.user, email=email, role=role)
            return _team_page(request, InviteForm(), link=link, email=email)
        except Refused as refusal:
            form.add_error("email", str(refusal))
    return _team_page(request, form)


def _team_page(request: DeskRequest, form: InviteForm, **context: str) -> HttpResponse:
    people = User.objects.exclude(email=actions.FIRST_ADMINISTRATOR, last_login=None).order_by("-is_active", "name", "email")
    codes = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user", flat=True))
    shown = {
        "form": form,
        "people": [(person, person.pk in codes) for person in people],
        "roles": Role.choices,
        "invited": "invited" in request.GET,
        "refusal": "",
    }
    return render(request, "leads/clinic/team.html", shown | context, status=409 if context.get("refusal") else 200)


@desk(Right.MANAGE_TEAM)
@require_POST
def team_role(request: DeskRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return redirect("team")
    try:
        actions.change_role(by=request.user, user=user, role=form.cleaned_data["role"])
    except Refused as refusal:
        return _team_page(request, InviteForm(), refusal=str(refusal))
    return redirect("team")


@desk(Right.MANAGE_TEAM)
@require_POST
def team_access(request: DeskRequest, pk: int) -> HttpResponse:
    """Gives access back."""
    actions.enable(by=request.user, user=get_object_or_404(User, pk=pk))
    return redirect("team")


@desk(Right.MANAGE_TEAM)
@require_POST
def team_access_remove(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        actions.disable(by=request.user, user=get_object_or_404(User, pk=pk))
    except Refused as refusal:
        return _team_page(request, InviteForm(), refusal=str(refusal))
    return redirect("team")
