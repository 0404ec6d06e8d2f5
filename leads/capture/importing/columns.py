"""What a column can hold, and what its name says that it holds. A new kind of column is one more line of FIELDS, and how to read it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    code: str
    label: str | Promise
    names: str  # by which other programs call it, in English and Spanish, without accents and spaces


FIELDS = (
    Field("name", _("Name"), "name fullname contact contactname client patient nombre nombrecompleto contacto paciente"),
    Field("first", _("First name"), "firstname givenname forename first nombredepila primernombre nombres"),
    Field("last", _("Last name"), "lastname surname familyname last apellido apellidos"),
    Field("email", _("Email address"), "email emailaddress mail emails correo correoelectronico direcciondecorreo direcciondeemail"),
    Field("phone", _("Phone number"), "phone phonenumber telephone tel mobile mobilephone cellphone telefono movil celular"),
    Field("topic", _("What it is about"), "topic subject about reason tema asunto motivo"),
    Field("message", _("What they wrote"), "message enquiry inquiry question comments comment mensaje consulta pregunta comentarios"),
    Field("note", _("A note of ours"), "note notes description remarks nota notas observaciones descripcion"),
    Field("received", _("When they wrote"), "received receivedat date created createdat createdate createdon fecha recibido creado"),
    Field("source", _("Where they came from"), "source leadsource campaign channel origen fuente procedencia canal campana"),
    Field("owner", _("Owner"), "owner assignedto assignee leadowner responsable propietario asignadoa encargado"),
    Field("stage", _("Stage"), "stage status leadstatus lifecyclestage etapa estado fase"),
)  # fmt: skip
CODES = {each.code for each in FIELDS}
_BY_NAME = {name: each.code for each in FIELDS for name in each.names.split()}


def guessed(header: Sequence[str]) -> list[str]:
    """For each column the code of a field, or "". Of two columns of one name the first has it."""
    codes: list[str] = []
    for name in header:
        code = _BY_NAME.get(_plain(name), "")
        codes.append("" if code in codes else code)
    if "first" in codes and "name" in codes:  # "Nombre" beside "First name" would say it twice
        codes[codes.index("name")] = ""
    if "name" in codes and "last" in codes:  # "Nombre, Apellidos"
        codes[codes.index("name")] = "first"
    return codes


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^a-z]", "", letters)
