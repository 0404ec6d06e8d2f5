"""The tags of one lead: put on by name, made on the fly, and taken off."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.access import DeskRequest
from leads.models import Lead, Tag
from leads.models.tag import NAME_LENGTH
from leads.policy.typed_text import clean_line
from leads.triage.decisions.forms import checked
from leads.triage.decisions.recording import Conflict
from leads.triage.details.tags import add_tag, remove_tag


class TagNameForm(forms.Form):
    tag_name = forms.CharField(error_messages={"required": gettext_lazy("Type a tag first.")})

    def clean_tag_name(self) -> str:
        name = clean_line(self.cleaned_data["tag_name"])
        if not name:
            raise forms.ValidationError(_("Type a tag first."))
        if len(name) > NAME_LENGTH:
            raise forms.ValidationError(_("Shorten the tag to %(limit)d characters or fewer.") % {"limit": NAME_LENGTH})
        return name


class TagForm(forms.Form):
    tag = forms.ModelChoiceField(
        Tag.objects, error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose a tag that is on this lead."))
    )


def add(request: DeskRequest, lead: Lead) -> str:
    tag = Tag.objects.take(checked(TagNameForm(request.POST))["tag_name"])
    if not add_tag(by=request.user, lead=lead, tag=tag):
        raise Conflict(_("“%(tag)s” is on it already.") % {"tag": tag})
    return _("Tagged “%(tag)s”.") % {"tag": tag}


def take_off(request: DeskRequest, lead: Lead) -> str:
    tag: Tag = checked(TagForm(request.POST))["tag"]
    if not remove_tag(by=request.user, lead=lead, tag=tag):
        raise Conflict(_("“%(tag)s” was taken off already.") % {"tag": tag})
    return _("Took off “%(tag)s”.") % {"tag": tag}
