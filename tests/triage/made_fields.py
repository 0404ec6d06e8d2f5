"""A clinic's own fields, one of each kind."""

from leads.models import CustomField, FieldChoice, FieldKind


def one_of_each() -> dict[str, CustomField]:
    fields = {kind: CustomField.objects.create(key=kind, label=f"Our {kind}", kind=kind) for kind in FieldKind.values}
    for position, label in enumerate(("Aetna", "Cigna")):
        FieldChoice.objects.create(field=fields["choice"], label=label, position=position)
    return fields
