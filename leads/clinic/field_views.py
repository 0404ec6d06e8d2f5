"""Settings: the fields that the clinic adds to its leads. One page and one form, which is about a new one or about one of the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic.custom_fields import archive_field, restore_field, save_field
from leads.clinic.saved import saved
from leads.models import CustomField, FieldKind
from leads.models.custom_field import KEY_LENGTH, LABEL_LENGTH
from leads.models.ids import asked_row
from leads.policy.refused import Refused
from leads.policy.typed_text import clean_line

TAKEN = _("There is a field with this name for programs already")
MOST_CHOICES = 50


class FieldForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    key = forms.SlugField(
        label=_("Name for programs"),
        required=False,
        max_length=KEY_LENGTH,
        help_text=_("As the API and exports know it. It can’t be changed later. Empty: made from the label."),
        error_messages={
            "unique": TAKEN,
            "invalid": _("Use small letters, digits, hyphens and underscores"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    labels = forms.CharField(
        label=_("Choices"), required=False, help_text=_("One a line, for “One of a list”."), widget=forms.Textarea({"rows": 5})
    )

    class Meta:
        model = CustomField
        fields = ["label", "kind", "labels", "help", "position", "key"]
        labels = {"label": _("Label"), "kind": _("What it holds"), "help": _("Hint (optional)"), "position": _("Place in the order")}
        error_messages = {
            "label": {"required": _("Give it a label"), "max_length": _("Shorten the label to %(limit_value)d characters")},
            "kind": {"required": _("Choose what it holds"), "invalid_choice": _("Choose what it holds")},
            "help": {"max_length": _("Shorten the hint to %(limit_value)d characters")},
            "position": dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Enter a number from 0 to 999")),
        }

    def __init__(self, data: QueryDict | None, *, instance: CustomField | None) -> None:
        offered = "\n".join(choice.label for choice in instance.offered()) if instance else ""
        super().__init__(data, instance=instance, initial={"labels": offered})
        self.fields["position"] = forms.IntegerField(
            label=self.fields["position"].label, min_value=0, max_value=999, error_messages=self.Meta.error_messages["position"]
        )
        self.fields["kind"].choices = [("", _("Choose one")), *FieldKind.choices]  # type: ignore[attr-defined]  # a field with choices
        if instance:  # programs and what stands in it rely on both
            del self.fields["key"], self.fields["kind"]
            if instance.kind != FieldKind.CHOICE:
                del self.fields["labels"]

    @property
    def kind(self) -> str:
        return str(self.cleaned_data.get("kind", "") or self.instance.kind)

    def clean_label(self) -> str:
        return clean_line(self.cleaned_data["label"])

    def clean_labels(self) -> list[str]:
        lines = filter(None, map(clean_line, self.cleaned_data["labels"].splitlines()))
        labels = list({line.casefold(): line for line in lines}.values())
        if len(labels) > MOST_CHOICES:
            raise ValidationError(_("Keep it to %(limit)d choices"), params={"limit": MOST_CHOICES})
        if any(len(label) > LABEL_LENGTH for label in labels):
            raise ValidationError(_("Shorten each choice to %(limit)d characters"), params={"limit": LABEL_LENGTH})
        return labels

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.kind == FieldKind.CHOICE and not cleaned.get("labels") and "labels" not in self.errors:
            self.add_error("labels", _("Enter at least one choice"))
        if "key" in self.fields and not cleaned.get("key") and "key" not in self.errors:
            cleaned["key"] = slugify(cleaned.get("label", ""))[:KEY_LENGTH].strip("-_")
            if not cleaned["key"] and cleaned.get("label"):
                self.add_error("key", _("Enter a name of small letters for programs"))
        cleaned["key"] = cleaned.get("key", "").lower() or self.instance.key
        return cleaned


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: DeskRequest) -> HttpResponse:
    chosen, posted, refusal = asked_row(CustomField.objects.all(), request.GET.get("field", "")), request.method == "POST", ""
    if posted and chosen and {"archive", "restore"} & set(request.POST):
        (archive_field if "archive" in request.POST else restore_field)(by=request.user, field=chosen)
        return saved("fields")
    form = FieldForm(request.POST if posted else None, instance=chosen)
    if form.is_valid():
        try:
            if save_field(by=request.user, field=form.instance, labels=form.cleaned_data.get("labels", [])):
                return saved("fields")
            form.add_error("key" if "key" in form.fields else "label", TAKEN)
        except Refused as refused:
            refusal = str(refused)
    context = {"form": form, "chosen": chosen, "rows": list(CustomField.objects.all()), "refusal": refusal}
    return render(request, "leads/clinic/fields.html", context)
