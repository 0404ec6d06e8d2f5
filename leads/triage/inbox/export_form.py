"""What somebody chooses for an export: its columns, and the kind of file."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leads.models import LeadQuerySet
from leads.triage.inbox.export_columns import Column, columns
from leads.triage.inbox.export_files import MOST_OF_A_SHEET

CSV, WORKBOOK = "csv", "xlsx"


class ExportForm(forms.Form):
    """`cleaned_data["columns"]`: Column objects, in the order in which they are offered."""

    use_required_attribute = False

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Select at least one column"), "invalid_choice": _("Choose from the columns")},
    )
    kind = forms.ChoiceField(
        label=_("File"),
        choices=[(CSV, _("CSV, for any program and any number of leads")), (WORKBOOK, _("Excel workbook (.xlsx)"))],
        initial=CSV,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind of file"), "invalid_choice": _("Choose a kind of file")},
    )

    def __init__(self, data: QueryDict | None, leads: LeadQuerySet) -> None:
        self.leads, self.offered = leads, columns()
        super().__init__(data, initial={"columns": [column.code for column in self.offered if column.chosen]})
        self.fields["columns"].choices = [(column.code, column.label) for column in self.offered]  # type: ignore[attr-defined]  # a choice field

    def clean_columns(self) -> list[Column]:
        chosen = set(self.cleaned_data["columns"])
        return [column for column in self.offered if column.code in chosen]

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind == WORKBOOK and self.leads.order_by().values("pk")[MOST_OF_A_SHEET:].exists():
            most = f"{MOST_OF_A_SHEET:,}"
            raise forms.ValidationError(gettext("A workbook holds %s leads at most. Choose CSV, or a shorter list.") % most)
        return kind
