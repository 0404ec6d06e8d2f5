"""Whom a sequence takes in, and in which turn."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leads.followup.drafts import mark_of_rules
from leads.models import Channel, Sequence, Starts, Topic
from leads.triage.sequences.editor_forms import MarkedForm


class RulesForm(MarkedForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("For you and your colleagues; nobody else sees it."),
        error_messages={"required": _("Enter a name"), "max_length": _("Shorten the name to %(limit_value)d characters or fewer")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    starts = forms.ChoiceField(
        label=_("How it starts"),
        choices=[
            (Starts.BY_ITSELF, _("By itself, when somebody writes and agrees to follow-up emails")),
            (Starts.BY_HAND, _("By hand, from a lead’s page")),
        ],
        initial=Starts.BY_ITSELF,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how it starts")),
    )
    topics = forms.MultipleChoiceField(
        label=_("What they write about"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Select none for every topic."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Their language"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Select none for every language."),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=_("How they came to you"), choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Select none for every way."),
    )  # fmt: skip
    after = forms.ChoiceField(
        label=_("Its turn"), required=False, error_messages={"invalid_choice": _("Choose its turn")},
        help_text=_("Whoever fits several sequences gets the first one."),
    )  # fmt: skip

    def __init__(self, data: Any = None, sequence: Sequence | None = None) -> None:
        others = list(Sequence.objects.all())
        at = next((number for number, each in enumerate(others) if sequence and each.pk == sequence.pk), 0)
        super().__init__(data, initial=_rules_of(sequence, others[at - 1].slug if at else "") if sequence else None)
        turns = [("", _("First")), *((each.slug, _("After “%s”") % each.name) for each in others if each != sequence)]
        self.fields["after"].choices = turns  # type: ignore[attr-defined]  # a ChoiceField, which its type here does not say

    def rules(self) -> dict[str, Any]:
        """As the verbs take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def _rules_of(sequence: Sequence, after: str) -> dict[str, Any]:
    names = ("name", "starts", "topics", "languages", "channels")
    return {name: getattr(sequence, name) for name in names} | {"after": after, "seen": mark_of_rules(sequence)}
