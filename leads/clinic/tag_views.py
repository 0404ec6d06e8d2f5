"""Settings: the tags. One page and one form, which is about a new one or about one of the list."""

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic.saved import saved
from leads.clinic.tags import merge_tag, remove_tag, save_tag
from leads.models import Tag
from leads.models.ids import asked_row
from leads.policy.refused import Refused
from leads.policy.typed_text import clean_line

TAKEN = _("There is a tag with this name already")


class TagForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    class Meta:
        model = Tag
        fields = ["name", "tone"]
        labels = {"name": _("Name"), "tone": _("Colour")}
        error_messages = {
            "name": {"required": _("Give it a name"), "max_length": _("Shorten the name to %(limit_value)d characters")},
            "tone": {"invalid_choice": _("Choose one of the colours")},
        }

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: DeskRequest) -> HttpResponse:
    chosen, refusal = asked_row(Tag.objects.all(), request.GET.get("tag", "")), ""
    if request.method == "POST" and chosen and {"remove", "merge"} & set(request.POST):
        refusal = _drop(request, chosen)
        if not refusal:
            return saved("tags")
    form = TagForm(request.POST if request.method == "POST" and not refusal else None, instance=chosen)
    if form.is_valid():
        if save_tag(by=request.user, tag=form.instance):
            return saved("tags")
        form.add_error("name", TAKEN)
    rows = list(Tag.objects.annotate(many=Count("tagged")).order_by("folded"))
    context: dict[str, Any] = {"form": form, "chosen": chosen, "rows": rows, "refusal": refusal}
    return render(request, "leads/clinic/tags.html", context)


def _drop(request: DeskRequest, tag: Tag) -> str:
    """Why not, in a sentence."""
    try:
        if "remove" in request.POST:
            remove_tag(by=request.user, tag=tag)
        else:
            into = asked_row(Tag.objects.all(), request.POST.get("into", ""))
            merge_tag(by=request.user, tag=tag, into=into or tag)
    except Refused as refused:
        return str(refused)
    return ""
